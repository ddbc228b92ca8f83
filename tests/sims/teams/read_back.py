"""Cards read as a person reads them: what of an answer stands on them, with the marks of Markdown undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.gateway.channels.teams.markdown import unescaped

Element = dict[str, Any]
_SOURCE = re.compile(r"source-(\d+)(?:-\d+)?")
_HEADINGS = {
    "Källor": "sources",
    "Sources": "sources",
    "Kontakter": "contacts",
    "Contacts": "contacts",
    "Fråga vidare": "follow_ups",
    "Ask further": "follow_ups",
}


@dataclass(slots=True)
class SourceRead:
    n: int
    title: str
    about: str
    url: str = ""
    quote: str = ""
    doubt: str = ""  # why it is not plainly in force, on the folded source
    validity: str = ""  # with the corpus's note, on the opened one


@dataclass(slots=True)
class AnswerRead:
    """The parts, in the order in which they were met (`order`)."""

    order: list[str] = field(default_factory=list)
    notices: list[tuple[str, str]] = field(default_factory=list)
    refined: str = ""
    text: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    validity_line: str = ""
    doubts: str = ""
    citations: list[SourceRead] = field(default_factory=list)
    contacts: list[list[str]] = field(default_factory=list)
    follow_ups: list[str] = field(default_factory=list)
    answer_id: str = ""

    def met(self, part: str) -> None:
        if not self.order or self.order[-1] != part:
            self.order.append(part)


def cards_of(activities: list[dict[str, Any]]) -> list[Element]:
    return [attached["content"] for activity in activities for attached in activity.get("attachments", ())]


def read_back(cards: list[Element]) -> AnswerRead:
    """One answer from its cards, in order."""
    answer, section = AnswerRead(), ""
    for card in cards:
        for element in card["body"]:
            if element.get("style") == "heading":
                section = _HEADINGS[element["text"]]
            else:
                _read(answer, element, section)
    return answer


def _read(answer: AnswerRead, element: Element, section: str) -> None:
    kind, key = element["type"], element.get("id", "")
    if kind == "Container" and element.get("style") in ("attention", "warning", "accent", "emphasis") and not key:
        answer.met("notices")
        title, text = (unescaped(one["text"]) for one in element["items"])
        answer.notices.append((title, text))
    elif kind == "ColumnSet" and section == "sources":
        answer.met("citations")
        _read_source_head(answer, element)
    elif _SOURCE.fullmatch(key):
        _read_source_body(answer, element, int(_SOURCE.fullmatch(key)[1]))  # type: ignore[index]
    elif kind == "Container" and section == "contacts":
        answer.met("contacts")
        answer.contacts.append([unescaped(one["text"]) for one in element["items"]])
    elif kind == "ColumnSet" and section == "follow_ups":
        answer.met("follow_ups")
        answer.follow_ups.append(element["selectAction"]["data"]["msteams"]["text"])
    elif kind == "Container" and key == "more":
        first, *others = element["items"]
        _read_text(answer, first | {"spacing": element["spacing"]})
        for one in others:
            _read_text(answer, one)
    elif kind == "ActionSet":
        _read_actions(answer, element)
    elif kind == "TextBlock" and not key:
        _read_text(answer, element)


def _read_source_head(answer: AnswerRead, element: Element) -> None:
    number, head = element["columns"][0]["items"][0]["text"], element["columns"][1]["items"]
    n = int(number)
    if not any(one.n == n for one in answer.citations):
        title, about, *doubt = (unescaped(one["text"]) for one in head)
        answer.citations.append(SourceRead(n, title, about, doubt="".join(doubt)))


def _read_source_body(answer: AnswerRead, element: Element, n: int) -> None:
    source = next(one for one in answer.citations if one.n == n)
    source.quote = f"{source.quote} {unescaped(element['items'][1]['text'])}".strip()
    source.validity = unescaped(element["items"][2]["text"])
    source.url = next((one["url"] for one in _actions(element) if one["type"] == "Action.OpenUrl"), "")


def _read_text(answer: AnswerRead, element: Element) -> None:
    text = unescaped(element["text"])
    if element.get("color") == "Good":
        answer.met("refined")
        answer.refined = text
    elif element.get("isSubtle") and element.get("size") == "Small":
        if text not in ("Fortsättning", "Continued"):
            answer.met("validity")
            answer.validity_line = text
    elif element.get("color") == "Warning":
        answer.met("validity")
        answer.doubts = text
    elif not element.get("isSubtle"):
        answer.met("text")
        gap = {"Medium": "\n\n", "Small": "\n", "None": " "}[element["spacing"]]
        answer.text += f"{gap if answer.text else ''}{text}"


def _read_actions(answer: AnswerRead, element: Element) -> None:
    for action in element["actions"]:
        if action["type"] == "Action.Submit":
            answer.met("options")
            answer.options.append((action["title"], action["data"]["msteams"]["text"]))
        elif element.get("id") == "buttons":
            answer.met("controls")
            inner = action.get("card", {}).get("actions", [action])[0]
            answer.answer_id = inner["data"]["answer_id"]


def _actions(element: Any) -> Iterator[Element]:
    """Every action anywhere in it."""
    if isinstance(element, dict):
        if str(element.get("type", "")).startswith("Action."):
            yield element
        for value in element.values():
            yield from _actions(value)
    elif isinstance(element, list):
        for value in element:
            yield from _actions(value)


def buttons(card: Element) -> list[str]:
    """What can be pressed at the end of the card."""
    return [one["title"] for element in card["body"] if element.get("id") == "buttons" for one in element["actions"]]


def said(card: Element, key: str) -> str:
    """The text of a line with that id: "rated", "handed-over", "problem"; empty where there is none."""
    return next((unescaped(element["text"]) for element in card["body"] if element.get("id") == key), "")
