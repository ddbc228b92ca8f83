"""The states that must be good in every respect, each reached from the open panel. They may follow one another."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from .widget_page import WidgetPage

QUESTION = "Vad får den som saknar uppehållsrätt?"


def empty(widget: WidgetPage) -> None:
    expect(widget.question).to_be_visible()


def answered(widget: WidgetPage) -> None:
    widget.ask(QUESTION)
    widget.latest().locator(".cite").nth(1).click()


def urgent(widget: WidgetPage) -> None:
    widget.ask("Vad gör jag vid fara?")


def children(widget: WidgetPage) -> None:
    widget.ask("Hur är det med barn?")


def choosing(widget: WidgetPage) -> None:
    widget.ask("Får de vistas eller få hjälp?")


def feedback(widget: WidgetPage) -> None:
    widget.ask(QUESTION)
    widget.latest().locator(".rating button").nth(1).click()
    widget.latest().locator("form button[type=submit]").click()


def handover(widget: WidgetPage) -> None:
    widget.ask("okänt")
    widget.latest().locator(".tools .primary").click()
    widget.latest().locator("form button[type=submit]").click()


STATES: list[Callable[[WidgetPage], None]] = [empty, answered, urgent, children, choosing, feedback, handover]
