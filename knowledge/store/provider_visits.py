"""Sign-ins under way at a provider: kept from leaving until coming back, once and for ten minutes."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import Engine, delete, insert

from ..seams import Clock
from .engine import transaction
from .sessions import digest
from .tables_access import provider_visits
from .times import utc

LASTS = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Visit:
    """What the way back is held against, and the page to go to then."""

    state: str
    nonce: str
    code_verifier: str
    next: str


class SqlProviderVisits:
    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def begin(self, token: str, visit: Visit) -> None:
        now = self._now()
        with transaction(self._engine) as connection:
            connection.execute(delete(provider_visits).where(provider_visits.c.started_at <= now - LASTS))
            row = asdict(visit) | {"token_hash": digest(token), "started_at": now}
            connection.execute(insert(provider_visits).values(row))

    def end(self, token: str) -> Visit | None:
        """The visit of this browser, for the first who asks; None where there is none, or it took too long."""
        taken = delete(provider_visits).where(provider_visits.c.token_hash == digest(token)).returning(provider_visits)
        with transaction(self._engine) as connection:
            row = connection.execute(taken).one_or_none()
        if row is None or row.started_at <= self._now() - LASTS:
            return None
        return Visit(row.state, row.nonce, row.code_verifier, row.next)

    def _now(self) -> dt.datetime:
        return utc(self._clock.now())
