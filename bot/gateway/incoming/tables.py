"""The table of what came in."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, Table, Text

from ..database import metadata

WAITING, DONE, GIVEN_UP = "waiting", "done", "given_up"

incoming = Table(
    "incoming",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),  # the order of arrival
    Column("channel", String(20), nullable=False),
    Column("event_key", String(64), nullable=False),  # a digest: some channels put names into event ids
    Column("line", String(64), nullable=False),  # what must be done in the order of arrival; empty: on its own
    Column("state", String(10), nullable=False),
    Column("taken_at", Float, nullable=False),
    Column("due_at", Float, nullable=False),
    Column("holder", String(32), nullable=False),
    Column("leased_until", Float, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("faults", Integer, nullable=False),
    Column("told", Boolean, nullable=False),
    Column("sealed_work", Text),  # null once it is done: nothing that anyone wrote stays
    Column("sealed_progress", Text),
    Index("incoming_once", "channel", "event_key", unique=True),
    Index("incoming_due", "state", "due_at"),
    Index("incoming_line", "line", "state", "number"),
    sqlite_autoincrement=True,
)
