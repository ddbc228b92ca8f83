"""The table of contacts, and who in it fits a question."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

from ..datatypes import Contact, Place
from ..errors import CorpusError
from .places import Places

_WORD = re.compile(r"[^\W\d_]{4,}")
_PLACE_POINTS, _TOPIC_POINTS, _WORD_POINTS = 3.0, 2.0, 1.5


class CsvContactDirectory:
    """Contacts and places from their tables, read once."""

    def __init__(self, contacts: Path, places: Path) -> None:
        self._places = Places(places)
        try:
            with contacts.open(encoding="utf-8", newline="") as file:
                self._contacts = tuple(
                    _contact(row, number) for number, row in enumerate(csv.DictReader(file), start=2)
                )
        except OSError as error:
            raise CorpusError(str(contacts), "the table of contacts cannot be read") from error

    def place_in(self, text: str) -> Place | None:
        return self._places.find(text)

    def place_named(self, municipality: str | None, county: str | None) -> Place | None:
        return self._places.named(municipality, county)

    def all(self) -> tuple[Contact, ...]:
        return self._contacts

    def find(self, topics: Sequence[str], place: Place | None, text: str) -> tuple[Contact, ...]:
        """Contacts for the topics, those of the place first. One that serves another place never appears."""
        asked = {word.lower()[:6] for word in _WORD.findall(text)}
        scored = [
            (_points(contact, topics, place, asked), number, contact) for number, contact in enumerate(self._contacts)
        ]
        fitting = [item for item in scored if item[0] > 0]
        fitting.sort(key=lambda item: (-item[0], item[1]))
        return tuple(contact for _, _, contact in fitting)


def _points(contact: Contact, topics: Sequence[str], place: Place | None, asked: set[str]) -> float:
    """How well a contact fits; 0 where it does not."""
    points = 0.0
    for rank, topic in enumerate(topics):
        if topic in contact.topics:
            points += _TOPIC_POINTS / (1 + 0.5 * rank)
            break
    own = {word.lower()[:6] for word in _WORD.findall(f"{contact.organisation} {contact.role} {contact.role_en}")}
    points += _WORD_POINTS * len(own & asked) / (1 + 0.1 * len(own))
    if points == 0:
        return 0.0
    if contact.places:
        names = {place.municipality, place.county} - {None} if place else set()
        if not names & set(contact.places):
            # A local office elsewhere helps nobody; an embassy's country is in `places` too, and serves everyone.
            return points * 0.6 if contact.scope == "abroad" else 0.0
        points += _PLACE_POINTS
    return points if contact.phone or contact.email else points * 0.5


def _contact(row: dict[str, str], line: int) -> Contact:
    try:
        return Contact(
            id=row["id"],
            organisation=row["organisation"],
            role=row["role"],
            role_en=row["role_en"],
            scope=row["scope"],
            places=_parts(row["places"]),
            topics=_parts(row["topics"]),
            phone=row["phone"].strip() or None,
            email=row["email"].strip() or None,
            hours=row["hours"].strip() or None,
            url=row["url"].strip() or None,
            source_url=row["source_url"],
            source_date=row["source_date"],
            last_verified=dt.date.fromisoformat(row["last_verified"]) if row["last_verified"] else None,
            note=row["note"],
        )
    except (KeyError, ValueError, AttributeError) as error:
        raise CorpusError(f"contacts.csv line {line}", f"lacks or misspells {error}") from error


def _parts(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(";") if part.strip())
