"""An official at the widget: asks, judges an answer, hands a question over."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.widget_page import WidgetPage

from .hands import Hand


class Asker:
    def __init__(self, page: Page, hand: Hand) -> None:
        self.page, self._hand, self._widget = page, hand, WidgetPage(page)
        page.goto("/")
        hand.press(self._widget.launcher)

    def write(self, question: str) -> None:
        self._hand.write(self._widget.question, question)

    def send(self) -> Locator:
        """The turn, once the answer is there."""
        self.page.keyboard.press("Enter")
        return self._widget.done()

    def ask(self, question: str) -> Locator:
        self.write(question)
        return self.send()

    def thumb_down(self, reason: str, comment: str) -> None:
        turn = self._widget.latest()
        self._hand.press(self._widget.button("Nej, svaret hjälpte inte"))
        self._hand.tick(turn.get_by_label(reason))
        if comment:
            self._hand.write(turn.get_by_label("Kommentar (valfritt)"), comment)
        self._hand.press(turn.get_by_role("button", name="Skicka", exact=True))
        expect(turn).to_contain_text("Tack! En redaktör")

    def hand_over(self, role: str, municipality: str) -> None:
        """To be answered in the conversation."""
        turn = self._widget.latest()
        self._hand.press(self._widget.button("Fråga en rådgivare"))
        form = turn.get_by_role("group", name="Skicka frågan till en rådgivare")
        self._hand.tick(form.get_by_label("Här i samtalet"))
        self._hand.write(form.get_by_label("Din roll"), role)
        self._hand.write(form.get_by_label("Kommun"), municipality)
        self._hand.tick(form.get_by_role("checkbox"))
        self._hand.press(form.get_by_role("button", name="Skicka till rådgivare"))
        expect(turn).to_contain_text("Svaret visas här i samtalet")


def words_of(turn: Locator) -> str:
    """The text of the answer, without what stands around it."""
    return turn.locator(".answer .text").inner_text()
