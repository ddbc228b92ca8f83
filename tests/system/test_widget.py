"""The widget on the real service, by keyboard alone: ask, open a source, judge the answer, hand over to an adviser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from benchmarks.running_service import RunningService
from tests.browser.widget_page import WidgetPage

from .browser_walk import walk_in_browser
from .conftest import Rows

pytestmark = pytest.mark.browser
QUESTION = "Har en EU-medborgare utan uppehållsrätt rätt till försörjningsstöd?"
LATEST_FEEDBACK = """select a.question, f.rating, f.reasons from feedback f join answers a on a.id = f.answer_id
    order by f.given_at desc limit 1"""


def test_the_keyboard_alone_goes_all_the_way(service: RunningService, rows: Rows, tmp_path: Path) -> None:
    references: list[str] = []

    def walk(widget: WidgetPage) -> None:
        ask_and_open_a_source(widget)
        widget.page.screenshot(path=tmp_path / "open-source.png")
        judge(widget)
        references.append(hand_over(widget))
        widget.page.screenshot(path=tmp_path / "handed-over.png")

    walk_in_browser(service.url("gateway"), walk)
    (judged,) = rows(LATEST_FEEDBACK)
    assert judged == {"question": QUESTION, "rating": "down", "reasons": '["outdated"]'}
    (stored,) = rows("select * from handovers where reference = ?", references[0])
    assert (stored["contact"], stored["municipality"]) == ("namn@kommun.example", "Sala")
    assert rows("select question from answers where id = ?", stored["answer_id"]) == [{"question": QUESTION}]


def ask_and_open_a_source(widget: WidgetPage) -> None:
    keyboard = widget.page.keyboard
    widget.page.goto("/")
    expect(widget.launcher).to_be_visible()
    widget.tab_to("Fråga Rådgivaren")
    keyboard.press("Enter")
    assert widget.focused_name() == "Din fråga"
    keyboard.type(QUESTION)
    keyboard.press("Enter")
    expect(widget.done()).to_contain_text("Gäller per")
    keyboard.press("Shift+Tab")
    assert widget.focused_name() == "Gå till senaste svaret"
    keyboard.press("Enter")
    widget.tab_to("Källa 1")
    keyboard.press("Enter")
    expect(widget.latest().get_by_role("blockquote").first).to_be_visible()
    widget.tab_to("Öppna källan")


def judge(widget: WidgetPage) -> None:
    keyboard = widget.page.keyboard
    widget.tab_to("Nej, svaret hjälpte inte")
    keyboard.press("Enter")
    assert widget.focused_name() == "Uppgiften är utgången"
    keyboard.press("Space")
    widget.tab_to("Skicka")
    keyboard.press("Enter")
    expect(widget.latest()).to_contain_text("Tack! En redaktör")


def hand_over(widget: WidgetPage) -> str:
    """The reference."""
    keyboard = widget.page.keyboard
    for _ in range(3):
        keyboard.press("Shift+Tab")
        if widget.focused_name() == "Fråga en rådgivare":
            break
    keyboard.press("Enter")
    assert widget.focused_name() == "E-post"
    keyboard.press("Tab")
    keyboard.type("namn@kommun.example")
    widget.tab_to("Kommun")
    keyboard.type("Sala")
    widget.tab_to("Jag godkänner")
    keyboard.press("Space")
    widget.tab_to("Skicka till rådgivare")
    keyboard.press("Enter")
    expect(widget.latest()).to_contain_text("Ditt ärendenummer är R-")
    reference = re.search(r"R-\w{6}", widget.latest().inner_text())
    assert reference
    return reference.group()
