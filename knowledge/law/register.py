"""The register of statutes: from when each applies, until when, and what came in its place.

Most of it is read off the library's own statutes; repeals.tsv and amendments.tsv say what these do not tell yet.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from ..datatypes import Passage, Validity, ValidityStatus
from .references import Reference, find
from .statutes import FOLDER, statute_table

_REPEALED_BY = re.compile(r"Upphävd genom SFS (\d{4}:\d+)")
_IN_PARENTHESES = re.compile(r"\(\d{4}:\d+\)")
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StatuteTime:
    """`repealed` is the first day on which it no longer applies; `ended`: repealed, also where the day is not known."""

    number: str
    title: str = ""
    in_force: dt.date | None = None
    repealed: dt.date | None = None
    ended: bool = False
    successor: str = ""

    def over_on(self, day: dt.date) -> bool:
        return self.ended and (self.repealed is None or self.repealed <= day)


@dataclass(frozen=True, slots=True)
class Amendment:
    """A section that was given another wording."""

    reference: Reference
    since: dt.date
    by: str


Lookup = Callable[[str], StatuteTime | None]


class Register:
    """`lookup` finds a statute in the library by its number. Made anew for each answer: the library changes."""

    def __init__(self, lookup: Lookup = lambda _: None) -> None:
        self._lookup = lookup
        self._told: dict[str, StatuteTime | None] = {}

    def get(self, number: str) -> StatuteTime | None:
        """What is known of a statute; None where nothing is. Each is looked up once."""
        if number in repeals():
            return repeals()[number]
        if number not in self._told:
            self._told[number] = self._lookup(number)
        return self._told[number]

    def over_on(self, number: str, day: dt.date) -> StatuteTime | None:
        """The statute, where it was repealed by that day."""
        found = self.get(number)
        return found if found is not None and found.over_on(day) else None

    def validity_of(self, number: str, told: Validity) -> Validity:
        """A passage's validity, corrected by what the register knows better than the text that was taken in."""
        known = repeals().get(number)
        if known is None:
            return told
        begins = max(filter(None, (told.valid_from, known.in_force)), default=None)
        if known.repealed is None:
            return replace(told, valid_from=begins)
        last = min(filter(None, (told.valid_to, known.repealed - _DAY)))
        note = f"Upphävd från och med {known.repealed}. {told.note}".strip()
        return Validity(ValidityStatus.SUPERSEDED, note, begins, last)


def amended(reference: Reference) -> tuple[Amendment, ...]:
    """The known amendments of what a reference names; none for a whole statute or chapter."""
    if not reference.section:
        return ()
    return tuple(
        one for one in amendments() if one.reference.number == reference.number and reference.covers(one.reference)
    )


def time_of(number: str, passage: Passage) -> StatuteTime:
    """What a statute's passage tells of the statute."""
    validity = passage.validity
    ended = validity.valid_to is not None or validity.status is ValidityStatus.SUPERSEDED
    by = _REPEALED_BY.search(validity.note)
    return StatuteTime(
        number,
        passage.title,
        validity.valid_from,
        validity.valid_to + _DAY if validity.valid_to else None,
        ended,
        by[1] if by else "",
    )


def name_of(number: str, title: str = "") -> str:
    """How an act is called in a text: by its usual short name, or its title."""
    if number in statute_table().by_number or not title:
        return statute_table().short(number)
    return title if _IN_PARENTHESES.search(title) else f"{title} ({number})"


@cache
def repeals() -> dict[str, StatuteTime]:
    """What the library's texts do not tell yet."""
    return {
        row["number"]: StatuteTime(
            row["number"],
            "",
            _date(row["in_force"]),
            _date(row["repealed"]),
            bool(row["repealed"]),
            row["successor"],
        )
        for row in _rows("repeals.tsv")
    }


@cache
def amendments() -> tuple[Amendment, ...]:
    found = []
    for row in _rows("amendments.tsv"):
        since = dt.date.fromisoformat(row["since"])
        (reference,) = find(f"{row['address']} SFS {row['number']}", since)
        found.append(Amendment(reference, since, row["by"]))
    return tuple(found)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
