"""One request at a time to a host, with a pause after it, and none before the time that the host asked for."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol


class Timer(Protocol):
    """Time that passes, as a part that can be exchanged: tests do not wait."""

    def now(self) -> float: ...

    async def sleep(self, seconds: float) -> None: ...


class SystemTimer:
    def now(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Pace:
    def __init__(self, pause_s: float, timer: Timer) -> None:
        self._pause_s, self._timer = pause_s, timer
        self._pauses: dict[str, float] = {}
        self._free_at: dict[str, float] = {}
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Waits for the host's turn; the pause begins when the request is over."""
        async with self._turns[host]:
            if (wait := self.wait_for(host)) > 0:
                await self._timer.sleep(wait)
            try:
                yield
            finally:
                self.hold(host, self._pauses.get(host, self._pause_s))

    def wait_for(self, host: str) -> float:
        """Seconds until the host may be asked again."""
        return max(0.0, self._free_at.get(host, 0.0) - self._timer.now())

    def hold(self, host: str, seconds: float) -> None:
        """No request to the host before that; a longer hold stays."""
        self._free_at[host] = max(self._free_at.get(host, 0.0), self._timer.now() + seconds)

    def slow_down(self, host: str, pause_s: float) -> None:
        """The host wishes a longer pause, from its latest reply on."""
        self._pauses[host] = max(self._pause_s, pause_s)
        self.hold(host, self._pauses[host])
