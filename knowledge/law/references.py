"""Law references in a text, normalised: "4 kap 1 § SoL" is chapter 4, section 1 of SFS 2025:400, or of 2001:453."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .grammar import (
    BETWEEN_PLACES,
    DETAIL,
    FROM_THE_STATUTE,
    LOOSE_FORMS,
    NUMBER,
    PLACE,
    SFS_NUMBER,
    STATUTE,
    TO_THE_STATUTE,
)
from .statutes import Age, StatuteTable, statute_table

_FORMS = ("", "2", "3", "4", "5", "6", "7", "8")
_OLD_WORDS = frozenset("gamla äldre upphävda old former repealed".split())
_OLD_BEFORE = re.compile(r"\b(?:gamla|äldre|tidigare|förra|dåvarande|old|former|previous)\s+$", re.IGNORECASE)
_SPACED = re.compile(r"(\d+)\s?([a-z])?$", re.IGNORECASE)
_ITEM = re.compile(rf"({NUMBER})(?:\s?[–-]\s?({NUMBER}|[a-z]))?", re.IGNORECASE)
_OTHER_ACT = re.compile(r"\s?(?:i\s)?(?:den|samma|nämnda|denna|that|this)\s(?:lag|act|förordning|balk)", re.IGNORECASE)

SectionKey = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a statute. `number` is the SFS number, empty where the text leaves it open.

    `last` is the end of a range of sections ("1–3 §§"), or of chapters where there is no section. `assumed`: several
    acts have borne the name, and the day decided. `name` is what the text calls a statute that the table lacks.
    """

    number: str
    chapter: str = ""
    section: str = ""
    last: str = ""
    detail: str = ""
    name: str = ""
    assumed: bool = False
    start: int = 0
    end: int = 0

    @property
    def address(self) -> str:
        """ "4 kap. 1 §", "1–3 §§", "2 a kap.", or empty for a whole statute."""
        until = f"–{self.last}" if self.last else ""
        if not self.section:
            return f"{self.chapter}{until} kap." if self.chapter else ""
        chapter = f"{self.chapter} kap. " if self.chapter else ""
        return f"{chapter}{self.section}{until} {'§§' if until else '§'}"

    def covers(self, other: Reference) -> bool:
        """Whether the other lies wholly or partly in this one; statutes are not compared."""
        if not self.chapter and not self.section:
            return True
        if not self.section:
            last = self.last or self.chapter
            return bool(other.chapter) and order(self.chapter) <= order(other.chapter) <= order(last)
        if not other.section or self.chapter != other.chapter:
            return False
        return order(self.section) <= order(other.last or other.section) and order(other.section) <= order(
            self.last or self.section
        )


def order(section: str) -> SectionKey:
    """Sections in their order: 7, 7 a, 8."""
    match = _SPACED.match(section)
    return (int(match[1]), (match[2] or "").lower()) if match else (0, section)


def find(text: str, day: dt.date) -> tuple[Reference, ...]:
    """Every reference to a place in a statute, and every statute named with its number, in the order of the text.

    `day` decides between acts of the same name where the text does not.
    """
    return tuple(_Finder(text, day, statute_table()).references())


@dataclass(frozen=True, slots=True)
class _Named:
    """A statute as the text names it."""

    number: str
    name: str
    assumed: bool
    start: int
    end: int
    stands_alone: bool  # tells enough without a section: it has its number


class _Finder:
    def __init__(self, text: str, day: dt.date, table: StatuteTable) -> None:
        self._text, self._day, self._table = text, day, table
        self._statutes = list(self._named())
        inside = [(one.start, one.end) for one in self._statutes]
        self._places = [
            match
            for match in PLACE.finditer(text)
            if not any(start <= match.start() < end for start, end in inside) and not _is_no_place(match)
        ]
        self._ends = [self._end_with_detail(match) for match in self._places]

    def references(self) -> Iterator[Reference]:
        owners = [self._as_said(place, owner) for place, owner in zip(self._places, self._owners(), strict=True)]
        found: list[Reference] = []
        for place, end, owner in zip(self._places, self._ends, owners, strict=True):
            if owner is None and _form(place) in LOOSE_FORMS:
                continue
            found += _references_of(place, end, owner, self._text)
        used = {owner.start for owner in owners if owner is not None}
        found += [
            Reference(one.number, name=one.name, start=one.start, end=one.end)
            for one in self._statutes
            if one.stands_alone and one.start not in used
        ]
        yield from sorted(found, key=lambda one: one.start)

    def _named(self) -> Iterator[_Named]:
        for match in STATUTE.finditer(self._text):
            age = match["age"] and (Age.OLD if match["age"].lower() in _OLD_WORDS else Age.NEW)
            if match["name"]:
                yield self._known(match, age or None)
            elif number := match["number"] or match["bare"]:
                yield _Named(number, "", False, match.start(), match.end(), True)
            else:
                yield _Named("", match["unknown"].lower(), False, match.start(), match.end(), False)

    def _known(self, match: re.Match[str], age: Age | None) -> _Named:
        name = match["name"]
        if said := SFS_NUMBER.search(match["after"] or ""):
            return _Named(said[0], "", False, match.start(), match.end(), True)
        of_year = self._table.of_year(name, match["year"]) if match["year"] else None
        statute = of_year or self._table.named(name, self._day, age)
        assert statute is not None  # the pattern is made of the table's names
        assumed = self._table.is_shared(name) and age is None and of_year is None
        return _Named(statute.number, "", assumed, match.start(), match.end(), age is not None or of_year is not None)

    def _end_with_detail(self, place: re.Match[str]) -> int:
        detail = DETAIL.match(self._text, place.end()) if _form(place) != "8" else None
        return detail.end() if detail else place.end()

    def _owners(self) -> list[_Named | None]:
        """Whose each place is: the statute right before it, or the one after the last place of its row."""
        owners: list[_Named | None] = [None] * len(self._places)
        taken: set[int] = set()
        for number, place in enumerate(self._places):
            if owners[number] is not None:
                continue
            row = self._row_from(number)
            before = self._before(place.start(), only_space=True, taken=taken)
            owner = before or self._after(self._ends[row[-1]]) or self._before(place.start(), False, taken)
            if owner is not None:
                taken.add(owner.start)
                for index in row:
                    owners[index] = owner
        return owners

    def _as_said(self, place: re.Match[str], owner: _Named | None) -> _Named | None:
        """ "gamla 4 kap. 1 § SoL", "old 16:3 SoL": the word stands before the place, and not beside the name."""
        if owner is None or not owner.assumed or not _OLD_BEFORE.search(self._text, 0, place.start()):
            return owner
        newest = self._table.by_number[owner.number]
        older = self._table.named((newest.abbreviations or newest.names)[0], self._day, Age.OLD)
        return replace(owner, number=older.number if older else owner.number, assumed=False)

    def _row_from(self, number: int) -> list[int]:
        """This place and those that follow it with nothing but "och" or a comma between."""
        row = [number]
        while row[-1] + 1 < len(self._places):
            between = self._text[self._ends[row[-1]] : self._places[row[-1] + 1].start()]
            if not BETWEEN_PLACES.fullmatch(between):
                break
            row.append(row[-1] + 1)
        return row

    def _after(self, end: int) -> _Named | None:
        if _OTHER_ACT.match(self._text, end):
            return None
        glue = TO_THE_STATUTE.match(self._text, end)
        until = glue.end() if glue else end
        owner = next((one for one in self._statutes if end <= one.start <= until), None)
        # "5 kap. 11 §, LVU 3 §": a statute after a comma is of the place that follows it.
        if owner and "," in self._text[end : owner.start] and self._starts_a_place(owner.end):
            return None
        return owner

    def _starts_a_place(self, end: int) -> bool:
        return any(place.start() > end - 1 and not self._text[end : place.start()].strip() for place in self._places)

    def _before(self, start: int, only_space: bool, taken: set[int]) -> _Named | None:
        for one in self._statutes:
            if one.end > start or one.start in taken:
                continue
            between = self._text[one.end : start]
            if between.strip() == "" if only_space else FROM_THE_STATUTE.fullmatch(between):
                return one
        return None


def _form(place: re.Match[str]) -> str:
    for form in _FORMS:
        if place[f"chapter{form}"] if form in ("8",) else place[f"sections{form}"]:
            return form
    raise AssertionError("a form of PLACE without a name")


def _is_no_place(place: re.Match[str]) -> bool:
    """ "14:30" is a time unless a statute stands beside it; "00:15" never is a place."""
    return _form(place) == "6" and place["chapter6"].startswith("0")


def _references_of(place: re.Match[str], end: int, owner: _Named | None, text: str) -> Iterator[Reference]:
    form = _form(place)
    groups = place.groupdict()
    chapter, chapter_last = _range_of(groups.get(f"chapter{form}") or "")
    start, stop = place.start(), end
    if owner is not None:
        start, stop = min(start, owner.start), max(stop, owner.end)
    whole = Reference(
        owner.number if owner else "",
        chapter,
        detail=" ".join(text[place.end() : end].split()),
        name=owner.name if owner else "",
        assumed=owner.assumed if owner else False,
        start=start,
        end=stop,
    )
    if form == "8":
        yield replace(whole, last=chapter_last)
        return
    for item in _ITEM.finditer(groups[f"sections{form}"]):
        section, last = _spaced(item[1]), _spaced(item[2] or "")
        if last and last.isalpha():  # "11 a–b"
            last = f"{section.split()[0]} {last}"
        yield replace(whole, section=section, last="" if last == section else last)


def _range_of(chapter: str) -> tuple[str, str]:
    item = _ITEM.search(chapter)
    return (_spaced(item[1]), _spaced(item[2] or "")) if item else ("", "")


def _spaced(number: str) -> str:
    """ "3A" and "3 a" -> "3 a"."""
    match = _SPACED.match(number.strip())
    if match is None:
        return number.strip().lower()
    return match[1] + (f" {match[2].lower()}" if match[2] else "")
