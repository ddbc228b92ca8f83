"""The audit log read: a page of it, all of it, and whether it is whole."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from ..seams import Clock
from .audit import AuditEntry, append, audited_transaction, instant
from .audit_chain import COLUMNS, Chain, Row, Verdict
from .engine import transaction
from .tables_access import accounts
from .tables_audit import audit_head, audit_log

_BATCH = 1000
_COLUMNS = audit_log.c[COLUMNS]


@dataclass(frozen=True, slots=True)
class AuditFilters:
    """An empty value lets everything through. `action` is the whole name or its beginning: "answer" is all of them."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None  # not included


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """`actor_name` is the account's name today; empty for what no account did. A damaged row is listed as well: its
    time may be none, its detail no JSON."""

    n: int
    at: dt.datetime | None
    actor: str
    actor_name: str
    action: str
    subject: str
    detail: str  # JSON, as it was hashed

    def told(self) -> dict[str, Any]:
        """The detail as values."""
        try:
            told = json.loads(self.detail)
        except ValueError:
            told = None
        return told if isinstance(told, dict) else {"?": self.detail}


@dataclass(frozen=True, slots=True)
class LogHead:
    n: int
    hash: str


class SqlAuditLog:
    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def append(self, entry: AuditEntry) -> None:
        """For what happens without a change in the store, such as an export."""
        with audited_transaction(self._engine) as connection:
            append(connection, entry, self._clock.now())

    def head(self) -> LogHead:
        with transaction(self._engine) as connection:
            row = connection.execute(select(audit_head.c.n, audit_head.c.hash)).one()
        return LogHead(row.n, row.hash)

    def entries(self, filters: AuditFilters, limit: int, offset: int = 0) -> tuple[LoggedEntry, ...]:
        """The newest first."""
        wanted = (
            select(*_COLUMNS, accounts.c.name.label("actor_name"))
            .select_from(audit_log.outerjoin(accounts, accounts.c.id == audit_log.c.actor))
            .where(*_conditions(filters))
            .order_by(audit_log.c.n.desc())
        )
        with transaction(self._engine) as connection:
            return tuple(_entry(row) for row in connection.execute(wanted.limit(limit).offset(offset)))

    def count(self, filters: AuditFilters) -> int:
        with transaction(self._engine) as connection:
            counted = select(func.count()).select_from(audit_log).where(*_conditions(filters))
            return connection.execute(counted).scalar_one()

    def actions(self) -> tuple[str, ...]:
        """Every name that stands in the log."""
        with transaction(self._engine) as connection:
            return tuple(
                connection.execute(select(audit_log.c.action).distinct().order_by(audit_log.c.action)).scalars()
            )

    def rows(self, up_to: int) -> Iterator[dict[str, Any]]:
        """Every row as it is stored, oldest first, read batch by batch: no writer waits for whoever reads."""
        last = 0
        wanted = select(*_COLUMNS).where(audit_log.c.n <= up_to).order_by(audit_log.c.n).limit(_BATCH)
        while True:
            with transaction(self._engine) as connection:
                found = connection.execute(wanted.where(audit_log.c.n > last)).mappings().all()
            if not found:
                return
            yield from map(dict, found)
            last = found[-1]["n"]

    def export(self, by: str, to: str) -> Iterator[dict[str, Any]]:
        """All rows; the last one tells of this export. It is noted before the first row leaves."""
        self.append(AuditEntry(by, "audit.exported", "audit", {"to": to}))
        return self.rows(self.head().n)

    def verify(self, expected: Collection[str] = ()) -> Verdict:
        """Reads the whole log in one view of the database: what is appended meanwhile does not disturb."""
        chain = Chain()
        with transaction(self._engine) as connection, _damaged_text_as_it_is(connection):
            connection.exec_driver_sql(_ONE_VIEW[connection.dialect.name])
            head = connection.execute(select(audit_head.c.n, audit_head.c.hash)).mappings().one_or_none()
            try:
                rows = connection.execution_options(yield_per=_BATCH).execute(select(*_COLUMNS).order_by(audit_log.c.n))
                for row in rows.mappings():
                    chain.take(dict(row))
            except SQLAlchemyError:
                chain.unreadable()
        return chain.verdict(dict(head) if head else {"n": None, "hash": None}, expected)


_ONE_VIEW = {"sqlite": "BEGIN", "postgresql": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"}


def verify_rows(rows: Iterable[Row], expected: Collection[str] = ()) -> Verdict:
    """The same for rows that were exported; whether the end was cut off, only an expected hash tells."""
    chain = Chain()
    for row in rows:
        chain.take(row)
    return chain.verdict(None, expected)


@contextmanager
def _damaged_text_as_it_is(connection: Connection) -> Iterator[None]:
    """A byte that makes a text unreadable is a changed row like any other, not an error of the database."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = str


def _conditions(filters: AuditFilters) -> list[ColumnElement[bool]]:
    columns, conditions = audit_log.c, []
    if filters.actor:
        conditions.append(columns.actor == filters.actor)
    if filters.action:
        within = columns.action.startswith(f"{filters.action}.", autoescape=True)
        conditions.append((columns.action == filters.action) | within)
    if filters.subject:
        conditions.append(columns.subject == filters.subject)
    if filters.since is not None:
        conditions.append(columns.at >= instant(filters.since))
    if filters.until is not None:
        conditions.append(columns.at < instant(filters.until))
    return conditions


def _entry(row: Any) -> LoggedEntry:
    try:
        at = dt.datetime.fromisoformat(row.at)
    except ValueError:
        at = None
    return LoggedEntry(row.n, at, row.actor, row.actor_name or "", row.action, row.subject, row.detail)
