"""axe-core finds no violation on any screen of the console, as each role sees it, in each language and scheme."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from tests.console.conftest import CAST, PASSWORD, add_cast

from .console_screens import SCREENS
from .test_widget_axe import AXE_RULES

Scheme = Literal["light", "dark"]


@pytest.fixture(scope="session")
def console_address(
    build_knowledge: Callable[..., Knowledge], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    built = build_knowledge(tmp_path_factory.mktemp("console"))
    add_cast(built)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(built), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=15)


@pytest.fixture
def open_page(browser: Browser, console_address: str) -> Iterator[Callable[..., Page]]:
    """Without the policy: axe itself writes inline styles. Every other test holds the console to it."""
    contexts = []

    def open_page(scheme: Scheme = "light") -> Page:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            locale="sv-SE",
            base_url=console_address,
            bypass_csp=True,
            color_scheme=scheme,
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page: Page, role: Role) -> None:
    page.goto("/console/sign-in")
    page.get_by_label("Användarnamn").fill(CAST[role][0])
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()


def assert_no_violation(page: Page, where: str) -> None:
    found: list[dict[str, Any]] = (
        Axe().run(page, options={"rules": AXE_RULES, "resultTypes": ["violations"]}).response["violations"]
    )
    assert [(where, rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found] == []


def assert_nothing_hangs_out(page: Page, where: str) -> None:
    """Nothing but a table that scrolls by itself is wider than the screen (WCAG 1.4.10)."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, where


@pytest.mark.parametrize("role", Role)
def test_each_screen_as_each_role_sees_it(open_page: Callable[..., Page], role: Role) -> None:
    page = open_page()
    sign_in(page, role)
    for screen in SCREENS:
        page.goto(screen)
        assert_no_violation(page, screen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_screen_in_each_language_and_scheme_at_320_pixels(
    open_page: Callable[..., Page], language: str, scheme: Scheme
) -> None:
    page = open_page(scheme)
    sign_in(page, Role.ADMINISTRATOR)
    page.set_viewport_size({"width": 320, "height": 900})
    if language == "en":
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    for screen in SCREENS:
        page.goto(screen)
        assert_no_violation(page, screen)
        assert_nothing_hangs_out(page, screen)


def test_signing_in(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/console/inbox")
    assert_no_violation(page, "sent here")
    page.get_by_label("Användarnamn").fill("edit")
    page.get_by_label("Lösenord").fill("fel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("stämmer inte")
    assert_no_violation(page, "refused")


def test_an_account_by_keyboard_alone(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page, Role.ADMINISTRATOR)
    page.goto("/console/accounts")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("link").first).to_be_focused()
    page.get_by_role("link", name="Egon Redaktör").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad får Egon Redaktör göra?")
    assert_no_violation(page, "account")
    page.get_by_role("button", name="Stäng av kontot").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Kontot för Egon Redaktör är avstängt.")
    assert_no_violation(page, "disabled")


def test_a_warning_before_the_session_ends_can_be_answered(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.clock.install()
    sign_in(page, Role.READER)
    warning = page.locator("#session")
    expect(warning).to_be_hidden()
    # The page's script has begun to count; a clock moved before that would be no time away.
    page.wait_for_function("localStorage.getItem('radgivaren-seen') !== null")
    page.clock.fast_forward("25:30")
    expect(warning).to_contain_text("Du loggas ut om några minuter")
    assert_no_violation(page, "warned")
    page.get_by_role("button", name="Jag är kvar").click()
    expect(warning).to_be_hidden()
    page.clock.fast_forward("31:00")
    expect(warning).to_contain_text("Du har nog blivit utloggad.")
