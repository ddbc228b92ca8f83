"""Who in the table of contacts fits a question, and who is responsible at its place."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..datatypes import COMMON_NAME, Contact, ContactFinding, Place
from ..seams import Clock, ContactReader
from .entries import Entry, reaches, serves, stems, words
from .kinds import Kind, kind_of, read_kinds
from .places import Places
from .synonyms import Synonyms

ORGANISATION = "organisation"  # the kind of a question for one organisation of the table


class StoredContactDirectory:
    """Reads the table again when its version has changed, so that a correction is in the next answer."""

    def __init__(self, reader: ContactReader, places: Places, synonyms: Synonyms, clock: Clock) -> None:
        self._reader, self._places, self._synonyms, self._clock = reader, places, synonyms, clock
        self._kinds = read_kinds()
        self._lock = threading.Lock()
        self._known: tuple[int, dt.date] | None = None
        self._entries: tuple[Entry, ...] = ()

    def place_in(self, text: str) -> Place | None:
        return self._places.find(text)

    def without_place(self, text: str) -> str:
        """The text less the first place that it names."""
        return self._places.without(text)

    def place_named(self, municipality: str | None, county: str | None) -> Place | None:
        return self._places.named(municipality, county)

    def all(self) -> tuple[Contact, ...]:
        """Every live contact, with what its verification is worth today."""
        return tuple(entry.contact for entry in self._current())

    def find(self, topics: Sequence[str], place: Place | None, text: str) -> tuple[Contact, ...]:
        """Contacts for the topics, those of the place first. One that serves another place never appears."""
        asked = stems(words(text)) - _stems_of(place)
        also = stems(self._synonyms.words(text)) - asked - _stems_of(place)
        scored = [(entry.points(topics, place, asked, also), entry.contact) for entry in self._current()]
        fitting = [item for item in scored if item[0] > 0]
        return tuple(contact for _, contact in sorted(fitting, key=lambda item: -item[0]))

    def look_up(self, topics: Sequence[str], place: Place | None, text: str) -> ContactFinding:
        """What the table knows: the place's own contacts, then who serves the whole country."""
        kind = kind_of(text, self._kinds)
        if kind is None or kind.responsible == "municipality":
            found = self.find(topics, place, text)
            named = self._named(text, place)
            if len(named) == 1:
                own_name = named[0].organisation
                return ContactFinding(tuple(named), ORGANISATION, own_name, reachable=reaches(named[0]))
            if place is None and named and all(contact.scope == "local" for contact in named):
                return ContactFinding(tuple(named), COMMON_NAME)
            if named or kind is None:
                return ContactFinding(_unique(named, found))
        found = self.find([*kind.topics, *topics], place, text)
        national = [contact for contact in self.all() if contact.id in kind.national]
        if place is None:
            return ContactFinding(_unique(national, found), kind.id)
        responsible = self._responsible(kind, place)
        own = [c for c in _unique(found, self.all()) if _is_own(c, kind, place, responsible)]
        reached = [contact for contact in own if reaches(contact)]
        near = [] if reached else [*_near(kind, place, found), *national][:1]
        rest = [contact for contact in found if {*kind.topics, *topics} & set(contact.topics)]
        if not kind.topics and not reached:  # of any matter: whoever at the place the words name
            own, rest = [], [contact for contact in found if serves(contact, place)]
        return ContactFinding(
            contacts=_unique([*reached, *near, *own], rest),
            kind=kind.id,
            responsible=responsible,
            county=place.county,
            reachable=bool(reached),
            instead=next(iter(near), None),
        )

    def _named(self, text: str, place: Place | None) -> list[Contact]:
        """Those whose organisation the text names, and that serve the place. Where it names neither such a one nor a
        place: the local ones that are called so, wherever they are."""
        asked = stems(words(text))
        entries = self._current()
        called = [entry.contact for entry in entries if entry.common & asked]
        named = [entry.contact for entry in entries if entry.named.search(text) or entry.common & asked]
        here = [c for c in named if not c.places or c.scope == "abroad" or (place is not None and serves(c, place))]
        return here or ([] if place else called)

    def _responsible(self, kind: Kind, place: Place) -> str:
        region = self._places.region(place.county)
        names = {
            "region": region.name,
            "county_board": region.county_board,
            "municipality": place.municipality or "",
            "coordinator": "",
        }
        return names[kind.responsible]

    def _current(self) -> tuple[Entry, ...]:
        """As of today: a check that was good yesterday may be overdue."""
        known = self._reader.version(), self._clock.today()
        with self._lock:
            if known != self._known:
                # Read after the version: a change in between is read twice, never missed.
                contacts = self._reader.live()
                dated = [replace(contact, verification=contact.verified_on(known[1])) for contact in contacts]
                self._entries, self._known = tuple(map(Entry.of, dated)), known
            return self._entries


def _is_own(contact: Contact, kind: Kind, place: Place, responsible: str) -> bool:
    """Whether it is the responsible organisation's own: a mission in the town is not its social services."""
    if not serves(contact, place):
        return False
    if kind.responsible == "coordinator":
        return bool(set(kind.topics) & set(contact.topics))
    if kind.responsible == "municipality":
        own_name = re.compile(rf"{re.escape(responsible)}s? (kommun|stad)", re.IGNORECASE)
        return bool(responsible) and own_name.fullmatch(contact.organisation) is not None
    return contact.organisation == responsible


def _near(kind: Kind, place: Place, found: Iterable[Contact]) -> list[Contact]:
    """Other offices that serve the county in this matter and can be reached."""
    return [
        contact
        for contact in found
        if contact.scope == "regional"
        and serves(contact, place)
        and reaches(contact)
        and set(kind.topics) & set(contact.topics)
    ]


def _unique(first: Iterable[Contact], rest: Iterable[Contact]) -> tuple[Contact, ...]:
    return tuple({contact.id: contact for contact in (*first, *rest)}.values())


def _stems_of(place: Place | None) -> frozenset[str]:
    """The place's name says where, not what: "Malmö stad" is not what was asked for because Malmö was named."""
    return stems(words(f"{place.municipality or ''} {place.county}")) if place else frozenset()
