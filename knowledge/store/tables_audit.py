"""Tables of the audit log. The triggers that keep it as it is are in migration 0009."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from .tables import metadata

# `hash` is over the hash before (`previous`) and every other column: one changed byte breaks the chain from there on.
# `at` and `detail` are text, as they were hashed: a database's own form of a date or of JSON could differ.
audit_log = Table(
    "audit_log",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "subject", "n"),
    Index(None, "action", "n"),
    Index(None, "actor", "n"),
)

# One row: the last of the log. It shows that rows were taken off the end.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
