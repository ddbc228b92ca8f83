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

import psutil
import pytest
from playwright.sync_api import Page, expect

from benchmarks.running_service import RunningService

from .asker import Asker, words_of
from .browser_walk import Open, walk_in_browsers
from .console_desk import Desk, Writing, add_account
from .hands import Hand, Keyboard, Mouse
from .knowledge_workers import ask_each, workers_of

pytestmark = pytest.mark.browser
MakeHand = Callable[[Page], Hand]
WORKERS = 2
LIVE_WITHIN_S = 2.0  # from the approval to the first answer with it: what advisers are promised
START_WITHIN_S = 400  # two models to load
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
        "till bistånd som behövs för att avhjälpa en akut nödsituation [1]. Ta alltid emot ansökan, för alla har "
        "rätt att få den prövad [1]. Den kommun där personen tillfälligt vistas svarar för det som behövs akut [2].",
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
        started.wait_until_ready(START_WITHIN_S)
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
        if in_console:
            page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=self._folder / f"{self._taken:02}-{name}.png", full_page=in_console)

    def note(self, title: str, *seconds: float) -> None:
        told = " ".join(f"{value:.2f}" for value in seconds)
        (self._folder / "seconds.txt").write_text(f"{title}: {told}\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class People:
    """Each in a browser of their own."""

    open_page: Open
    service: RunningService
    make_hand: MakeHand
    look: Look

    def official(self) -> Asker:
        page = self.open_page(self.service.url("gateway"))
        return Asker(page, self.make_hand(page))

    def at_console(self, path: str, sign_in_name: str) -> Desk:
        page = self.open_page(self.service.url("knowledge"))
        desk = Desk(page, self.make_hand(page), self.look)
        desk.sign_in(path, sign_in_name)
        return desk


@pytest.fixture
def look(request: pytest.FixtureRequest, tmp_path: Path) -> Look:
    walk = re.sub(r"\W+", "-", request.node.name).strip("-")
    return Look(Path(os.environ.get("RADGIVAREN_SHOTS") or tmp_path) / walk)


@pytest.mark.parametrize(
    ("make_hand", "case"), [pytest.param(Mouse, SUPPORT, id="mouse"), pytest.param(Keyboard, SCHOOL, id="keyboard")]
)
def test_from_a_thumb_down_to_a_reviewed_answer_and_back(
    service: RunningService, look: Look, make_hand: MakeHand, case: Case
) -> None:
    question = case.writing.question

    def walk(open_page: Open) -> None:
        people = People(open_page, service, make_hand, look)
        official = people.official()
        old = words_of(official.ask(question))
        look(official.page, "asked")
        official.thumb_down(case.reason, case.official_says)
        look(official.page, "thumb-down")

        editor = people.at_console("/console/inbox", EDITOR)
        editor.take_from_inbox(question, case.shown_as)
        editor.write_refined_answer(case.writing)
        editor.try_and_send()
        assert words_of(official.ask(question)) == old, "nothing is live before it is approved"

        approver = people.at_console("/console/", APPROVER)
        approver.open_for_review(question)
        official.write(question)  # sent as soon as it is approved
        processes = workers_of(service)
        approved_at = approver.approve("Stämmer med källorna.")
        with ThreadPoolExecutor(max_workers=1) as thread:
            workers = thread.submit(ask_each, processes, service, case.writing.phrasings[0], WORKERS)
            new = official.send()
            in_widget = time.monotonic() - approved_at
        expect(new).to_contain_text("Granskat svar")
        expect(new.get_by_role("button", name="Källa 2").first).to_be_visible()
        assert words_of(new) != old
        assert all(worker.refined for worker in workers.result()), "at the first question, in every process"
        live = [in_widget, *(worker.at - approved_at for worker in workers.result())]
        look.note("Seconds from the approval to the answer: widget, each process", *live)
        look(official.page, "new-answer")
        approver.approved()

        approver.undo_approval("En dom har kommit. Svaret skrivs om.")
        again = official.ask(question)
        expect(again).not_to_contain_text("Granskat svar")
        assert words_of(again) == old
        look(official.page, "old-answer")
        assert not any(worker.refined for worker in ask_each(processes, service, question, WORKERS))
        assert max(live) <= LIVE_WITHIN_S

    walk_in_browsers(walk)


def test_an_advisers_reply_comes_into_the_conversation(service: RunningService, look: Look) -> None:
    question, reply = "Får kommunen förbjuda tiggeri?", "Ring kommunjuristen på måndag.\n\nHen väntar på ditt samtal."

    def walk(open_page: Open) -> None:
        people = People(open_page, service, Mouse, look)
        official = people.official()
        official.ask(question)
        official.hand_over("socialsekreterare", "Sala")
        look(official.page, "handed-over")
        people.at_console("/console/handovers", EDITOR).answer_handover(question, reply)
        shown = official.page.get_by_role("article", name="Svar från en rådgivare")
        expect(shown).to_contain_text("Hen väntar på ditt samtal.", timeout=LOOKS_WITHIN_MS)
        shown.scroll_into_view_if_needed()
        look(official.page, "reply-in-the-conversation")

    walk_in_browsers(walk)


def test_workers_end_with_the_process_that_keeps_them(service: RunningService) -> None:
    """The last one here: it breaks the service. Whoever stays behind would keep the port from the next ones."""
    keeper, workers = service.process("knowledge"), workers_of(service)
    assert len(workers) >= WORKERS
    keeper.kill()
    _, left = psutil.wait_procs(workers, timeout=60)
    assert left == []
    service.wait_until_ready(START_WITHIN_S)
    assert len(ask_each(workers_of(service), service, SUPPORT.writing.question, WORKERS)) == WORKERS
