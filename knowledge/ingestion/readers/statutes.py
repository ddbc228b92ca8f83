"""The parts of a statute -> sections with their addresses, "3 kap. 5 §", and its transitional provisions."""

from __future__ import annotations

import datetime as dt
import re

from .origins import MONTHS
from .pages import Page, plain
from .sections import Section

TRANSITIONAL = "Övergångsbestämmelser"

_AMENDED_BY = re.compile(r"\s*\b(?:Lag|Förordning|Kungörelse) \(\d{4}:\d+\)\.$")
_AMENDMENT = re.compile(r"(?:Till |SFS )?(\d{4}:\d+)\.?")
_ENTERS_INTO_FORCE = re.compile(r"träder i kraft den (\d{1,2}) ([a-z]+) (\d{4})")
_MARK = re.compile(r"^/([^/]{0,200})/\s*")
_BEGINS, _ENDS = re.compile(r"\bI:\s?(\d{4}-\d\d-\d\d)?"), re.compile(r"\bU:\s?(\d{4}-\d\d-\d\d)?")
_LONGEST_LOOSE = 80  # characters of a heading that lost its mark


class Statute(Page):
    """Headings that number a chapter or a section make the address; the others stay in force below them."""

    def __init__(self) -> None:
        super().__init__()
        self._chapter, self._subject = "", ""
        self._in_transitional = False

    def turn_to_chapter(self, number: str, title: str) -> None:
        self._chapter, self._subject = f"{spaced(number)} kap.", title
        self._in_transitional = False
        self.sections.append(Section(title))

    def turn_to_section(self, number: str, marks: str = "") -> None:
        """`marks` is what stands between strokes: "/Upphör att gälla U:2026-01-15/"."""
        self._take_loose_heading()
        self._in_transitional = False
        section = Section(self._subject, f"{self._chapter} {spaced(number)} §".strip())
        _set_days(section, marks)
        self.sections.append(section)

    def turn_to(self, heading: str) -> None:
        self._subject = heading
        self._in_transitional = heading.startswith(TRANSITIONAL)
        self.left_out = False
        self.sections.append(Section(heading))

    def add(self, block: str) -> None:
        amendment = _AMENDMENT.fullmatch(plain(block)) if self._in_transitional else None
        if amendment is not None:
            self._turn_to_transitional(amendment[1])
            return
        super().add(block)
        section = self.sections[-1]
        if not section.paragraphs:
            return
        section.paragraphs[-1] = _AMENDED_BY.sub("", section.paragraphs[-1])
        if not section.paragraphs[-1]:
            section.paragraphs.pop()
        elif section.name and section.valid_from is None:
            section.valid_from = in_force_from(section.paragraphs[-1])

    def _turn_to_transitional(self, number: str) -> None:
        """What an amendment says of its own coming into force: never joined with another's."""
        name = f"overgangsbestammelser-{number.replace(':', '-')}"
        self.sections.append(Section(f"{TRANSITIONAL} till SFS {number}", name=name))

    def _take_loose_heading(self) -> None:
        """A heading without its mark stands as the last paragraph before the section that it belongs to."""
        paragraphs = self.sections[-1].paragraphs
        if paragraphs and (len(paragraphs) > 1 or not self.sections[-1].address):
            last = paragraphs[-1]
            unmarked = not last.endswith((".", ":", ";", ",")) or re.search(r"m\. ?(?:m|fl)\.$", last)
            if len(last) < _LONGEST_LOOSE and last[:1].isupper() and unmarked:
                self._subject = paragraphs.pop()


def marks_of(text: str) -> tuple[str, str]:
    """What stands between strokes at the beginning of a text, and the rest of it."""
    marks = ""
    while match := _MARK.match(text):
        marks, text = f"{marks} {match[1]}".strip(), text[match.end() :]
    return marks, text


def in_force_from(text: str) -> dt.date | None:
    """ "Denna lag träder i kraft den 1 juli 2025." """
    match = _ENTERS_INTO_FORCE.search(text)
    if match is None or match[2] not in MONTHS:
        return None
    try:
        return dt.date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
    except ValueError:
        return None


def spaced(number: str) -> str:
    """ "5a" -> "5 a"."""
    return re.sub(r"(\d)([a-z])", r"\1 \2", number)


def _set_days(section: Section, marks: str) -> None:
    begins, ends = _BEGINS.search(marks), _ENDS.search(marks)
    if begins and begins[1]:
        section.valid_from = dt.date.fromisoformat(begins[1])
        section.name = f"{section.address} från {begins[1]}"  # the wording before has the address
        section.note = f"Lydelsen gäller från och med {begins[1]}."
    elif begins:
        section.in_force = False
        section.name = f"{section.address} kommande"
        section.note = "Lydelsen har inte trätt i kraft: regeringen bestämmer dagen."
    if ends and ends[1]:
        section.valid_to = dt.date.fromisoformat(ends[1]) - dt.timedelta(days=1)
        section.note = f"{section.note} Lydelsen upphör att gälla {ends[1]}.".strip()
