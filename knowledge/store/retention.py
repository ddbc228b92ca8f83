"""Retention: what is older than its kind is kept is erased, batch by batch, and counted in the audit log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict

from sqlalchemy import Connection, Engine, select

from ..seams import Clock
from ..settings import RetentionDays
from . import erasing
from .audit import AuditEntry, append, audited_transaction
from .engine import transaction
from .tables_audit import audit_log
from .times import utc

RAN = "retention.ran"
_EVERY = dt.timedelta(hours=20)  # less than a day: the next run is not an hour later every time

# By the names of RetentionDays. Conversations first: they take their feedback along.
KINDS: Mapping[str, Callable[[Connection, dt.datetime], int]] = {
    "conversations": erasing.old_conversations,
    "feedback": erasing.old_feedback,
    "handovers": erasing.old_handovers,
    "inbox": erasing.old_inbox,
    "source_checks": erasing.old_source_checks,
}


class SqlRetention:
    def __init__(self, engine: Engine, clock: Clock, days: RetentionDays) -> None:
        self._engine, self._clock = engine, clock
        self.days: Mapping[str, int] = asdict(days)

    def due(self) -> bool:
        """Whether the last run, of whichever process, is most of a day ago."""
        last = self.last_run()
        return last is None or self._clock.now() - last >= _EVERY

    def last_run(self) -> dt.datetime | None:
        latest = select(audit_log.c.at).where(audit_log.c.action == RAN).order_by(audit_log.c.n.desc()).limit(1)
        with transaction(self._engine) as connection:
            at = connection.execute(latest).scalar_one_or_none()
        return dt.datetime.fromisoformat(at) if at else None

    def run(self, by: str) -> dict[str, int]:
        """Erases what is old. Returns how many of each kind.

        Each batch is a transaction, told in the audit log: a run that is cut short has told what it did, and two that
        run at once share the work.
        """
        erased = dict.fromkeys(KINDS, 0)
        for kind, days in self.days.items():
            while days and (count := self._batch(kind, days, by)):
                erased[kind] += count
        with audited_transaction(self._engine) as connection:
            append(connection, AuditEntry(by, RAN, "retention", {"erased": erased}), self._clock.now())
        out_of_the_log(self._engine)
        return erased

    def _batch(self, kind: str, days: int, by: str) -> int:
        before = utc(self._clock.now()) - dt.timedelta(days=days)
        with audited_transaction(self._engine) as connection:
            overwrite_what_is_deleted(connection)
            if count := KINDS[kind](connection, before):
                told = {"kind": kind, "count": count, "older_than_days": days}
                append(connection, AuditEntry(by, "retention.erased", kind, told), self._clock.now())
        return count


def overwrite_what_is_deleted(connection: Connection) -> None:
    """SQLite leaves a deleted row in its file otherwise; PostgreSQL's vacuum does this by itself."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def out_of_the_log(engine: Engine) -> None:
    """SQLite's write-ahead log still holds what was erased. Where somebody reads it, the next run does this."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
