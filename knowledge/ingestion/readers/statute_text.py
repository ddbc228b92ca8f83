"""The plain text of a statute in force, as the databases of the Riksdag and the Government Offices give it out.

A blank line parts the paragraphs. "11 kap. Title" begins a chapter and "1 § " a section. Wordings that begin or cease
on a day follow one another, marked "/Träder i kraft I:2026-01-15/" and "/Upphör att gälla U:2026-01-15/". The text does
not say its own title and number; its transitional provisions begin with the number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...datatypes import Document, Source, Validity, ValidityStatus
from ..files import RawFile
from .documents import document_of
from .origins import STATUTES, STATUTES_SITE, UNDATED, told
from .sections import Section
from .statutes import TRANSITIONAL, Statute, marks_of

_SECTION = re.compile(r"^(\d+(?: ?[a-z])?) § (?=\S)")
_CHAPTER = re.compile(r"^(\d+(?: ?[a-z])?) kap\. (?=[A-ZÅÄÖ/])")
_DIVISION = re.compile(r"^(?:AVDELNING|AVD\.) ")
_NUMBER = re.compile(r"\d{4}:\d+")
_IN_TITLE, _IN_NAME = re.compile(r"\((\d{4}:\d+)\)"), re.compile(r"(?<!\d)(\d{4})[-_:](\d{1,4})(?!\d)")
_AMENDED_BY = re.compile(r"\b(?:Lag|Förordning) \((\d{4}:\d+)\)\.\s*$")
_UNMARKED_END = re.compile(r"m\. ?(?:m|fl)\.$")
_LEAST_SECTIONS = 3
_LONGEST_HEADING = 200
# The statutes that the starter corpus cites most, since the text itself has no title.
_TITLES = {"2025:400": "Socialtjänstlag (2025:400)"}


def number_of(blocks: Sequence[str], said: Mapping[str, Any], name: str) -> str:
    """The number of the statute that this is, from its title beside it, itself or its name; empty for other texts."""
    if sum(bool(_SECTION.match(block.lstrip())) for block in blocks) < _LEAST_SECTIONS:
        return ""
    if match := _IN_TITLE.search(str(said.get("title", ""))):
        return match[1]
    lines = [block.strip() for block in blocks]
    if TRANSITIONAL in lines:
        after = lines[lines.index(TRANSITIONAL) + 1 :]
        if after and _NUMBER.fullmatch(after[0]):
            return after[0]
    named = _IN_NAME.search(name)
    return f"{named[1]}:{named[2]}" if named else ""


def statute_of(raw: RawFile, number: str, blocks: Sequence[str], said: Mapping[str, Any]) -> Document:
    sections = _sections(blocks)
    newest = _newest(number, blocks)
    origin = told(said, _TITLES.get(number, f"Författning ({number})"))
    validity = origin.validity
    if not (said.get("valid_from") or said.get("valid_to")):
        begins = next((section.valid_from for section in sections if _is_of(section, number)), None)
        validity = Validity(ValidityStatus.CURRENT, f"Lydelse till och med SFS {newest}.", begins)
    source = origin.source
    publisher = source.publisher if said.get("publisher") else STATUTES
    date = source.date if source.date != UNDATED else f"lydelse till och med SFS {newest}"
    source = Source(source.title, source.url or STATUTES_SITE, publisher, date, source.published)
    return document_of(raw, replace(origin, source=source, validity=validity, number=number), sections)


def _sections(blocks: Sequence[str]) -> list[Section]:
    statute, subjects = Statute(), _Subjects()
    for number, raw_block in enumerate(blocks):
        block = _joined(raw_block)
        marks, text = marks_of(block)
        if chapter := _CHAPTER.match(text):
            _, title = marks_of(text[chapter.end() :])
            statute.turn_to_chapter(chapter[1], title)
            subjects.forget()
        elif section := _SECTION.match(text):
            if subjects.waiting:
                statute.turn_to(subjects.taken())
            more, rest = marks_of(text[section.end() :])
            statute.turn_to_section(section[1], f"{marks} {more}")
            statute.add(rest)
        elif _DIVISION.match(text):
            subjects.forget()
        elif text == TRANSITIONAL:
            statute.turn_to(text)
        elif _is_heading(text, blocks[number + 1 :]):
            subjects.waiting.append(text)
        elif text:
            statute.add(text)
    return statute.filled()


class _Subjects:
    """Headings that stand above the next section; two of them are a subject and its part."""

    def __init__(self) -> None:
        self.waiting: list[str] = []

    def taken(self) -> str:
        subject = " – ".join(self.waiting)
        self.waiting = []
        return subject

    def forget(self) -> None:
        self.waiting = []


def _is_heading(text: str, after: Sequence[str]) -> bool:
    """What is no sentence and no item of a list, above a section; between them only other headings."""
    if not _may_be_heading(text):
        return False
    for block in after[:3]:
        _, following = marks_of(_joined(block))
        if _SECTION.match(following):
            return True
        if not _may_be_heading(following):
            return False
    return False


def _may_be_heading(text: str) -> bool:
    if not text[:1].isupper() or len(text) > _LONGEST_HEADING:
        return False
    return not text.endswith((".", ":", ";", ",")) or bool(_UNMARKED_END.search(text))


def _joined(block: str) -> str:
    """Lines as one; a span of numbers that was broken, "(14-" and "17 kap.)", is whole again."""
    return re.sub(r"(?<=\d-) (?=\d)", "", " ".join(block.split()))


def _newest(number: str, blocks: Sequence[str]) -> str:
    """The last amendment that the text holds."""
    lines = [block.strip() for block in blocks]
    known = {line for line in lines if _NUMBER.fullmatch(line)} | {number}
    known |= {match[1] for line in lines if (match := _AMENDED_BY.search(line))}
    return max(known, key=lambda text: tuple(map(int, text.split(":"))))


def _is_of(section: Section, number: str) -> bool:
    """Are these the transitional provisions that came with the statute itself?"""
    return bool(section.name) and section.heading == f"{TRANSITIONAL} till SFS {number}"
