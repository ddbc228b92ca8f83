"""The audit log: who did what, when. Only ever added to; each row is chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Engine, func, insert, select, update

from .engine import transaction
from .tables_audit import audit_head, audit_log
from .times import utc

_LOCK = 4_517_009  # PostgreSQL's advisory lock of who adds a row


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What is to be told. `action` is a dotted name ("answer.approved"); `subject` is the id of what it is about.

    `detail` is anything JSON can say, and never what an official wrote: the log is never erased.
    """

    actor: str
    action: str
    subject: str
    detail: Mapping[str, object] = field(default_factory=dict)


@contextmanager
def audited_transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction that appends to the audit log: alone among all that do so, in every process, from its beginning.

    What it reads is therefore what it changes.
    """
    with transaction(engine) as connection:
        _hold_the_log(connection)
        yield connection


def append(connection: Connection, entry: AuditEntry, at: datetime) -> None:
    """Adds the entry inside the transaction of the change that it tells of: both are stored, or neither is."""
    _hold_the_log(connection)
    head = connection.execute(select(audit_head.c.n, audit_head.c.hash)).one()
    row = {
        "n": head.n + 1,
        "at": instant(at),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": _canonical(entry.detail),
        "previous": head.hash,
    }
    row["hash"] = chained_hash(row)
    connection.execute(insert(audit_log).values(row))
    connection.execute(update(audit_head).values(n=row["n"], hash=row["hash"]))


def chained_hash(row: Mapping[str, object]) -> str:
    """The hash of a row: of the hash before it and of all that the row says.

    What a damaged file gives is hashed as well: bytes that are no text come in as surrogates, other types as they look.
    """
    said = [row[name] for name in ("previous", "n", "at", "actor", "action", "subject", "detail")]
    return hashlib.sha256(_canonical(said, default=repr).encode("utf-8", "surrogateescape")).hexdigest()


def instant(at: datetime) -> str:
    """A time as the log keeps it: it sorts as text."""
    return f"{utc(at).isoformat(timespec='microseconds')}Z"


def _hold_the_log(connection: Connection) -> None:
    """One writer at a time until the transaction ends. Does nothing where this one already is."""
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    elif not connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
        # The driver would begin at the first write, after the head was read.
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _canonical(value: object, default: Callable[[object], str] | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=default)
