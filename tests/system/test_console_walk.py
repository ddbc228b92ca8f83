"""From a thumb down to a reviewed answer and back, by three people in their own browsers, with two processes of
knowledge; by mouse, and by keyboard alone. And an adviser's reply to a question that was handed over.

RADGIVAREN_SHOTS names a folder for the pictures of each step.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.running_service import RunningService
from tests.browser.widget_page import WidgetPage

from .browser_walk import Open, walk_in_browsers
from .console_desk import Desk, Writing, add_account
from .hands import Hand, Keyboard, Mouse
from .knowledge_workers import ask_each_worker

pytestmark = pytest.mark.browser
WORKERS = 2
LIVE_WITHIN_S = 2.0  # from the approval to the first answer with it: what advisers are promised
LOOKS_WITHIN_MS = 60_000  # the widget asks every half minute
EDITOR, APPROVER = "elin.berg", "ali.nystrom"


@dataclass(frozen=True, slots=True)
class Case:
    """An answer that an official finds wrong, and what it is to be."""

    reason: str  # in the widget
    shown_as: str  # in the inbox
    writing: Writing
    official_says: str = ""


SUPPORT = Case(
    reason="Blandar ihop saker",
    shown_as="blandar ihop",
    official_says="Svaret handlar om den som har uppehållsrätt.",
    writing=Writing(
        question="Har en EU-medborgare utan uppehållsrätt rätt till försörjningsstöd?",
        phrasings=("Kan den som saknar uppehållsrätt få försörjningsstöd?",),
        text="**Nej, som huvudregel inte.** Den som saknar både uppehållsrätt och uppehållstillstånd har bara rätt "
        "till bistånd som behövs för att avhjälpa en akut nödsituation [1]. Ta alltid emot ansökan, för alla har rätt att "
        "få den prövad [1]. Den kommun där personen tillfälligt vistas svarar för det som behövs akut [2].",
        sources=(
            ("akut nödsituation", "Vilket bistånd kan en EU-medborgare utan uppehållsrätt få?"),
            ("29 kap. 4 § SoL", "Vilken kommun ansvarar för den akuta hjälpen?"),
        ),
    ),
)
SCHOOL = Case(
    reason="Saknar viktig uppgift",
    shown_as="saknar viktig uppgift",
    writing=Writing(
        question="Får barnet gå i skola fast föräldrarna saknar uppehållsrätt?",
        phrasings=("Har barnet rätt till skola när föräldrarna inte har uppehållsrätt?",),
        text="**Det är oklart, så ta juridiskt stöd innan kommunen beslutar** [1]. Skollagen räknar även vissa barn "
        "som inte är folkbokförda som bosatta, och de har samma rätt till utbildning som skolpliktiga barn [2].",
        sources=(
            (
                "skola barn EU-medborgare",
                "Har barn till EU-medborgare utan uppehållsrätt rätt till skola efter tre månader i Sverige?",
            ),
            ("29 kap. 2 § skollagen", "Kan ett barn som inte är folkbokfört ha rätt till utbildning?"),
        ),
    ),
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """One of its own: knowledge is served by several processes here, and has accounts."""
    folder = tmp_path_factory.mktemp("walk")
    started = RunningService(folder, RADGIVAREN_RATE_LIMIT="0", KNOWLEDGE_WORKERS=str(WORKERS)).start()
    try:
        started.wait_until_ready()
        add_account(started, EDITOR, "Elin Berg", "editor")
        add_account(started, APPROVER, "Ali Nyström", "approver")
        yield started
    finally:
        left = started.stop()
    assert left == []


class Look:
    """Takes the pictures of a walk, numbered as they come."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._taken = folder, 0

    def __call__(self, page: Page, name: str) -> None:
        self._taken += 1
        in_console = "/console" in page.url
        page.screenshot(path=self._folder / f"{self._taken:02}-{name}.png", full_page=in_console)

    def note(self, title: str, seconds: dict[str, float]) -> None:
        lines = [title, *(f"{who}: {value:.2f}" for who, value in seconds.items())]
        (self._folder / "seconds.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def look(request: pytest.FixtureRequest, tmp_path: Path) -> Look:
    walk = re.sub(r"\W+", "-", request.node.name).strip("-")
    return Look(Path(os.environ.get("RADGIVAREN_SHOTS") or tmp_path) / walk)


@pytest.mark.parametrize(
    ("make_hand", "case"), [pytest.param(Mouse, SUPPORT, id="mouse"), pytest.param(Keyboard, SCHOOL, id="keyboard")]
)
def test_from_a_thumb_down_to_a_reviewed_answer_and_back(
    service: RunningService,
    look: Look,
    make_hand: Callable[[Page], Hand],
    case: Case,
) -> None:
    question = case.writing.question
    live: dict[str, float] = {}

    def walk(open_page: Open) -> None:
        official = WidgetPage(open_page(service.url("gateway")))
        hand = make_hand(official.page)
        official.page.goto("/")
        hand.press(official.launcher)
        old = words_of(ask(official, hand, question))
        look(official.page, "asked")
        thumb_down(official, hand, case)
        look(official.page, "thumb-down")

        editor_page = open_page(service.url("knowledge"))
        editor = Desk(editor_page, make_hand(editor_page), look)
        editor.sign_in("/console/inbox", EDITOR)
        editor.take_from_inbox(question, case.shown_as)
        editor.write_refined_answer(case.writing)
        editor.try_and_send()
        assert words_of(ask(official, hand, question)) == old, "nothing is live before it is approved"

        approver_page = open_page(service.url("knowledge"))
        approver = Desk(approver_page, make_hand(approver_page), look)
        approver.sign_in("/console/", APPROVER)
        approver.open_for_review(question)
        hand.write(official.question, question)  # sent once it is approved
        approved_at = approver.approve("Stämmer med källorna.")
        with ThreadPoolExecutor(max_workers=1) as thread:
            given = thread.submit(ask_each_worker, service, case.writing.phrasings[0], WORKERS)
            official.page.keyboard.press("Enter")
            new = official.done()
            live["widget"] = time.monotonic() - approved_at
        expect(new).to_contain_text("Granskat svar")
        expect(new.get_by_role("button", name="Källa 2").first).to_be_visible()
        assert words_of(new) != old
        for worker in given.result():
            assert worker.refined, "each process gives it at the first question after the approval"
            live[f"process {worker.process}"] = worker.at - approved_at
        look(official.page, "new-answer")
        approver.approved()

        approver.undo_approval("En dom har kommit. Svaret skrivs om.")
        again = ask(official, hand, question)
        expect(again).not_to_contain_text("Granskat svar")
        assert words_of(again) == old
        look(official.page, "old-answer")
        assert not any(worker.refined for worker in ask_each_worker(service, question, WORKERS))

    walk_in_browsers(walk)
    look.note("Seconds from the approval to the first new answer", live)
    assert len(live) == 1 + WORKERS
    assert max(live.values()) <= LIVE_WITHIN_S, live


def test_an_advisers_reply_comes_into_the_conversation(service: RunningService, look: Look) -> None:
    question, reply = "Får kommunen förbjuda tiggeri?", "Ring kommunjuristen på måndag.\n\nHen väntar på ditt samtal."

    def walk(open_page: Open) -> None:
        official = WidgetPage(open_page(service.url("gateway"))).open()
        official.ask(question)
        hand_over(official)
        look(official.page, "handed-over")

        page = open_page(service.url("knowledge"))
        adviser = Desk(page, Mouse(page), look)
        adviser.sign_in("/console/handovers", EDITOR)
        adviser.answer_handover(question, reply)

        shown = official.page.get_by_role("article", name="Svar från en rådgivare")
        expect(shown).to_contain_text("Hen väntar på ditt samtal.", timeout=LOOKS_WITHIN_MS)
        shown.scroll_into_view_if_needed()
        look(official.page, "reply-in-the-conversation")

    walk_in_browsers(walk)


def ask(official: WidgetPage, hand: Hand, question: str) -> Locator:
    hand.write(official.question, question)
    official.page.keyboard.press("Enter")
    return official.done()


def words_of(turn: Locator) -> str:
    return turn.locator(".answer .text").inner_text()


def thumb_down(official: WidgetPage, hand: Hand, case: Case) -> None:
    turn = official.latest()
    hand.press(official.button("Nej, svaret hjälpte inte"))
    hand.tick(turn.get_by_label(case.reason))
    if case.official_says:
        hand.write(turn.get_by_label("Kommentar (valfritt)"), case.official_says)
    hand.press(turn.get_by_role("button", name="Skicka", exact=True))
    expect(turn).to_contain_text("Tack! En redaktör")


def hand_over(official: WidgetPage) -> None:
    official.button("Fråga en rådgivare").click()
    form = official.latest().get_by_role("group", name="Skicka frågan till en rådgivare")
    form.get_by_label("Här i samtalet").check()
    form.get_by_label("Din roll").fill("socialsekreterare")
    form.get_by_label("Kommun").fill("Sala")
    form.get_by_role("checkbox").check()
    form.get_by_role("button", name="Skicka till rådgivare").click()
    expect(official.latest()).to_contain_text("Svaret visas här i samtalet")
