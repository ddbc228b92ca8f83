"""What came in, in the database: taken once, leased to one gateway at a time, erased when done."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, and_, delete, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from ..database import transaction
from ..errors import LeaseLost
from ..sealing import Seal
from .tables import DONE, GIVEN_UP, WAITING, incoming

log = logging.getLogger(__name__)
SEEN_DAYS = 7  # Slack repeats an event within hours, Teams within a day


@dataclass(frozen=True, slots=True)
class Leased:
    """Work that this gateway holds."""

    number: int
    channel: str
    holder: str
    taken_at: float
    tries: int
    faults: int
    told: bool
    work: dict[str, Any] | None  # None: sealed with a key that is no more
    progress: dict[str, Any]


class Incoming:
    def __init__(self, engine: Engine, seal: Seal, lease_s: float, now: Callable[[], float] = time.time) -> None:
        self._engine, self._seal, self._lease_s, self._now = engine, seal, lease_s, now
        self.arrived = asyncio.Event()  # wakes this gateway's worker; the others look every second

    async def take(self, channel: str, event_id: str, work: dict[str, Any], line: str = "") -> bool:
        """Keeps the work, durable with the return. False where the event was seen before, by any gateway.

        Work of one `line` (a conversation) is done one at a time, in the order of arrival. Raises Unavailable.
        """
        taken = await asyncio.to_thread(self._take, channel, event_id, work, line)
        if taken:
            self.arrived.set()
        return taken

    def _take(self, channel: str, event_id: str, work: dict[str, Any], line: str) -> bool:
        now = self._now()
        row = {
            "channel": channel,
            "event_key": _digest(event_id),
            "line": _digest(f"{channel} {line}") if line else "",
            "state": WAITING,
            "taken_at": now,
            "due_at": now,
            "holder": "",
            "leased_until": 0.0,
            "tries": 0,
            "faults": 0,
            "told": False,
            "sealed_work": self._seal.close(work),
        }
        with transaction(self._engine) as connection:
            try:
                with connection.begin_nested():
                    connection.execute(insert(incoming).values(row))
            except IntegrityError:
                return False
        return True

    async def claim(self, at_most: int) -> list[Leased]:
        """Leases what is due, the oldest first; of a line, only the first that is not done."""
        return await asyncio.to_thread(self._claim, at_most)

    def _claim(self, at_most: int) -> list[Leased]:
        now, holder = self._now(), secrets.token_hex(8)
        earlier = incoming.alias()
        blocked = exists().where(
            earlier.c.line == incoming.c.line,
            earlier.c.line != "",
            earlier.c.state == WAITING,
            earlier.c.number < incoming.c.number,
        )
        due = and_(incoming.c.state == WAITING, incoming.c.due_at <= now, incoming.c.leased_until <= now)
        chosen = select(incoming.c.number).where(due, ~blocked).order_by(incoming.c.number).limit(at_most)
        with transaction(self._engine) as connection:
            numbers = list(connection.scalars(chosen))
            # `due` once more: on PostgreSQL another gateway may have been faster since the select.
            connection.execute(
                update(incoming)
                .where(incoming.c.number.in_(numbers), due)
                .values(holder=holder, leased_until=now + self._lease_s, tries=incoming.c.tries + 1)
            )
            rows = connection.execute(
                select(incoming).where(incoming.c.holder == holder).order_by(incoming.c.number)
            ).all()
        return [self._leased(row) for row in rows]

    def _leased(self, row: Any) -> Leased:
        return Leased(
            row.number,
            row.channel,
            row.holder,
            row.taken_at,
            row.tries,
            row.faults,
            row.told,
            self._seal.open(row.sealed_work),
            (row.sealed_progress and self._seal.open(row.sealed_progress)) or {},
        )

    async def renew(self, leased: Leased) -> None:
        """Raises LeaseLost."""
        await asyncio.to_thread(self._change, leased, leased_until=self._now() + self._lease_s)

    async def keep_progress(self, leased: Leased, progress: dict[str, Any]) -> None:
        """Raises LeaseLost."""
        sealed = self._seal.close(progress)
        await asyncio.to_thread(self._change, leased, sealed_progress=sealed, leased_until=self._now() + self._lease_s)

    async def mark_told(self, leased: Leased) -> None:
        await asyncio.to_thread(self._change, leased, told=True)

    async def put_back(self, leased: Leased, wait_s: float, fault: bool = False) -> None:
        """Waits again; `fault` where the work itself seems to be wrong."""
        values = {"due_at": self._now() + wait_s, "leased_until": 0.0, "holder": ""}
        await asyncio.to_thread(self._change, leased, faults=leased.faults + int(fault), **values)

    async def finish(self, leased: Leased, given_up: bool = False) -> None:
        """Done for good. What was written is erased; that the event was seen stays for SEEN_DAYS."""
        state = GIVEN_UP if given_up else DONE
        await asyncio.to_thread(
            self._change, leased, state=state, sealed_work=None, sealed_progress=None, leased_until=0.0, holder=""
        )

    def _change(self, leased: Leased, **values: Any) -> None:
        held = and_(incoming.c.number == leased.number, incoming.c.holder == leased.holder, incoming.c.state == WAITING)
        with transaction(self._engine) as connection:
            if connection.execute(update(incoming).where(held).values(**values)).rowcount != 1:
                raise LeaseLost

    async def forget(self) -> None:
        """Takes away what was done more than SEEN_DAYS ago."""
        await asyncio.to_thread(self._forget)

    def _forget(self) -> None:
        old = incoming.c.taken_at < self._now() - SEEN_DAYS * 86_400
        with transaction(self._engine) as connection:
            connection.execute(delete(incoming).where(old, incoming.c.state != WAITING))

    async def waiting(self) -> int:
        return await asyncio.to_thread(self._waiting)

    def _waiting(self) -> int:
        with transaction(self._engine) as connection:
            count = select(func.count()).select_from(incoming).where(incoming.c.state == WAITING)
            return connection.execute(count).scalar_one()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
