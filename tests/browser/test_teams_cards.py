"""The cards of Teams, drawn by Microsoft's own renderer in the simulator's page, and used there as a person would."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.gateway.app import create_app
from bot.gateway.bootstrap import Gateway
from bot.gateway.channels.port import Channel
from bot.gateway.channels.teams.build import build as build_teams
from bot.gateway.fakes import FakeKnowledge, FakeRasa, LoopbackServer
from bot.gateway.settings import SETTINGS, read_settings
from tests.gateway.teams.answers import ANSWER, LONG, URGENT
from tests.sims.teams.bot_connector import BotConnector
from tests.sims.teams.loopback import outside
from tests.sims.teams.page_server import page_app
from tests.sims.teams.person import Person
from tests.sims.teams.traffic import SETTINGS as TEAMS_SETTINGS
from tests.sims.teams.traffic import Teams

pytestmark = pytest.mark.browser
PACKAGES = Path(__file__).parents[2] / "build" / "teams-sim" / "node_modules"


class Simulated:
    """Teams, the gateway and what stands behind it."""

    def __init__(self, data: Path) -> None:
        self.rasa, self.knowledge, connector = FakeRasa("x"), FakeKnowledge(), BotConnector()
        self._servers = [LoopbackServer(one.app()).start() for one in (self.rasa, self.knowledge, connector)]
        rasa_url, knowledge_url, connector_url = (server.url for server in self._servers)
        named = {"RADGIVAREN_DATA": str(data), "RASA_URL": rasa_url, "RASA_TOKEN": "x", "KNOWLEDGE_URL": knowledge_url}
        with pytest.MonkeyPatch.context() as patch:
            for name, value in ({one.name: one.default for one in SETTINGS} | TEAMS_SETTINGS | named).items():
                patch.setenv(name, value)
            settings = read_settings()

        def build(gateway: Gateway) -> Channel | None:
            return build_teams(gateway, outside(settings.teams, connector_url))

        gateway = LoopbackServer(create_app(settings, (build,))).start()
        person = Person(Teams(gateway.url, connector_url, connector.identity), connector)
        page = LoopbackServer(page_app(person, connector, PACKAGES)).start()
        self.url, self._servers = page.url, [page, gateway, *self._servers]

    def stop(self) -> None:
        for server in self._servers:
            server.stop()


@pytest.fixture
def simulated(tmp_path: Path) -> Iterator[Simulated]:
    if not PACKAGES.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("scripts/teams-sim.sh packages has not been run")
        pytest.skip("the renderer of Teams' cards is missing: scripts/teams-sim.sh packages")
    made = Simulated(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def page(browser: Browser, simulated: Simulated) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1000, "height": 1200}, base_url=simulated.url)
    opened = context.new_page()
    opened.goto("/")
    yield opened
    context.close()


def ask(page: Page, text: str = "Får hon bistånd?") -> None:
    page.locator("#text").fill(text)
    page.keyboard.press("Enter")


def test_an_answer_is_drawn_with_every_part(page: Page, simulated: Simulated) -> None:
    simulated.rasa.reply = [{"custom": ANSWER}]
    ask(page)
    card = page.locator("article.bot .card")
    expect(card).to_contain_text("Granskat svar · 3 november 2026")
    expect(card.locator("strong", has_text="Nej, inte till löpande försörjningsstöd.")).to_be_visible()
    expect(card).to_contain_text("utsatta_eu@example.se")
    quote = card.get_by_text("Den som saknar uppehållsrätt har som huvudregel bara rätt till hjälp i en akut").first
    expect(quote).to_be_hidden()
    card.get_by_text("Socialt bistånd, del 1").click()
    expect(quote).to_be_visible()


def test_notices_stand_first(page: Page, simulated: Simulated) -> None:
    simulated.rasa.reply = [{"custom": URGENT}]
    ask(page)
    card = page.locator("article.bot .card")
    expect(card).to_contain_text("Ring 112 om någon är i fara nu [1].")
    text = card.inner_text()
    titles = ["Fara", "Barn", "Lagen har ändrats", "Personuppgifter", "Ring 112 om någon är i fara nu [1]."]
    assert [text.index(title) for title in titles] == sorted(text.index(title) for title in titles)


def test_show_more_shows_the_rest(page: Page, simulated: Simulated) -> None:
    simulated.rasa.reply = [{"custom": LONG}]
    ask(page)
    last = page.get_by_text("Mening 47 av ett långt svar")
    expect(page.get_by_text("Mening 0 av ett långt svar")).to_be_visible()
    expect(last).to_be_hidden()
    page.get_by_role("button", name="Visa mer").click()
    expect(last).to_be_visible()


def test_a_follow_up_is_asked_by_a_press(page: Page, simulated: Simulated) -> None:
    simulated.rasa.reply = [{"custom": ANSWER}]
    ask(page)
    page.locator(".card").get_by_text("Vem betalar resan hem?").click()
    expect(page.locator("article.person").last).to_contain_text("Vem betalar resan hem?")
    expect(page.locator("article.bot")).to_have_count(2)


def test_feedback_and_handover_by_hand(page: Page, simulated: Simulated) -> None:
    simulated.rasa.reply = [{"custom": ANSWER}]
    ask(page)
    page.get_by_role("button", name="Nej").click()
    page.get_by_label("Delvis fel").check()
    page.get_by_role("button", name="Skicka", exact=True).click()
    expect(page.get_by_text("Tack. En redaktör läser det du skrev")).to_be_visible()
    page.get_by_role("button", name="Fråga en rådgivare").click()
    page.get_by_role("button", name="Skicka till rådgivare").click()
    expect(page.get_by_text("Skriv vilken kommun du arbetar i.")).to_be_visible()
    page.get_by_label("Kommun").fill("Umeå")
    page.get_by_label("Jag godkänner").check()
    page.get_by_role("button", name="Skicka till rådgivare").click()
    expect(page.get_by_text("Ditt ärendenummer är R-7K2M4P.")).to_be_visible()
    paths = {call.path: call.body for call in simulated.knowledge.calls}
    assert paths["/api/feedback"]["reasons"] == ["partly_wrong"]
    assert (paths["/api/handovers"]["municipality"], paths["/api/handovers"]["consent"]) == ("Umeå", True)
