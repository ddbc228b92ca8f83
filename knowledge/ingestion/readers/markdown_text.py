"""Markdown of running text -> sections with their headings, and these into passages of a length that can be quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

LONGEST = 700  # characters of a passage: two or three paragraphs, what an official reads at a glance

_LINK = re.compile(r"!?\[((?:[^\[\]\\\n]|\\.)*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_IMAGE = re.compile(r"!\[(?:[^\[\]\\\n]|\\.)*\]\([^()\n]*\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_AMENDED_BY = re.compile(r"\s*\b(?:Lag|Förordning|Kungörelse) \(\d{4}:\d+\)\.$")
_LIST_ITEM = re.compile(r"^(?:[-*•–] |\d+[.)] |[a-zåäö][.)] )")
_BULLET = re.compile(r"^\s*[-*•] ", re.MULTILINE)  # the items of a list read on as one sentence
_BOLD_LINE = re.compile(r"\*\*([^*]{2,100})\*\*:?")
_TABLE_RULE = re.compile(r"^[|\s:-]+$", re.MULTILINE)
_NO_WORD = re.compile(r"[\W_]*")
_REACHED_AT = re.compile(r"\S+@\S+\.\w|(?<!\d)0\d{1,3}[- /]\d{2,3} ?\d\d ?\d\d")
_LONGEST_CONTACT = 200  # characters; a longer paragraph says more than whom to call
_LEFT_OUT = re.compile(
    r"^(?:(?:press)?kontakt|pressekreterare|relatera|genvägar|ladda (?:ner|ned)|se även|referenser|till redaktionen|"
    r"dela sidan|följ oss|länkar\b|mer information$|läs mer)",
    re.IGNORECASE,
)
_NOT_TITLE = re.compile(r"(?<=\S)Diarienummer:.*$")  # the site's heading runs on into it
_REMARK = re.compile(r"^(?:/[^/]{0,20}/\s*)+")
_CHAPTER = re.compile(r"^(\d+(?: ?[a-z])?) kap\b\.?\s*(.*)$")
_SECTION = re.compile(r"^(\d+(?: ?[a-z])?) ?\s*§+\.?$")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÅÄÖ0-9–\"”])")


@dataclass(slots=True)
class Section:
    """`address` is where a statute has it: "3 kap. 5 §"."""

    heading: str
    address: str
    paragraphs: list[str] = field(default_factory=list)


def title_of(body: str) -> str:
    """The first heading of the first level."""
    match = re.search(r"^# +(.+)$", body, re.MULTILINE)
    return _NOT_TITLE.sub("", _plain(match[1])).strip() if match else ""


def sections_of(body: str, *, of_a_statute: bool) -> list[Section]:
    """The text under each heading, less headings that have none and what is no running text."""
    reader = _Statute() if of_a_statute else _Page()
    for block in _blocks(body):
        heading = _heading(block)
        if heading is not None:
            reader.turn_to(heading)
        elif not reader.left_out and not _is_no_text(block):
            reader.add(block)
    return [section for section in reader.sections if section.paragraphs]


class _Page:
    """Headings as they stand."""

    def __init__(self) -> None:
        self.sections = [Section("", "")]
        self.left_out = False

    def turn_to(self, heading: str) -> None:
        self.left_out = bool(_LEFT_OUT.match(heading))
        self.sections.append(Section(heading, ""))

    def add(self, block: str) -> None:
        paragraph = _plain(block)
        paragraphs = self.sections[-1].paragraphs
        if paragraphs and _LIST_ITEM.match(block) and len(paragraphs[-1]) + len(paragraph) < LONGEST:
            paragraphs[-1] += " " + paragraph  # an item says little without what it is an item of
        elif paragraph:
            paragraphs.append(paragraph)


class _Statute(_Page):
    """Headings that number a chapter or a section make the address; the others stay in force below them."""

    def __init__(self) -> None:
        super().__init__()
        self._chapter, self._subject = "", ""

    def turn_to(self, heading: str) -> None:
        heading = _REMARK.sub("", heading)
        if section := _SECTION.match(heading):
            self._take_loose_heading()
            address = f"{self._chapter} {_spaced(section[1])} §".strip()
            self.sections.append(Section(self._subject, address))
            return
        if chapter := _CHAPTER.match(heading):
            self._chapter, self._subject = f"{_spaced(chapter[1])} kap.", chapter[2]
        else:
            self._subject = heading
        self.sections.append(Section(self._subject, ""))

    def add(self, block: str) -> None:
        super().add(block)
        paragraphs = self.sections[-1].paragraphs
        if paragraphs:
            paragraphs[-1] = _AMENDED_BY.sub("", paragraphs[-1])
            if not paragraphs[-1]:
                paragraphs.pop()

    def _take_loose_heading(self) -> None:
        """A heading without its mark stands as the last paragraph before the section that it belongs to."""
        paragraphs = self.sections[-1].paragraphs
        if paragraphs and (len(paragraphs) > 1 or not self.sections[-1].address):
            last = paragraphs[-1]
            unmarked = not last.endswith((".", ":", ";", ",")) or re.search(r"m\. ?(?:m|fl)\.$", last)
            if len(last) < 80 and last[:1].isupper() and unmarked:
                self._subject = paragraphs.pop()


def passages_of(sections: Iterable[Section]) -> Iterator[tuple[Section, str]]:
    """Each section in pieces that end with a paragraph; a longer paragraph is cut at the end of a sentence."""
    for section in sections:
        pieces = [piece for paragraph in section.paragraphs for piece in _cut(paragraph)]
        collected = ""
        for piece in pieces:
            if collected and len(collected) + 1 + len(piece) > LONGEST:
                yield section, collected
                collected = piece
            else:
                collected = f"{collected}\n{piece}" if collected else piece
        if collected:
            yield section, collected


def _cut(paragraph: str) -> Iterator[str]:
    if len(paragraph) <= LONGEST:
        yield paragraph
        return
    ends = [match.end() for match in _SENTENCE_END.finditer(paragraph)]
    start = 0
    for end, after in pairwise([*ends, len(paragraph), len(paragraph) + LONGEST + 1]):
        if after - start > LONGEST and end > start:
            yield from _cut_at_words(paragraph[start:end].strip())
            start = end


def _cut_at_words(text: str) -> Iterator[str]:
    """The last resort: a sentence, or a table, that is longer than a passage."""
    start = 0
    while len(text) - start > LONGEST:
        at = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        at = at if at > 0 else start + LONGEST
        yield text[start:at].strip()
        start = at
    if rest := text[start:].strip():
        yield rest


def _blocks(body: str) -> Iterator[str]:
    """What is parted by empty lines; a heading is a block of its own."""
    for raw in re.split(r"\n\s*\n", body):
        waiting: list[str] = []
        for line in raw.strip().splitlines():
            if re.match(r"#{1,6} ", line):
                if waiting:
                    yield "\n".join(waiting)
                    waiting = []
                yield line
            else:
                waiting.append(line)
        if waiting:
            yield "\n".join(waiting)


def _heading(block: str) -> str | None:
    if match := re.match(r"(#{1,6}) +(.*)", block):
        return "" if len(match[1]) == 1 else _plain(match[2])
    bold = _BOLD_LINE.fullmatch(block.strip())
    return _plain(bold[1]).rstrip(":") if bold else None


def _is_no_text(block: str) -> bool:
    """Lists of links, contact blocks, rules, pictures."""
    if _NO_WORD.fullmatch(_LINK.sub("", block)):
        return True
    if block.startswith(("**Automatisk konvertering inte", "Dokumentet innehåller AVDELNING", "För att läsa det full")):
        return True  # a statute whose text the collection does not have
    return len(block) < _LONGEST_CONTACT and bool(_REACHED_AT.search(_plain(block)))


def _plain(text: str) -> str:
    text = _TABLE_RULE.sub("", text) if "|" in text else text
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _ESCAPED.sub(r"\1", _BULLET.sub("", text)).replace("**", "").replace("|", " ").replace("\xad", "")
    return " ".join(text.split())


def _spaced(number: str) -> str:
    """ "5a" -> "5 a"."""
    return re.sub(r"(\d)([a-z])", r"\1 \2", number)
