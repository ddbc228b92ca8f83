"""A channel as small as one can be: what the shared parts promise is tested with it, whatever Slack and Teams do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request

from bot.gateway.bootstrap import Gateway
from bot.gateway.channels.replies import AdviserReply
from bot.gateway.dialogue import say
from bot.gateway.incoming.progress import Progress

Post = Callable[[dict[str, Any]], Awaitable[None]]
POSTCARDS = "postcards"


@dataclass
class Outbox:
    """Everything that was posted, in order. `failing` is raised in place of posting."""

    posted: list[dict[str, Any]] = field(default_factory=list)
    failing: Exception | None = None

    async def post(self, card: dict[str, Any]) -> None:
        if self.failing is not None:
            raise self.failing
        self.posted.append(card)

    def texts(self, kind: str) -> list[str]:
        return [card["text"] for card in self.posted if card["kind"] == kind]


class Postcards:
    """POST /channels/postcards/cards {"event_id", "from", "text"}: acknowledged at once, answered by a card."""

    name = POSTCARDS

    def __init__(self, gateway: Gateway, post: Post) -> None:
        self._gateway, self._post = gateway, post
        self.router = APIRouter()
        self.router.add_api_route("/channels/postcards/cards", self._receive, methods=["POST"])

    async def start(self) -> None: ...

    async def close(self) -> None: ...

    async def _receive(self, request: Request) -> dict[str, bool]:
        card = await request.json()
        taken = await self._gateway.incoming.take(POSTCARDS, card["event_id"], card, line=card["from"])
        return {"taken": taken}

    async def work(self, work: dict[str, Any], progress: Progress) -> None:
        key = self._gateway.conversations.keyed(POSTCARDS, work["from"])
        await self._gateway.addresses.keep(key, POSTCARDS, {"to": work["from"]})
        shown = await say(self._gateway, key, work["text"], POSTCARDS, progress=progress)
        for number, one in enumerate(shown):
            if number < progress.get("posted", 0):
                continue
            await self._post({"kind": "answer", "to": work["from"], "text": one.text})
            await progress.keep(posted=number + 1)

    async def tell_delay(self, work: dict[str, Any]) -> None:
        await self._post({"kind": "delay", "to": work["from"], "text": work["text"]})

    async def tell_failure(self, work: dict[str, Any]) -> None:
        await self._post({"kind": "failure", "to": work["from"], "text": work["text"]})

    async def deliver(self, address: dict[str, Any], reply: AdviserReply) -> None:
        await self._post({"kind": "reply", "to": address["to"], "text": reply.text, "reference": reply.reference})


def postcards(post: Post) -> Callable[[Gateway], Postcards]:
    """What `create_app` takes in `channels`."""
    return lambda gateway: Postcards(gateway, post)
