"""The cards that we posted: Teams wants the whole card again to change a line of it. Sealed, and gone after a month."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import Column, Engine, Float, String, Table, Text, delete, insert, select

from ...database import metadata, transaction
from ...sealing import Seal

KEPT_DAYS = 30

teams_cards = Table(
    "teams_cards",
    metadata,
    Column("card_key", String(64), primary_key=True),
    Column("kept_at", Float, nullable=False),
    Column("sealed", Text, nullable=False),
)


class KeptCard(NamedTuple):
    conversation_key: str
    card: dict[str, Any]


class KeptCards:
    def __init__(self, engine: Engine, seal: Seal, now: Callable[[], float] = time.time) -> None:
        self._engine, self._seal, self._now = engine, seal, now

    async def keep(self, conversation_id: str, activity_id: str, kept: KeptCard) -> None:
        """In place of an earlier one of the same activity. Raises Unavailable."""
        await asyncio.to_thread(self._keep, _key(conversation_id, activity_id), kept)

    def _keep(self, key: str, kept: KeptCard) -> None:
        now, sealed = self._now(), self._seal.close(kept._asdict())
        with transaction(self._engine) as connection:
            connection.execute(delete(teams_cards).where(teams_cards.c.card_key == key))
            connection.execute(insert(teams_cards).values(card_key=key, kept_at=now, sealed=sealed))
            connection.execute(delete(teams_cards).where(teams_cards.c.kept_at < now - KEPT_DAYS * 86_400))

    async def find(self, conversation_id: str, activity_id: str) -> KeptCard | None:
        """None where it is gone, or was sealed with a key that is no more."""
        return await asyncio.to_thread(self._find, _key(conversation_id, activity_id))

    def _find(self, key: str) -> KeptCard | None:
        with transaction(self._engine) as connection:
            row = connection.execute(select(teams_cards).where(teams_cards.c.card_key == key)).one_or_none()
        values = self._seal.open(row.sealed) if row else None
        return KeptCard(**values) if values else None


def _key(conversation_id: str, activity_id: str) -> str:
    return hashlib.sha256(f"{conversation_id} {activity_id}".encode()).hexdigest()
