"""How many turns run at once, who is next, and when a turn is given up.

Rasa's own queue is unfair: at 50 clients some waited 12 to 19 s while others passed them (docs/adr/0001).
Here the clients take turns: one with many waiting messages does not hold up one with a single message.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from .errors import Busy, DeadlinePassed

WAITING_A_CLIENT = 8
WAITING_IN_ALL = 400


class FairQueue:
    """A limit on turns in flight, with the waiting ones served client by client."""

    def __init__(self, in_flight: int) -> None:
        self._free = in_flight
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._count = 0

    @asynccontextmanager
    async def turn(self, client: str, deadline_s: float) -> AsyncIterator[None]:
        """Holds a place for the block. Raises Busy where too many wait, DeadlinePassed where it takes too long."""
        try:
            async with asyncio.timeout(deadline_s):
                await self._enter(client)
                try:
                    yield
                finally:
                    self._leave()
        except TimeoutError as error:
            raise DeadlinePassed from error

    async def _enter(self, client: str) -> None:
        if self._free > 0 and self._count == 0:
            self._free -= 1
            return
        if len(self._waiting.get(client, ())) >= WAITING_A_CLIENT or self._count >= WAITING_IN_ALL:
            raise Busy
        line = self._waiting.setdefault(client, deque())
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        line.append(place)
        self._count += 1
        try:
            await place
        except asyncio.CancelledError:
            # Given up while waiting; if the place had just been granted, pass it on.
            if place.done() and not place.cancelled():
                self._leave()
            else:
                self._forget(client, place)
            raise

    def _leave(self) -> None:
        while self._waiting:
            client, line = self._waiting.popitem(last=False)
            place = line.popleft()
            self._count -= 1
            if line:
                self._waiting[client] = line  # to the end: the next client is served before this one again
            if not place.done():
                place.set_result(None)
                return
        self._free += 1

    def _forget(self, client: str, place: asyncio.Future[None]) -> None:
        line = self._waiting.get(client)
        if line is not None and place in line:
            line.remove(place)
            self._count -= 1
            if not line:
                del self._waiting[client]
