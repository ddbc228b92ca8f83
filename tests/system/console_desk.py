"""The console as staff meet it: what one person does there, by the names of things."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from benchmarks.running_service import ROOT, RunningService

from .hands import Hand

PASSWORD = "kastanj segel kopparslant dimma"
Look = Callable[[Page, str], None]  # takes a picture of the page, under a name


@dataclass(frozen=True, slots=True)
class Writing:
    """What an editor writes. `sources`: what is searched for -> the heading of the passage that is picked."""

    question: str
    phrasings: Sequence[str]
    text: str
    sources: tuple[tuple[str, str], ...]


def add_account(service: RunningService, sign_in_name: str, name: str, role: str) -> None:
    """As the one who runs the service does it, on the command line."""
    command = [sys.executable, "-m", "knowledge", "accounts", "add", sign_in_name, "--name", name, "--role", role]
    made = subprocess.run(
        command,
        cwd=ROOT,
        env=service.environment,
        input=f"{PASSWORD}\n",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert made.returncode == 0, made.stderr


class Desk:
    """One signed-in person at the console."""

    def __init__(self, page: Page, hand: Hand, look: Look) -> None:
        self.page, self._hand, self._look = page, hand, look
        self.main = page.get_by_role("main")

    def sign_in(self, path: str, sign_in_name: str) -> None:
        """Leads to the page that was asked for."""
        self.page.goto(path)
        self._hand.write(self.page.get_by_label("Användarnamn"), sign_in_name)
        self._hand.write(self.page.get_by_label("Lösenord"), PASSWORD)
        self._press("Logga in")
        expect(self.page.get_by_role("button", name="Logga ut")).to_be_visible()
        expect(self.page).to_have_url(re.compile(re.escape(path) + "$"))

    # Editor

    def take_from_inbox(self, question: str, reason: str) -> None:
        self._look(self.page, "inbox")
        self._follow(question)
        expect(self.main).to_contain_text(reason)
        self._press("Ta hand om den")
        expect(self.main.get_by_role("status").first).to_contain_text("1 fråga är ändrad.")
        self._look(self.page, "inbox-item")

    def write_refined_answer(self, writing: Writing) -> None:
        self._follow("Skriv ett granskat svar")
        expect(self.main.get_by_role("heading", level=1)).to_have_text("Vad ska Rådgivaren svara?")
        self._look(self.page, "form-from-answer")
        while (drop := self.main.get_by_role("button", name="Ta bort källa 1", exact=True)).count():
            left = self.main.get_by_role("button", name=re.compile("^Ta bort källa"))
            before = left.count()
            self._hand.press(drop)
            expect(left).to_have_count(before - 1)
        for number, (words, heading) in enumerate(writing.sources, 1):
            self._cite(words, heading, number)
        self._hand.write(self._field("Svaret ("), writing.text)
        self._hand.write(self._field("Andra sätt att fråga"), "\n".join(writing.phrasings))
        self._look(self.page, "form-written")

    def try_and_send(self) -> None:
        self._press("Förhandsvisa och pröva")
        for channel in ("Webben", "Slack", "Teams"):
            expect(self.main.get_by_role("heading", name=channel, exact=True)).to_be_visible()
        expect(self._effect()).to_contain_text("alla sätt att fråga leder till det här svaret")
        self._look(self.page, "tried")
        self._press("Skicka för granskning")
        self._told("Svaret väntar nu på granskning.")
        self._look(self.page, "sent-for-review")

    def _cite(self, words: str, heading: str, number: int) -> None:
        self._hand.write(self.main.get_by_role("searchbox", name="Sök i källorna"), words)
        self._press("Sök")
        found = self.main.get_by_role("listitem").filter(has=self.page.get_by_text(heading, exact=True))
        self._hand.press(found.get_by_role("button", name=f"Välj som källa {number}"))
        expect(self.main.get_by_role("group", name=f"Källa {number}", exact=True)).to_be_visible()

    # Approver

    def open_for_review(self, question: str) -> None:
        """From the front page."""
        self._look(self.page, "overview")
        self._follow("utkast att granska")
        expect(self.page).to_have_url(re.compile(r"/console/answers\?"))
        self._look(self.page, "answers")
        self._follow(question)
        expect(self.main.get_by_role("heading", level=1)).to_have_text(question)
        self._follow("Granska")
        expect(self.main.get_by_role("heading", level=1)).to_have_text("Kan svaret godkännas?")
        expect(self._effect()).to_contain_text("1 fråga som handläggare har ställt får ett nytt svar")
        expect(self._effect().get_by_role("rowheader", name=question)).to_be_visible()
        self._look(self.page, "review")

    def approve(self, comment: str) -> float:
        """The moment when the service said that it is done."""
        self._hand.write(self.main.get_by_label("Kommentar"), comment)
        with self.page.expect_response(re.compile("/approve$")) as response:
            self._press("Godkänn")
        done = time.monotonic()
        assert response.value.status == 303
        return done

    def approved(self) -> None:
        self._told("Svaret är godkänt och ges nu i alla kanaler.")
        self._look(self.page, "approved")
        self._follow("Ärendet i inkorgen")
        expect(self.page).to_have_url(re.compile("/console/inbox/"))
        expect(self.main.get_by_text("Klar", exact=True).first).to_be_visible()
        self._look(self.page, "item-done")
        self.page.go_back()
        expect(self.main.get_by_role("link", name="Ångra godkännandet")).to_be_visible()

    def undo_approval(self, why: str) -> None:
        self._follow("Ångra godkännandet")
        expect(self.main.get_by_role("heading", level=1)).to_have_text("Ångra godkännandet?")
        self._look(self.page, "roll-back")
        self._hand.write(self.main.get_by_label("Varför?"), why)
        self._press("Ångra godkännandet")
        self._told("Godkännandet är ångrat. Svaret ges inte längre.")
        self._look(self.page, "rolled-back")

    # Adviser

    def answer_handover(self, question: str, text: str) -> None:
        self._look(self.page, "handovers")
        self._follow(question)
        expect(self.main.get_by_label("Ditt svar")).to_be_visible()
        self._look(self.page, "handover")
        self._hand.write(self.main.get_by_label("Ditt svar"), text)
        self._press("Skicka svaret")
        self._told("Svaret är sparat och på väg till handläggaren.")
        self._look(self.page, "handover-answered")

    def _press(self, name: str) -> None:
        self._hand.press(self.main.get_by_role("button", name=name, exact=True))

    def _follow(self, name: str) -> None:
        self._hand.press(self.main.get_by_role("link", name=name).first)

    def _field(self, begins: str) -> Locator:
        return self.main.get_by_role("textbox", name=re.compile("^" + re.escape(begins))).first

    def _effect(self) -> Locator:
        return self.main.get_by_role("region", name="Vad händer med andra frågor?")

    def _told(self, text: str) -> None:
        expect(self.main.get_by_role("status").first).to_have_text(text)
