"""robots.txt (RFC 9309): asked once a run for each origin, and obeyed.

None there: all is allowed. None to be had (an error of the server, no connection): nothing is.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable

import httpx
from protego import Protego

from ...errors import FetchFailed
from ...source_checks import Reason
from .pace import Pace
from .policy import PRODUCT, host_of
from .request import Reply

LARGEST = 500 * 1024  # RFC 9309: what has to be read at least
_LONGEST_PAUSE_S = 300.0  # a longer Crawl-delay counts as this
_NOT_THERE = range(400, 500)

Get = Callable[[httpx.URL], Awaitable[Reply]]


class Robots:
    """`get` reads a robots.txt, following redirects."""

    def __init__(self, get: Get, pace: Pace) -> None:
        self._get, self._pace = get, pace
        self._rules: dict[str, Protego | FetchFailed] = {}
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def check(self, url: httpx.URL) -> None:
        """Raises FetchFailed where the site does not want the address to be read."""
        origin = str(url.copy_with(raw_path=b"/robots.txt"))
        async with self._turns[origin]:
            if origin not in self._rules:
                self._rules[origin] = await self._read(httpx.URL(origin))
        rules = self._rules[origin]
        if isinstance(rules, FetchFailed):
            reason = rules.reason if Reason(rules.reason) in _OF_THE_HOST else Reason.ROBOTS_UNREACHABLE
            raise FetchFailed(str(url), reason, rules.detail, rules.retry_after)
        if not rules.can_fetch(str(url), PRODUCT):
            raise FetchFailed(str(url), Reason.ROBOTS)

    async def _read(self, url: httpx.URL) -> Protego | FetchFailed:
        try:
            reply = await self._get(url)
        except FetchFailed as error:
            return Protego.parse("") if error.reason in _LEADS_NOWHERE else error
        if reply.status in _NOT_THERE:
            return Protego.parse("")
        if reply.status != 200:
            return FetchFailed(str(url), Reason.ROBOTS_UNREACHABLE, f"HTTP {reply.status}")
        rules = Protego.parse(reply.body.decode("utf-8", "replace").removeprefix("\ufeff"))
        if delay := rules.crawl_delay(PRODUCT):
            self._pace.slow_down(host_of(url), min(delay, _LONGEST_PAUSE_S))
        return rules


# RFC 9309 lets a robots.txt count as missing when redirects do not lead to it. The page then says where the site went.
_LEADS_NOWHERE = frozenset(
    (Reason.MOVED_OUTSIDE, Reason.REDIRECT_OUTSIDE, Reason.REDIRECT_LOOP, Reason.TOO_MANY_REDIRECTS)
)
# What is said of robots.txt then holds for the page as well, and says more.
_OF_THE_HOST = frozenset(
    (
        Reason.NO_SUCH_NAME,
        Reason.NO_CONNECTION,
        Reason.CERTIFICATE,
        Reason.TIMEOUT,
        Reason.BUSY,
        Reason.PRIVATE_ADDRESS,
    )
)
