"""What a channel with durable work is to the rest of the gateway (Slack, Teams).

A request is verified, stored by `Incoming.take` and acknowledged at once; the worker calls `work` later, perhaps in
another gateway, perhaps after a restart. `build(gateway)` in the channel's package makes one, or None where the
channel has no settings: its addresses are then 404. `app.CHANNELS` lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from fastapi import APIRouter

from ..bootstrap import Gateway
from ..incoming.progress import Progress
from .replies import AdviserReply


class Channel(Protocol):
    @property
    def name(self) -> str:
        """The same as in `Incoming.take` and in metadata: "slack", "teams"."""
        ...

    @property
    def router(self) -> APIRouter: ...

    async def start(self) -> None:
        """Opens what has to stand open (Socket Mode). Where it raises, it is called again a little later."""
        ...

    async def close(self) -> None: ...

    async def work(self, work: dict[str, Any], progress: Progress) -> None:
        """Does what was taken. It may be called again for the same work: `progress` tells what is done already.

        Unavailable, DeadlinePassed and Busy: called again later, in the order of arrival. Undeliverable: given up,
        since nobody can be told. Any other error is a fault: called a few times more, then given up and told.
        """
        ...

    async def tell_delay(self, work: dict[str, Any]) -> None:
        """Tells the user once that the answer comes later and nothing is lost."""
        ...

    async def tell_failure(self, work: dict[str, Any]) -> None:
        """Tells the user that no answer comes, and what to do."""
        ...

    async def deliver(self, address: dict[str, Any], reply: AdviserReply) -> None:
        """Posts an adviser's answer at an address that the channel gave to `Addresses.keep`.

        Unavailable: it has certainly not arrived, and is tried again. Undeliverable: it never can. Any other error
        leaves open whether it arrived; it is not tried again, so that nobody gets it twice.
        """
        ...


BuildChannel = Callable[[Gateway], Channel | None]
