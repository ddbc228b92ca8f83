"""Contacts to rows of the table and to JSON, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from ..datatypes import Contact
from .tables import LIVE, RETIRED

_LISTS = ("places", "topics")
_DAYS = ("last_verified", "next_check")
# What is worked out and what has a column of another name.
_FIELDS = tuple(field.name for field in fields(Contact) if field.name not in ("verification", "retired"))


def to_row(contact: Contact) -> dict[str, Any]:
    row = {name: getattr(contact, name) for name in _FIELDS}
    return row | {name: list(row[name]) for name in _LISTS} | {"state": RETIRED if contact.retired else LIVE}


def from_row(row: Mapping[str, Any]) -> Contact:
    values: dict[str, Any] = {name: row[name] for name in _FIELDS} | {name: tuple(row[name]) for name in _LISTS}
    return Contact(**values, retired=row["state"] == RETIRED)


def to_json(contact: Contact) -> dict[str, Any]:
    row = to_row(contact)
    return row | {name: row[name] and row[name].isoformat() for name in _DAYS}


def from_json(value: Mapping[str, Any]) -> Contact:
    return from_row({**value, **{name: _day(value[name]) for name in _DAYS}})


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
