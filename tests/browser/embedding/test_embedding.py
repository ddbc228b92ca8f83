"""The snippets of docs/embedding.md, on a page of another origin with the policies of that page and nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Route, expect

from bot.gateway.app import create_app
from bot.gateway.fakes import FakeKnowledge, FakeRasa, LoopbackServer
from bot.gateway.settings import SETTINGS, read_settings

from .intranet import Intranet

DOCS = (Path(__file__).parents[3] / "docs" / "embedding.md").read_text(encoding="utf-8")
DOCUMENTED = "https://radgivaren.example.se"
SCRIPT, FRAME = (block for block in re.findall(r"```html\n(.*?)```", DOCS, re.DOTALL))
POLICIES = dict(re.findall(r"^\| (script|frame) \| `(.+)` \|$", DOCS, re.MULTILINE))
STRICT = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src-elem 'self' {gateway}; "


class Place:
    """The intranet, the gateway that may be embedded there, and what stands behind the gateway."""

    def __init__(self, folder: Path) -> None:
        self.intranet, self.rasa = Intranet(), FakeRasa("token")
        self.intranet_server = LoopbackServer(self.intranet.app()).start()
        self.rasa_server = LoopbackServer(self.rasa.app()).start()
        self.knowledge_server = LoopbackServer(FakeKnowledge().app()).start()
        self.gateway = self._gateway(folder, self.intranet_server.url)
        self.elsewhere = self._gateway(folder, "https://elsewhere.example.se")

    def _gateway(self, folder: Path, origins: str) -> LoopbackServer:
        environment = {setting.name: setting.default for setting in SETTINGS} | {
            "RADGIVAREN_DATA": str(folder),
            "RASA_URL": self.rasa_server.url,
            "RASA_TOKEN": "token",
            "KNOWLEDGE_URL": self.knowledge_server.url,
            "WEB_ORIGINS": origins,
        }
        with pytest.MonkeyPatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            return LoopbackServer(create_app(read_settings())).start()

    def embed(self, snippet: str, policy: str, gateway: LoopbackServer | None = None) -> str:
        """Puts the snippet on the page, under the policy; the page's address."""
        url = (gateway or self.gateway).url
        self.intranet.snippet = snippet.replace(DOCUMENTED, url)
        self.intranet.policy = (STRICT.format(gateway=url) + policy).replace(DOCUMENTED, url)
        return self.intranet_server.url

    def stop(self) -> None:
        for server in (self.gateway, self.elsewhere, self.intranet_server, self.rasa_server, self.knowledge_server):
            server.stop()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    made = Place(tmp_path_factory.mktemp("data"))
    yield made
    made.stop()


@pytest.fixture
def faults() -> list[str]:
    """What the browser complained of, and what was asked of a third party."""
    return []


@pytest.fixture
def page(browser: Browser, place: Place, faults: list[str]) -> Iterator[Page]:
    context = browser.new_context(locale="sv-SE")
    made = context.new_page()
    ours = (place.intranet_server.url, place.gateway.url, place.elsewhere.url)

    def only_ours(route: Route) -> None:
        if route.request.url.startswith(ours):
            route.continue_()
        else:
            faults.append(route.request.url)
            route.abort()

    made.route("**/*", only_ours)
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield made
    context.close()


def ask(widget: Page | FrameLocator) -> None:
    question = widget.get_by_label("Din fråga")
    question.fill("Får hon hjälp med biljetten?")
    question.press("Enter")
    expect(widget.get_by_role("article")).to_contain_text("Du skrev: Får hon hjälp med biljetten?")


def without_icon(faults: list[str]) -> list[str]:
    """The intranet of the test has no icon, which the browser asks for by itself."""
    return [fault for fault in faults if "favicon" not in fault]


def test_the_page_names_what_is_tested_here() -> None:
    assert set(POLICIES) == {"script", "frame"}
    assert SCRIPT.count(DOCUMENTED) == 2
    assert FRAME.startswith(f'<iframe src="{DOCUMENTED}/embed"')


def test_the_script_on_a_page_with_a_strict_policy(page: Page, place: Place, faults: list[str]) -> None:
    page.goto(place.embed(SCRIPT, POLICIES["script"]))
    page.get_by_role("button", name="Fråga Rådgivaren").click()
    ask(page)
    assert without_icon(faults) == []


def test_the_styles_of_the_page_do_not_reach_in(page: Page, place: Place) -> None:
    page.goto(place.embed(SCRIPT, POLICIES["script"]))
    launcher = page.get_by_role("button", name="Fråga Rådgivaren")
    expect(launcher).to_be_visible()
    assert launcher.evaluate("node => getComputedStyle(node).fontSize") == "16px"
    assert page.get_by_role("heading", name="Intranätet").evaluate("node => getComputedStyle(node).fontSize") == "9px"


def test_the_script_by_nonce(page: Page, place: Place, faults: list[str]) -> None:
    snippet = SCRIPT.replace("<script ", '<script nonce="r4nd0m" ')
    policy = re.sub(r"script-src \S+;", "script-src 'nonce-r4nd0m';", POLICIES["script"])
    assert "nonce-r4nd0m" in policy
    page.goto(place.embed(snippet, policy))
    page.get_by_role("button", name="Fråga Rådgivaren").click()
    ask(page)
    assert without_icon(faults) == []


def test_the_script_under_trusted_types(page: Page, place: Place, faults: list[str]) -> None:
    page.goto(place.embed(SCRIPT, POLICIES["script"] + "; require-trusted-types-for 'script'"))
    page.get_by_role("button", name="Fråga Rådgivaren").click()
    ask(page)
    assert without_icon(faults) == []


def test_the_frame_on_a_page_with_a_strict_policy(page: Page, place: Place, faults: list[str]) -> None:
    page.goto(place.embed(FRAME, POLICIES["frame"]))
    ask(page.frame_locator("iframe[title=Rådgivaren]"))
    assert without_icon(faults) == []


def test_the_frame_in_english(page: Page, place: Place) -> None:
    page.goto(place.embed(FRAME.replace("/embed", "/embed?language=en"), POLICIES["frame"]))
    expect(page.frame_locator("iframe").get_by_label("Your question")).to_be_visible()


def test_the_frame_in_a_sandbox(page: Page, place: Place, faults: list[str]) -> None:
    (allowed,) = re.findall(r"`(allow-scripts [^`]+)`", re.sub(r"\s+", " ", DOCS))
    page.goto(place.embed(FRAME.replace("<iframe ", f'<iframe sandbox="{allowed}" '), POLICIES["frame"]))
    ask(page.frame_locator("iframe"))
    assert without_icon(faults) == []


def test_a_page_that_is_not_named_gets_no_script(page: Page, place: Place, faults: list[str]) -> None:
    page.goto(place.embed(SCRIPT, POLICIES["script"], place.elsewhere))
    expect(page.get_by_role("heading", name="Intranätet")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("button", name="Fråga Rådgivaren").count() == 0
    assert any("CORS" in fault for fault in faults)


def test_a_page_that_is_not_named_gets_no_frame(page: Page, place: Place, faults: list[str]) -> None:
    page.goto(place.embed(FRAME, POLICIES["frame"], place.elsewhere))
    page.wait_for_load_state("networkidle")
    assert page.frame_locator("iframe").get_by_label("Din fråga").count() == 0
    assert any("frame-ancestors" in fault for fault in faults)


def test_a_policy_without_the_gateway_keeps_it_out(page: Page, place: Place, faults: list[str]) -> None:
    """That the policies above are needed, and the page of the test is as strict as it says."""
    page.goto(place.embed(SCRIPT, "script-src 'self'"))
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("button", name="Fråga Rådgivaren").count() == 0
    assert any("Content Security Policy" in fault for fault in faults)
