"""From a question that names sections to their text: the wording that applied on the day, with the act's own time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..datatypes import Passage, ValidityStatus
from ..seams import SectionFinder
from .references import Reference, find
from .register import Register, StatuteTime, time_of

_AT_MOST = 3  # sections of one question
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its text. `over`: the act was repealed by the day that was asked about."""

    reference: Reference
    passages: tuple[Passage, ...]
    statute: StatuteTime | None
    over: bool


def register_of(finder: SectionFinder) -> Register:
    """The register of the library's statutes, each looked up when it is asked for."""

    def lookup(number: str) -> StatuteTime | None:
        passage = finder.any_of(number)
        return time_of(number, passage) if passage else None

    return Register(lookup)


def sections_named(text: str, day: dt.date, finder: SectionFinder) -> tuple[Section, ...]:
    """The sections that a text names, as far as the library has them."""
    return sections_at((one for one in find(text, day) if one.section), day, finder)


def sections_at(references: Iterator[Reference], day: dt.date, finder: SectionFinder) -> tuple[Section, ...]:
    """These sections. Of a repealed act the last wording; of an act still to come the first."""
    register = register_of(finder)
    found: dict[tuple[str, str], Section] = {}
    for reference in references:
        number = reference.number or _number_named(reference.name, finder)
        if not number:
            continue
        for single in _singles(replace(reference, number=number)):
            section = _section(single, day, finder, register)
            if section is not None:
                found.setdefault((number, section.passages[0].heading), section)
            if len(found) == _AT_MOST:
                return tuple(found.values())
    return tuple(found.values())


def _number_named(name: str, finder: SectionFinder) -> str:
    """ "begravningslagen" by the title "Begravningslag"."""
    return finder.number_named(name.removesuffix("en")) if name else ""


def _singles(reference: Reference) -> Iterator[Reference]:
    """ "1–3 §§" one by one."""
    yield replace(reference, last="")
    first, last = reference.section.split()[0], reference.last.split()
    for number in range(int(first) + 1, int(last[0]) + 1 if last else 0):
        yield replace(reference, section=str(number), last="")
    if len(last) > 1:
        yield replace(reference, section=reference.last, last="")


def _section(reference: Reference, day: dt.date, finder: SectionFinder, register: Register) -> Section | None:
    number = reference.number
    passages = finder.section(number, reference.address)
    if not passages and not reference.chapter:
        anywhere = finder.sections_ending(number, f"{reference.section} §")
        # An act whose sections are numbered on through its chapters: there is but one of that number.
        passages = anywhere if len({address_of(passage) for passage in anywhere}) == 1 else ()
    if not passages:
        return None
    statute = register.get(number)
    over = statute is not None and statute.over_on(day)
    told = [replace(one, validity=register.validity_of(number, one.validity)) for one in passages]
    wording = _wording(told, _day_to_read(day, statute))
    return Section(reference, tuple(wording), statute, over) if wording else None


def _day_to_read(day: dt.date, statute: StatuteTime | None) -> dt.date:
    """The day asked about, moved into the time in which the act applied."""
    if statute is None:
        return day
    if statute.repealed is not None and day >= statute.repealed:
        return statute.repealed - _DAY
    return max(day, statute.in_force or day)


def _wording(passages: list[Passage], day: dt.date) -> list[Passage]:
    """What applied on the day; of a section that was repealed, its last wording."""
    applied = [one for one in passages if one.validity.holds_on(day)]
    if applied:
        return applied
    ended = [one for one in passages if one.validity.valid_to is not None and one.validity.valid_to < day]
    last = max((one.validity.valid_to for one in ended if one.validity.valid_to), default=None)
    return [
        replace(one, validity=replace(one.validity, status=ValidityStatus.SUPERSEDED))
        for one in ended
        if one.validity.valid_to == last
    ]


def address_of(passage: Passage) -> str:
    """ "19 kap. 1 § – Anmälan" -> "19 kap. 1 §"."""
    return passage.heading.partition(" – ")[0]
