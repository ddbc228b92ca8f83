"""Tables of contacts for tests: in memory, and as they ship."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from knowledge.bootstrap.parts import TERMS
from knowledge.clock import FixedClock
from knowledge.contacts.directory import StoredContactDirectory
from knowledge.contacts.places import Places
from knowledge.contacts.synonyms import Synonyms
from knowledge.datatypes import Contact
from knowledge.fakes import MemoryContacts
from knowledge.settings import PACKAGE

CORPUS = PACKAGE / "corpus"
MakeContact = Callable[..., Contact]
MakeDirectory = Callable[..., StoredContactDirectory]


@pytest.fixture(scope="session")
def places() -> Places:
    return Places(CORPUS / "places.csv", CORPUS / "regions.csv")


@pytest.fixture(scope="session")
def make_contact() -> MakeContact:
    def make(key: str, **named: Any) -> Contact:
        filled: dict[str, Any] = {
            "organisation": "Organisationen",
            "role": "Funktion",
            "role_en": "Function",
            "scope": "national",
            "places": (),
            "topics": ("akuta-larm",),
            "phone": "08-123 45 67",
            "email": None,
            "hours": None,
            "url": None,
            "source_url": "https://kommun.example/kontakt",
            "source_date": "2024",
            "last_verified": None,
            "note": "",
        }
        return Contact(id=key, **(filled | named))

    return make


@pytest.fixture(scope="session")
def make_directory(places: Places) -> MakeDirectory:
    def make(table: MemoryContacts, day: dt.date = dt.date(2026, 11, 23)) -> StoredContactDirectory:
        clock = FixedClock(dt.datetime(day.year, day.month, day.day, 9, tzinfo=dt.UTC))
        return StoredContactDirectory(table, places, Synonyms(TERMS), clock)

    return make
