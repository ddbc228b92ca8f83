"""How often signing in has failed of late, by account and by address: counted for all processes together."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

from sqlalchemy import Engine, delete, func, insert, select

from ..seams import Clock
from .audit import AuditEntry, append, audited_transaction
from .tables_access import sign_in_attempts
from .times import utc

WINDOW = dt.timedelta(minutes=15)
UNKNOWN = "unknown"  # who fails to sign in: nobody is known by that


class SqlSignInAttempts:
    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def take(self, limits: Mapping[str, int]) -> dt.timedelta | None:
        """Counts an attempt for each key, before it is known how it ends: many at once cannot slip by.

        Returns how long to wait where one of them has used up its limit; then nothing is counted.
        """
        now = self._now()
        with audited_transaction(self._engine) as connection:
            connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.at <= now - WINDOW))
            full: list[dt.timedelta] = []
            for key, limit in limits.items():
                found = connection.execute(
                    select(func.count(), func.min(sign_in_attempts.c.at)).where(sign_in_attempts.c.key == _digest(key))
                ).one()
                if found[0] >= limit:
                    full.append(found[1] + WINDOW - now)
            if full:
                return max(full)
            connection.execute(insert(sign_in_attempts), [{"key": _digest(key), "at": now} for key in limits])
        return None

    def forgive(self, key: str) -> None:
        """Whoever has signed in begins anew."""
        with audited_transaction(self._engine) as connection:
            connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.key == _digest(key)))

    def tell_refused(self, account_id: str, why: str) -> None:
        """Into the audit log, without the name that was typed: it may have been a password."""
        with audited_transaction(self._engine) as connection:
            append(connection, AuditEntry(UNKNOWN, "sign_in_refused", account_id, {"why": why}), self._clock.now())

    def _now(self) -> dt.datetime:
        return utc(self._clock.now())


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
