"""The parts of an answer as elements of an Adaptive Card (schema 1.5), each a pure function of what is shown."""

from __future__ import annotations

from typing import Any

from ...presentation.datatypes import Citation, Contact, Notice, Option, ShownAnswer
from .markdown import escaped, formatted, link
from .words import CardWords

Element = dict[str, Any]
PARAGRAPH, LINE, GOES_ON = "Medium", "Small", "None"  # the spacing above a new one, and above the rest of a cut line
_NOTICE_STYLES = {"urgent": "attention", "child": "warning", "superseded_law": "accent", "privacy": "emphasis"}


def block(text: str, **more: Any) -> Element:
    return {"type": "TextBlock", "text": text, "wrap": True} | more


def heading(text: str) -> Element:
    return block(escaped(text), weight="Bolder", size="Default", spacing="Medium", style="heading")


def notice(one: Notice) -> Element:
    return {
        "type": "Container",
        "style": _NOTICE_STYLES[one.kind],
        "bleed": False,
        "items": [
            block(escaped(one.title), weight="Bolder", spacing="None"),
            block(escaped(one.text), spacing="None"),
        ],
    }


def refined(answer: ShownAnswer) -> Element:
    return block(escaped(answer.refined), color="Good", weight="Bolder", size="Small")


def text(words: str, numbers: set[int], begins: str = PARAGRAPH) -> list[Element]:
    """A block a line: Markdown would run lines together. Lines of a paragraph stand close. `begins`: the first one."""
    blocks: list[Element] = []
    for paragraph in filter(None, (part.strip() for part in words.split("\n\n"))):
        for place, line in enumerate(filter(None, (part.strip() for part in paragraph.split("\n")))):
            spacing = LINE if place else PARAGRAPH if blocks else begins
            blocks.append(block(formatted(line, numbers), spacing=spacing))
    return blocks


def validity(answer: ShownAnswer) -> list[Element]:
    lines = [block(escaped(answer.validity_line), isSubtle=True, size="Small")] if answer.validity_line else []
    if answer.doubts:
        lines.append(block(escaped(answer.doubts), size="Small", color="Warning", spacing="Small"))
    return lines


def option_buttons(options: tuple[Option, ...]) -> Element:
    return {"type": "ActionSet", "actions": [ask(option.question, option.label) for option in options]}


def ask(question: str, label: str) -> Element:
    """A button that asks: it is shown as the person's own message, and answered like one."""
    return {
        "type": "Action.Submit",
        "title": label,
        "data": {"msteams": {"type": "messageBack", "displayText": label, "text": question}, "verb": "ask"},
    }


def source(one: Citation, part: str, words: CardWords, suffix: str = "") -> list[Element]:
    """Folded: number, title, publisher, date. Opened: the passage and the way to it."""
    key = f"source-{one.n}{suffix}"
    toggle = {
        "type": "Action.ToggleVisibility",
        "title": f"{words('source', n=one.n)}: {one.title}",
        "targetElements": [key, f"{key}-closed", f"{key}-open"],
    }
    return [
        {
            "type": "ColumnSet",
            "spacing": "Small",
            "selectAction": toggle,
            "columns": [
                _column([block(str(one.n), weight="Bolder", color="Accent")], "auto"),
                _column(_source_head(one), "stretch"),
                _column(
                    [
                        block("▸", id=f"{key}-closed", isSubtle=True),
                        block("▾", id=f"{key}-open", isSubtle=True, isVisible=False, spacing="None"),
                    ],
                    "auto",
                ),
            ],
        },
        {
            "type": "Container",
            "id": key,
            "isVisible": False,
            "style": "emphasis",
            "spacing": "Small",
            "items": _source_body(one, part, words),
        },
    ]


def _column(items: list[Element], width: str) -> Element:
    return {"type": "Column", "width": width, "items": items}


def _source_head(one: Citation) -> list[Element]:
    head = [
        block(escaped(one.title), spacing="None"),
        block(
            escaped(" · ".join(filter(None, (one.publisher, one.date)))), isSubtle=True, size="Small", spacing="None"
        ),
    ]
    if one.validity != "current":
        head.append(block(escaped(one.validity_text), color="Warning", size="Small", spacing="None"))
    return head


def _source_body(one: Citation, part: str, words: CardWords) -> list[Element]:
    validity = f"{words('validity')}: {one.validity_text}{f'. {one.validity_note}' if one.validity_note else ''}"
    body = [
        block(escaped(one.heading or words("quote")), weight="Bolder", size="Small"),
        block(escaped(part), spacing="Small"),
        block(escaped(validity), isSubtle=True, size="Small"),
    ]
    if one.laws:
        body.append(
            block(escaped(f"{words('laws')}: {', '.join(one.laws)}"), isSubtle=True, size="Small", spacing="None")
        )
    if one.url:
        body.append(
            {
                "type": "ActionSet",
                "actions": [{"type": "Action.OpenUrl", "title": words("open_source"), "url": one.url}],
            }
        )
    return body


def contact(one: Contact, words: CardWords) -> Element:
    ways = [escaped(way) for way in (one.phone, one.email) if way]
    if one.url:
        ways.append(link(words("web_page"), one.url))
    lines = [
        block(escaped(one.name), weight="Bolder", spacing="None"),
        *_line(escaped(one.organisation)),
        *_line(" · ".join(ways)),
        *_line(escaped(" · ".join(filter(None, (one.address, one.hours)))), isSubtle=True),
        block(
            escaped(one.checked),
            size="Small",
            spacing="None",
            **({"isSubtle": True} if one.verified else {"color": "Warning"}),
        ),
    ]
    return {"type": "Container", "spacing": "Small", "items": lines}


def _line(words: str, **more: Any) -> list[Element]:
    return [block(words, spacing="None", **more)] if words else []


def follow_up(question: str) -> Element:
    """A row, since Teams cuts the title of a button that is longer than its place."""
    return {
        "type": "ColumnSet",
        "spacing": "Small",
        "selectAction": ask(question, question),
        "columns": [
            _column([block("›", color="Accent", weight="Bolder")], "auto"),
            _column([block(escaped(question), color="Accent")], "stretch"),
        ],
    }
