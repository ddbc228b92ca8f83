"""What waits outside the inbox, counted for the front page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from .engine import transaction
from .tables import handovers

_WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class HandoversWaiting:
    """`since` is when the oldest was asked for, in UTC."""

    count: int
    since: dt.datetime | None


class SqlAttention:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def handovers_waiting(self) -> HandoversWaiting:
        wanted = select(func.count(), func.min(handovers.c.asked_at)).where(handovers.c.state == _WAITING)
        with transaction(self._engine) as connection:
            count, since = connection.execute(wanted).one()
        return HandoversWaiting(count, since)
