"""Which advisers' answers have been begun, so that none is posted twice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from sqlalchemy import Column, Engine, Float, String, Table, delete, insert, select, update

from ..database import metadata, transaction

BEGUN, DELIVERED, FAILED = "begun", "delivered", "failed"
KEPT_DAYS = 90

deliveries = Table(
    "deliveries",
    metadata,
    Column("delivery_id", String(80), primary_key=True),
    Column("outcome", String(10), nullable=False),
    Column("detail", String(200), nullable=False),
    Column("changed_at", Float, nullable=False),
)


class Deliveries:
    def __init__(self, engine: Engine, now: Callable[[], float] = time.time) -> None:
        self._engine, self._now = engine, now

    async def begin(self, delivery_id: str) -> tuple[str, str] | None:
        """None: go ahead, it is noted as begun. Otherwise the outcome and detail that it has already."""
        return await asyncio.to_thread(self._begin, delivery_id)

    def _begin(self, delivery_id: str) -> tuple[str, str] | None:
        mine = deliveries.c.delivery_id == delivery_id
        with transaction(self._engine) as connection:
            row = connection.execute(select(deliveries).where(mine)).one_or_none()
            if row is not None:
                return row.outcome, row.detail
            values = {"outcome": BEGUN, "detail": "", "changed_at": self._now()}
            connection.execute(insert(deliveries).values(delivery_id=delivery_id, **values))
            connection.execute(delete(deliveries).where(deliveries.c.changed_at < self._now() - KEPT_DAYS * 86_400))
        return None

    async def end(self, delivery_id: str, outcome: str, detail: str = "") -> None:
        values = {"outcome": outcome, "detail": detail[:200], "changed_at": self._now()}
        await asyncio.to_thread(self._change, delivery_id, values)

    async def take_back(self, delivery_id: str) -> None:
        """It has certainly not arrived: it may be begun again."""
        await asyncio.to_thread(self._change, delivery_id, None)

    def _change(self, delivery_id: str, values: dict[str, object] | None) -> None:
        mine = deliveries.c.delivery_id == delivery_id
        with transaction(self._engine) as connection:
            connection.execute(
                update(deliveries).where(mine).values(**values) if values else delete(deliveries).where(mine)
            )
