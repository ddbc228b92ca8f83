"""An address to what stands there: asks robots.txt, follows redirects as far as the policy goes, asks conditionally."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from ...errors import FetchFailed
from ...source_checks import Reason
from .addresses import Resolver
from .pace import Pace, Timer
from .policy import Policy, checked_url
from .request import Reply, Requests
from .robots import LARGEST, Robots

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PERMANENT = frozenset((301, 308))
_GONE, _FORBIDDEN = frozenset((404, 410)), frozenset((401, 403, 407, 451))


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier reply said of itself: the server may then answer "not modified"."""

    url: str
    etag: str = ""
    last_modified: str = ""

    def headers_for(self, url: str) -> dict[str, str]:
        said = {"if-none-match": self.etag, "if-modified-since": self.last_modified}
        return {name: value for name, value in said.items() if value} if url == self.url else {}


@dataclass(frozen=True, slots=True)
class Fetched:
    """`moved` where every redirect on the way was a permanent one. `body` is empty where nothing was modified.

    `content_type` is the whole header, with the charset that it may name.
    """

    url: str
    moved: bool
    modified: bool
    content_type: str
    body: bytes
    etag: str
    last_modified: str


class Fetcher:
    """Use as an async context manager. One for a run: it remembers each host's pace and robots.txt."""

    def __init__(self, policy: Policy, resolver: Resolver, timer: Timer) -> None:
        self._policy = policy
        pace = Pace(policy.pause_s, timer)
        self._requests = Requests(policy, resolver, pace)
        self._robots = Robots(self._robots_txt, pace)

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._requests.__aexit__()

    async def fetch(self, address: str, known: Known | None = None) -> Fetched:
        """Raises FetchFailed that says why there is nothing to be had."""
        known = known or Known("")
        way = Way(checked_url(address, self._policy), self._policy)
        while True:
            url = way.url
            await self._robots.check(url)
            headers = known.headers_for(str(url))
            reply = await self._requests.get(url, headers)
            if reply.status not in _REDIRECTS:
                return _fetched(way, reply, asked_conditionally=bool(headers))
            way.follow(reply)

    async def _robots_txt(self, url: httpx.URL) -> Reply:
        way = Way(url, self._policy)
        while True:
            reply = await self._requests.get(way.url, {}, any_type=True, cut=LARGEST)
            if reply.status not in _REDIRECTS:
                return reply
            way.follow(reply)


class Way:
    """The way from an address through its redirects."""

    def __init__(self, start: httpx.URL, policy: Policy) -> None:
        self.url, self.permanent = start, True
        self._policy, self._seen = policy, {str(start)}

    @property
    def redirected(self) -> bool:
        return len(self._seen) > 1

    def follow(self, reply: Reply) -> None:
        """Goes on to where the reply points. Raises FetchFailed where that may not or cannot be followed."""
        location = reply.headers.get("location", "")
        if not location:
            raise FetchFailed(str(self.url), Reason.BAD_REPLY, f"HTTP {reply.status} without Location")
        self.permanent = self.permanent and reply.status in _PERMANENT
        target = self._checked(location)
        if str(target) in self._seen:
            raise FetchFailed(str(self.url), Reason.REDIRECT_LOOP, str(target))
        if len(self._seen) > self._policy.max_redirects:
            raise FetchFailed(str(self.url), Reason.TOO_MANY_REDIRECTS, str(target))
        self._seen.add(str(target))
        self.url = target

    def _checked(self, location: str) -> httpx.URL:
        try:
            target = self.url.join(location)
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise FetchFailed(str(self.url), Reason.BAD_REPLY, location[:200]) from error
        try:
            return checked_url(str(target), self._policy)
        except FetchFailed as error:
            if error.reason == Reason.HOST_NOT_LISTED:
                reason = Reason.MOVED_OUTSIDE if self.permanent else Reason.REDIRECT_OUTSIDE
                raise FetchFailed(str(self.url), reason, str(target)) from error
            raise


def _fetched(way: Way, reply: Reply, *, asked_conditionally: bool) -> Fetched:
    url, status = str(way.url), reply.status
    if status in _GONE:
        raise FetchFailed(url, Reason.NOT_FOUND, f"HTTP {status}")
    if status in _FORBIDDEN:
        raise FetchFailed(url, Reason.FORBIDDEN, f"HTTP {status}")
    if status >= 500:
        raise FetchFailed(url, Reason.SERVER_ERROR, f"HTTP {status}")
    if status != 200 and not (status == 304 and asked_conditionally):
        raise FetchFailed(url, Reason.BAD_REPLY, f"HTTP {status}")
    return Fetched(
        url=url,
        moved=way.redirected and way.permanent,
        modified=status == 200,
        content_type=reply.headers.get("content-type", ""),
        body=reply.body,
        etag=reply.headers.get("etag", ""),
        last_modified=reply.headers.get("last-modified", ""),
    )
