"""Fetches advisers' answers from knowledge, posts each once, and tells knowledge what became of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Protocol

from ..addresses import Addresses
from ..channels.replies import AdviserReply
from ..errors import BadMessage, TurnRefused, Unavailable, Undeliverable, UnknownAnswer
from ..knowledge_client import KnowledgeClient
from .records import BEGUN, DELIVERED, FAILED, Deliveries

log = logging.getLogger(__name__)
AT_ONCE = 20
POSTED_WITHIN_S = 20.0  # far below the minute for which knowledge lends a delivery


class Recipient(Protocol):
    """The part of a channel (channels/port.py) that is needed here."""

    async def deliver(self, address: dict[str, Any], reply: AdviserReply) -> None: ...


class Courier:
    def __init__(
        self,
        knowledge: KnowledgeClient,
        records: Deliveries,
        addresses: Addresses,
        channels: Mapping[str, Recipient],
        every_s: float,
    ) -> None:
        self._every_s = every_s
        self._knowledge, self._records, self._addresses, self._channels = knowledge, records, addresses, channels

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.round()
            except (TurnRefused, UnknownAnswer):
                log.info("knowledge lends no deliveries now")
            await asyncio.sleep(self._every_s)

    async def round(self) -> None:
        """Everything that waits now. Raises TurnRefused where knowledge or the database can't be used."""
        for delivery in await self._knowledge.claim_deliveries(sorted(self._channels), AT_ONCE):
            await self._carry(delivery)

    async def _carry(self, delivery: dict[str, Any]) -> None:
        delivery_id = str(delivery.get("delivery_id") or "")
        known = await self._records.begin(delivery_id)
        if known is None:
            ended = await self._post(delivery_id, delivery)
            if ended is None:
                return  # it has certainly not arrived: knowledge lends it again
            await self._records.end(delivery_id, *ended)
        else:
            # Begun and never ended: a gateway died over it. Whether it arrived nobody knows; twice would be worse.
            ended = (FAILED, "interrupted") if known[0] == BEGUN else known
        await self._report(delivery_id, *ended)

    async def _post(self, delivery_id: str, delivery: dict[str, Any]) -> tuple[str, str] | None:
        """The outcome and its detail; None where it is to be tried again."""
        address = await self._addresses.find(str(delivery.get("conversation_id")))
        channel = self._channels.get(address.channel) if address else None
        if address is None or channel is None:
            return FAILED, "no_address"
        try:
            async with asyncio.timeout(POSTED_WITHIN_S):
                await channel.deliver(address.values, _reply(delivery_id, delivery))
        except Unavailable:
            await self._records.take_back(delivery_id)
            return None
        except Undeliverable as error:
            return FAILED, error.reason
        except Exception:  # one delivery must not end the courier
            log.exception("delivery %s", delivery_id)
            return FAILED, "interrupted"
        return DELIVERED, ""

    async def _report(self, delivery_id: str, outcome: str, detail: str) -> None:
        try:
            await self._knowledge.end_delivery(delivery_id, outcome, detail)
        except (UnknownAnswer, BadMessage):
            log.warning("knowledge does not know delivery %s any more", delivery_id)


def _reply(delivery_id: str, delivery: dict[str, Any]) -> AdviserReply:
    def text(key: str) -> str:
        return str(delivery.get(key) or "")

    return AdviserReply(delivery_id, text("reference"), text("text"), text("language") or "sv", text("answered_at"))
