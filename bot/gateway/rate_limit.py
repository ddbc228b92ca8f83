"""Turns a minute and client, counted in a moving window (the library `limits`)."""

from __future__ import annotations

import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from .errors import RateLimited

# One address may stand for a whole town hall behind one router: it gets room for many conversations.
_CONVERSATIONS_AN_ADDRESS = 20


class RateLimit:
    def __init__(self, turns_a_minute: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._turns = turns_a_minute

    def check(self, address: str, conversation: str | None) -> None:
        """Counts one turn. Raises RateLimited with the seconds to wait."""
        if self._turns == 0:
            return
        self._count(f"address:{address}", self._turns * _CONVERSATIONS_AN_ADDRESS)
        self._count(f"client:{conversation or address}", self._turns)

    def _count(self, key: str, limit: int) -> None:
        item = RateLimitItemPerMinute(limit)
        if not self._limiter.hit(item, key):
            raise RateLimited(int(self._limiter.get_window_stats(item, key).reset_time - time.time()) + 1)
