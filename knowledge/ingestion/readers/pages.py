"""Running text under headings -> sections, less what is no running text: contact blocks, lists of links, rules."""

from __future__ import annotations

import re

from .sections import LONGEST, Section

_LINK = re.compile(r"!?\[((?:[^\[\]\\\n]|\\.)*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_IMAGE = re.compile(r"!\[(?:[^\[\]\\\n]|\\.)*\]\([^()\n]*\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
LIST_ITEM = re.compile(r"^(?:[-*•–] |\d+[.)] |[a-zåäö][.)] )")
_BULLET = re.compile(r"^\s*[-*•] ", re.MULTILINE)  # the items of a list read on as one sentence
_TABLE_RULE = re.compile(r"^[|\s:-]+$", re.MULTILINE)
_NO_WORD = re.compile(r"[\W_]*")
_REACHED_AT = re.compile(r"\S+@\S+\.\w|(?<!\d)0\d{1,3}[- /]\d{2,3} ?\d\d ?\d\d")
_LONGEST_CONTACT = 200  # characters; a longer paragraph says more than whom to call
_LEFT_OUT = re.compile(
    r"^(?:(?:press)?kontakt|pressekreterare|relatera|genvägar|ladda (?:ner|ned)|se även|referenser|till redaktionen|"
    r"dela sidan|följ oss|länkar\b|mer information$|läs mer)",
    re.IGNORECASE,
)
_NOT_HELD = ("**Automatisk konvertering inte", "Dokumentet innehåller AVDELNING", "För att läsa det full")


class Page:
    """Headings as they stand. `sections` holds what was added, the empty ones too."""

    def __init__(self) -> None:
        self.sections = [Section("")]
        self.left_out = False

    def turn_to(self, heading: str) -> None:
        self.left_out = bool(_LEFT_OUT.match(heading))
        self.sections.append(Section(heading))

    def add(self, block: str) -> None:
        """A paragraph or an item of a list; an item is joined to what it is an item of."""
        if self.left_out or is_no_text(block):
            return
        paragraph = plain(block)
        paragraphs = self.sections[-1].paragraphs
        if paragraphs and LIST_ITEM.match(block) and len(paragraphs[-1]) + len(paragraph) < LONGEST:
            paragraphs[-1] += " " + paragraph  # an item says little without what it is an item of
        elif paragraph:
            paragraphs.append(paragraph)

    def filled(self) -> list[Section]:
        return [section for section in self.sections if section.paragraphs]


def is_no_text(block: str) -> bool:
    """Lists of links, contact blocks, rules, pictures, and the notes of a collection that does not have the text."""
    if _NO_WORD.fullmatch(_LINK.sub("", block)) or block.startswith(_NOT_HELD):
        return True
    return len(block) < _LONGEST_CONTACT and bool(_REACHED_AT.search(plain(block)))


def plain(text: str) -> str:
    """On one line, without the marks of links, lists, tables and emphasis."""
    text = _TABLE_RULE.sub("", text) if "|" in text else text
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _ESCAPED.sub(r"\1", _BULLET.sub("", text)).replace("**", "").replace("|", " ").replace("\xad", "")
    return " ".join(text.split())
