"""What an answer says of the law's time: which cited sections are repealed, what came instead, how sure that is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from ..datatypes import Citation, Status, ValidityStatus
from ..law.key import NEW_ACT, NEW_ACT_FROM, OLD_ACT, Confidence, Link, paragraph_key
from ..law.lookup import register_of
from ..law.references import Reference, find
from ..law.register import StatuteTime, amended, name_of
from .draft import Draft, Parts
from .spoken_dates import spoken
from .successors import asks_for_successor

_NAMED = 3  # sections; more would hide the answer
_MENTION = re.compile(r"^(?:tidigare|f\.?d\.?|jfr|förslag)\b", re.IGNORECASE)  # said beside what applies
_WITH_CONTENT = (Status.ANSWERED, Status.URGENT)
_WITHOUT_CONTENT = (Status.NO_SUPPORT, Status.OUT_OF_SCOPE)


def law_notice(draft: Draft, parts: Parts) -> str:
    """One text, or nothing where the law of the answer is what it seems."""
    told = _Told(draft, parts)
    if draft.status in _WITHOUT_CONTENT:
        return " ".join(told.repealed())  # what is asked about may be gone
    if draft.status not in _WITH_CONTENT or not draft.citations:
        return ""
    if draft.as_of < NEW_ACT_FROM:
        return " ".join([told.base_of_then(), *told.stood_in()])
    return " ".join([*told.assumed(), *told.repealed(), *told.amended_later()])


def stood_then(draft: Draft, parts: Parts) -> str:
    """Where the rule stood on the day asked about, for an answer that has no source of that day."""
    return " ".join(_Told(draft, parts).stood_in(law for one in draft.not_yet[:1] for law in one.passage.laws))


def asked_about(text: str, day: dt.date) -> Iterator[Reference]:
    """The sections that a question names."""
    for one in find(text, day):
        if not one.section:
            continue
        # Whoever asks what came instead of a section means one of the older act.
        older = one.number == NEW_ACT and asks_for_successor(text)
        yield replace(one, number=OLD_ACT, assumed=False) if older and _is_linked(one) else one


class _Told:
    def __init__(self, draft: Draft, parts: Parts) -> None:
        self._draft, self._parts, self._register = draft, parts, register_of(parts.sections)

    def base_of_then(self) -> str:
        cited = [reference for law in self._laws() for reference in references(law, NEW_ACT_FROM)]
        if any(reference.number in (NEW_ACT, OLD_ACT) for reference in cited):
            return self._say("superseded_law_then")
        return self._say("read_later", day=self._day(self._draft.as_of))

    def stood_in(self, laws: Iterable[str] | None = None) -> list[str]:
        """ "Det som nu står i 19 kap. 1 § SoL (2025:400) stod då närmast i 14 kap. 1 § …"."""
        said: dict[str, str] = {}
        for law in laws if laws is not None else self._laws():
            for reference in references(law, NEW_ACT_FROM):
                links = paragraph_key().predecessors(reference) if reference.section else ()
                if links and len(said) < _NAMED:
                    old = self._grouped(links, lambda link: link.old, OLD_ACT)
                    said.setdefault(reference.address, self._say("stood_in", now=_named(reference), then=old))
        return list(said.values())

    def repealed(self) -> list[str]:
        said: dict[tuple[str, str], str] = {}
        day = self._draft.as_of
        for reference in (*self._rested_on(), *self._asked_about()):
            over = self._register.over_on(reference.number, day) if reference.number else None
            if over is not None and len(said) < _NAMED:
                said.setdefault((reference.number, reference.address), self._replaced(reference, over))
        return list(said.values())

    def assumed(self) -> list[str]:
        """ "SoL" without a year is one of two acts."""
        for reference in self._asked_about():
            if reference.assumed and reference.number == NEW_ACT:
                old = Reference(OLD_ACT, reference.chapter, reference.section, reference.last)
                links = paragraph_key().successors(old)
                instead = self._grouped(links, lambda link: link.new, NEW_ACT) if links else ""
                text = self._say("assumed", act=name_of(NEW_ACT), other=name_of(OLD_ACT))
                return [text, self._say("assumed_other", old=_named(old), new=instead)] if instead else [text]
        return []

    def amended_later(self) -> list[str]:
        """A section whose wording changed after the day that is asked about."""
        day = self._draft.as_of
        said = {}
        for citation in self._draft.citations:
            if citation.passage.validity.valid_to is not None:
                continue
            for law in citation.passage.laws:
                for reference in references(law, NEW_ACT_FROM):
                    for one in amended(reference):
                        if one.since > day:
                            place = _named(one.reference)
                            said[place] = self._say("amended", section=place, day=self._day(one.since), by=one.by)
        return list(said.values())[:_NAMED]

    def _laws(self) -> Iterator[str]:
        return (law for citation in self._draft.citations for law in citation.passage.laws)

    def _rested_on(self) -> Iterator[Reference]:
        for citation in self._draft.citations:
            for law in citation.passage.laws:
                if not _MENTION.match(law) or _is_old(citation):
                    yield from references(law, self._draft.as_of)

    def _asked_about(self) -> Iterator[Reference]:
        return asked_about(self._draft.question.text, self._draft.as_of)

    def _replaced(self, reference: Reference, over: StatuteTime) -> str:
        place = _named(reference, over.title)
        since = " " + self._say("since", day=self._day(over.repealed)) if over.repealed else ""
        links = paragraph_key().successors(reference)
        if links:
            new = self._grouped(links, lambda link: link.new, NEW_ACT)
            return self._say("repealed", section=place, since=since, new=new)
        chapters = paragraph_key().chapters_now(reference) if reference.number == OLD_ACT else ()
        if chapters:
            near = f"{self._joined(chapters)} {name_of(NEW_ACT)}"
            return self._say("repealed_near", section=place, since=since, near=near)
        if over.successor:
            return self._say("repealed_by", section=place, since=since, act=name_of(over.successor))
        return self._say("repealed_only", section=place, since=since)

    def _grouped(self, links: tuple[Link, ...], side: Callable[[Link], Reference], act: str) -> str:
        """ "11 kap. 1 § och 12 kap. 1 § (säker koppling), 12 kap. 3 § (…) SoL (2025:400)"."""
        said = []
        for confidence in Confidence:
            places = tuple(dict.fromkeys(side(link).address for link in links if link.confidence is confidence))
            if places:
                said.append(
                    f"{self._joined(places)} {name_of(act)} ({self._say(f'confidence.{confidence.name.lower()}')})"
                )
        return ", ".join(said)

    def _joined(self, places: tuple[str, ...]) -> str:
        if len(places) == 1:
            return places[0]
        word = self._parts.catalogue(self._draft.language, "join.and")
        return ", ".join(places[:-1]) + f" {word} " + places[-1]

    def _day(self, day: dt.date) -> str:
        return spoken(day, self._parts.catalogue, self._draft.language)

    def _say(self, key: str, **values: object) -> str:
        where = "notice" if key == "superseded_law_then" else "law"
        return self._parts.catalogue(self._draft.language, f"{where}.{key}", **values)


def _named(reference: Reference, title: str = "") -> str:
    return f"{reference.address} {name_of(reference.number, title)}".strip()


def _is_linked(reference: Reference) -> bool:
    return bool(paragraph_key().successors(replace(reference, number=OLD_ACT)))


def _is_old(citation: Citation) -> bool:
    return citation.passage.validity.status is ValidityStatus.SUPERSEDED


@lru_cache(maxsize=4096)  # the laws of the corpus are the same for every question
def references(law: str, day: dt.date) -> tuple[Reference, ...]:
    return find(law, day)
