"""Who is signed in to the console. A token is the browser's alone: the store has its hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Engine, delete, insert, or_, select, update

from ..seams import Clock
from .audit import AuditEntry, append, audited_transaction
from .engine import transaction
from .tables_access import accounts, sessions
from .times import utc

IDLE = dt.timedelta(minutes=30)
ABSOLUTE = dt.timedelta(hours=10)
_SEEN_EVERY = dt.timedelta(minutes=1)  # being seen is a write: not one a request


@dataclass(frozen=True, slots=True)
class Session:
    account_id: str
    name: str
    roles: tuple[str, ...]
    provider_token: str  # sealed


class SqlSessions:
    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def start(self, account_id: str, token: str, provider_token: str = "", instead_of: str = "") -> None:
        """Signs in. The session that the browser had before (`instead_of`) ends, and all whose time is over."""
        now = self._now()
        row = {"token_hash": digest(token), "account_id": account_id, "started_at": now, "seen_at": now}
        over = or_(
            sessions.c.seen_at <= now - IDLE,
            sessions.c.started_at <= now - ABSOLUTE,
            sessions.c.token_hash == digest(instead_of),
        )
        with audited_transaction(self._engine) as connection:
            connection.execute(delete(sessions).where(over))
            connection.execute(insert(sessions).values(row | {"provider_token": provider_token}))
            connection.execute(update(accounts).where(accounts.c.id == account_id).values(signed_in_at=now))
            append(connection, AuditEntry(account_id, "signed_in", account_id), self._clock.now())

    def find(self, token: str) -> Session | None:
        """Who has this token, unless the session is over or the account disabled. Counts as being seen."""
        now, key = self._now(), digest(token)
        query = (
            select(sessions, accounts.c.name, accounts.c.roles)
            .join(accounts, accounts.c.id == sessions.c.account_id)
            .where(
                sessions.c.token_hash == key,
                sessions.c.seen_at > now - IDLE,
                sessions.c.started_at > now - ABSOLUTE,
                accounts.c.active,
            )
        )
        with transaction(self._engine) as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            if now - row.seen_at >= _SEEN_EVERY:
                connection.execute(update(sessions).where(sessions.c.token_hash == key).values(seen_at=now))
        return Session(row.account_id, row.name, tuple(row.roles), row.provider_token)

    def end(self, token: str) -> None:
        """Signs out. Does nothing where nobody has the token."""
        with audited_transaction(self._engine) as connection:
            found = delete(sessions).where(sessions.c.token_hash == digest(token)).returning(sessions.c.account_id)
            account_id = connection.execute(found).scalar_one_or_none()
            if account_id:
                append(connection, AuditEntry(account_id, "signed_out", account_id), self._clock.now())

    def _now(self) -> dt.datetime:
        return utc(self._clock.now())


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
