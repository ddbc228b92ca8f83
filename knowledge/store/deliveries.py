"""Advisers' answers on their way: each is brought by one at a time, and counted as delivered once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, or_, select, update

from ..errors import NotFound
from ..handover.datatypes import Delivery, DeliveryState, Way
from ..seams import Clock
from .audit import audited_transaction
from .engine import transaction
from .tables import handovers
from .tables_handovers import handover_replies
from .times import aware, utc

_LEASE = dt.timedelta(seconds=60)  # after that, whoever had it is taken to be gone
_ATTEMPTS = 8
_BETWEEN = dt.timedelta(minutes=2)  # before a failed one is tried again; doubled each time
_REPLIES = handover_replies.c


class SqlDeliveries:
    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def claim(self, channels: Sequence[str], limit: int) -> tuple[Delivery, ...]:
        """Answers for these channels, oldest first, for the caller alone during the lease."""
        return self._claimed(_REPLIES.way == Way.HERE.value, _REPLIES.channel.in_(channels), limit=limit)

    def claim_mail(self, limit: int) -> tuple[Delivery, ...]:
        return self._claimed(_REPLIES.way == Way.EMAIL.value, limit=limit)

    def end(self, n: int, *, delivered: bool, detail: str = "", again: bool = False) -> None:
        """Says how it went; `again`: it is tried some more times before it counts as failed. Raises NotFound.

        What counts as delivered stays so, whoever says something else later.
        """
        now = self._clock.now()
        with audited_transaction(self._engine) as connection:
            row = connection.execute(select(handover_replies).where(_REPLIES.n == n)).one_or_none()
            if row is None:
                raise NotFound("delivery", str(n))
            if row.state == DeliveryState.DELIVERED.value:
                return
            values: dict[str, Any] = {"detail": detail, "ended_at": utc(now), "leased_until": None}
            if delivered:
                values["state"] = DeliveryState.DELIVERED.value
            elif again and row.attempts < _ATTEMPTS:
                values |= {"ended_at": None, "leased_until": utc(now) + _BETWEEN * 2 ** (row.attempts - 1)}
            else:
                values["state"] = DeliveryState.FAILED.value
            connection.execute(update(handover_replies).where(_REPLIES.n == n).values(values))

    def replies(self, conversation_id: str, after: int) -> tuple[Delivery, ...]:
        """The answers of a conversation that its widget has not shown yet."""
        wanted = _wanted().where(
            _REPLIES.conversation_id == conversation_id, _REPLIES.n > after, _REPLIES.way == Way.HERE.value
        )
        with transaction(self._engine) as connection:
            return tuple(_delivery(row) for row in connection.execute(wanted.order_by(_REPLIES.n)))

    def _claimed(self, *which: ColumnElement[bool], limit: int) -> tuple[Delivery, ...]:
        now = utc(self._clock.now())
        free = or_(_REPLIES.leased_until.is_(None), _REPLIES.leased_until <= now)
        wanted = _wanted().where(*which, _REPLIES.state == DeliveryState.WAITING.value, free)
        with transaction(self._engine) as connection:
            if connection.execute(wanted.limit(1)).first() is None:
                return ()  # as nearly always: several ask every few seconds, and none should wait for a writer
        with audited_transaction(self._engine) as connection:  # alone: nobody else claims the same meanwhile
            rows = connection.execute(wanted.order_by(_REPLIES.n).limit(limit)).all()
            taken = {"leased_until": now + _LEASE, "attempts": _REPLIES.attempts + 1}
            connection.execute(update(handover_replies).where(_REPLIES.n.in_([row.n for row in rows])).values(taken))
        return tuple(_delivery(row) for row in rows)


def _wanted() -> Any:
    return select(handover_replies, handovers.c.reference, handovers.c.contact).join(
        handovers, handovers.c.id == _REPLIES.handover_id
    )


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        row.n,
        row.conversation_id,
        row.channel,
        row.reference,
        row.text,
        row.language,
        aware(row.answered_at),
        row.contact if row.way == Way.EMAIL.value else "",
    )
