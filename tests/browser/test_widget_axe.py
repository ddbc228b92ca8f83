"""axe-core finds no violation in any state, language or colour scheme; contrast is held to 7:1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from .canned import adviser_reply
from .fake_gateway import Ledger
from .states import STATES, empty
from .test_adviser_replies import ANSWER, handed_over, wait_for_looks
from .widget_page import WidgetPage

# Off in axe until asked for: contrast of 7:1, and targets of 24 pixels.
AXE_RULES = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}
LIVE_REGION_GAP_MS = 80


@pytest.fixture
def context(browser: Browser, gateway: tuple[str, Ledger], ledger: Ledger) -> Iterator[BrowserContext]:
    """Without the policy: axe itself writes inline styles. Every other test holds the widget to it."""
    size: ViewportSize = {"width": 1280, "height": 860}
    made = browser.new_context(viewport=size, locale="sv-SE", base_url=gateway[0], bypass_csp=True)
    yield made
    made.close()


def assert_no_violation(page: Page) -> None:
    page.wait_for_timeout(LIVE_REGION_GAP_MS)
    found: list[dict[str, Any]] = (
        Axe().run(page, options={"rules": AXE_RULES, "resultTypes": ["violations"]}).response["violations"]
    )
    assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found] == []


def test_an_advisers_answer(widget: WidgetPage, ledger: Ledger) -> None:
    handed_over(widget)
    ledger.replies.append(adviser_reply(1, ANSWER))
    wait_for_looks(widget.page, ledger, 1)
    expect(widget.page.get_by_role("article", name="Svar från en rådgivare")).to_be_visible()
    widget.page.clock.resume()
    assert_no_violation(widget.page)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_each_state_of_the_panel(widget: WidgetPage, state: Callable[[WidgetPage], None]) -> None:
    state(widget.open())
    assert_no_violation(widget.page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_all_states_at_once_in_each_language_and_scheme(
    widget: WidgetPage, language: str, scheme: Literal["light", "dark"]
) -> None:
    # So high that nothing is scrolled away, which axe would pass by.
    widget.page.set_viewport_size({"width": 1000, "height": 6000})
    widget.page.emulate_media(color_scheme=scheme)
    widget.open("/widget/page.html")
    if language == "en":
        widget.page.get_by_role("button", name="English").click()
        widget.question = widget.page.get_by_label("Your question")
    empty(widget)
    assert_no_violation(widget.page)
    for state in STATES:
        state(widget)
    assert_no_violation(widget.page)


def test_the_panel_closed(widget: WidgetPage) -> None:
    widget.page.goto("/")
    expect(widget.launcher).to_be_visible()
    assert_no_violation(widget.page)


def test_after_a_fault(widget: WidgetPage, ledger: Ledger) -> None:
    ledger.faults.append((503, {}))
    expect(widget.open().ask("Vem svarar?")).to_contain_text("Försök igen")
    assert_no_violation(widget.page)
