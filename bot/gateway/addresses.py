"""Where an adviser's answer goes, perhaps weeks later: the channel's own address of a conversation, sealed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import Column, Engine, Float, String, Table, Text, delete, insert, select

from .database import metadata, transaction
from .sealing import Seal

KEPT_DAYS = 180

addresses = Table(
    "addresses",
    metadata,
    Column("conversation_key", String(80), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("kept_at", Float, nullable=False),
    Column("sealed", Text, nullable=False),
)


class Address(NamedTuple):
    channel: str
    values: dict[str, Any]


class Addresses:
    def __init__(self, engine: Engine, seal: Seal, now: Callable[[], float] = time.time) -> None:
        self._engine, self._seal, self._now = engine, seal, now

    async def keep(self, conversation_key: str, channel: str, address: dict[str, Any]) -> None:
        """Keeps the address, in place of an earlier one of the conversation. Raises Unavailable."""
        await asyncio.to_thread(self._keep, conversation_key, channel, address)

    def _keep(self, conversation_key: str, channel: str, address: dict[str, Any]) -> None:
        now = self._now()
        row = {"channel": channel, "kept_at": now, "sealed": self._seal.close(address)}
        with transaction(self._engine) as connection:
            connection.execute(delete(addresses).where(addresses.c.conversation_key == conversation_key))
            connection.execute(insert(addresses).values(conversation_key=conversation_key, **row))
            connection.execute(delete(addresses).where(addresses.c.kept_at < now - KEPT_DAYS * 86_400))

    async def find(self, conversation_key: str) -> Address | None:
        """None where there is none, or where it was sealed with a key that is no more."""
        return await asyncio.to_thread(self._find, conversation_key)

    def _find(self, conversation_key: str) -> Address | None:
        with transaction(self._engine) as connection:
            row = connection.execute(
                select(addresses).where(addresses.c.conversation_key == conversation_key)
            ).one_or_none()
        values = self._seal.open(row.sealed) if row else None
        return Address(row.channel, values) if row and values is not None else None
