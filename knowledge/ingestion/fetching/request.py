"""One GET, in the host's turn, to an address that was checked, within its time. Follows nothing."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from ...errors import FetchFailed
from ...source_checks import Reason
from .addresses import Resolver, checked_addresses
from .body import ACCEPT_ENCODING, read_body
from .pace import Pace
from .policy import Policy, host_of, port_of

_BUSY = frozenset((429, 503))


@dataclass(frozen=True, slots=True)
class Reply:
    """`body` is empty for any status but 200."""

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def content_type(self) -> str:
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()


class Requests:
    """Use as an async context manager: it holds the client."""

    def __init__(self, policy: Policy, resolver: Resolver, pace: Pace) -> None:
        self._policy, self._resolver, self._pace = policy, resolver, pace
        # No proxy of the environment: it would connect to addresses that nobody checked. No connection is kept: the
        # pool knows them by address, and another name at the same address has another certificate.
        self._client = httpx.AsyncClient(
            verify=policy.tls or True,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(policy.read_s, connect=policy.connect_s),
            limits=httpx.Limits(max_keepalive_connections=0),
            # No cookies either: the jar knows hosts by address, and other sites lie at the same address.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={
                "user-agent": policy.user_agent,
                "accept-encoding": ACCEPT_ENCODING,
                "accept-language": "sv, *;q=0.5",  # the same language each time, or every check is a change
            },
        )

    async def __aenter__(self) -> Requests:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def get(self, url: httpx.URL, headers: Mapping[str, str], *, any_type: bool = False, cut: int = 0) -> Reply:
        """The reply; a body longer than `cut` is cut off there, where that is given. Raises FetchFailed.

        A host that is busy and says for how long is asked once more after that time, unless it is too long.
        """
        host = host_of(url)
        for last in (False, True):
            if (wait := self._pace.wait_for(host)) > self._policy.longest_wait_s:
                raise FetchFailed(str(url), Reason.BUSY, retry_after=wait)
            async with self._pace.turn(host):
                reply = await self._in_time(url, headers, any_type, cut)
            if reply.status not in _BUSY:
                return reply
            wait = retry_after(reply.headers, dt.datetime.now(dt.UTC))
            self._pace.hold(host, wait)
            if last or not 0 < wait <= self._policy.longest_wait_s:
                break
        raise FetchFailed(str(url), Reason.BUSY, f"HTTP {reply.status}", wait)

    async def _in_time(self, url: httpx.URL, headers: Mapping[str, str], any_type: bool, cut: int) -> Reply:
        policy, host, port = self._policy, host_of(url), port_of(url)
        addresses = await checked_addresses(str(url), host, port, self._resolver, policy)
        try:
            async with asyncio.timeout(policy.total_s):
                return await self._from_first_that_connects(url, addresses, headers, any_type, cut)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise FetchFailed(str(url), Reason.TIMEOUT) from error
        except httpx.ConnectError as error:
            raise FetchFailed(str(url), Reason.CERTIFICATE if _is_tls(error) else Reason.NO_CONNECTION) from error
        except httpx.HTTPError as error:
            raise FetchFailed(str(url), Reason.BAD_REPLY, type(error).__name__) from error

    async def _from_first_that_connects(
        self, url: httpx.URL, addresses: list[str], headers: Mapping[str, str], any_type: bool, cut: int
    ) -> Reply:
        *others, last = addresses[:3]
        for address in others:
            try:
                return await self._exchange(url, address, headers, any_type, cut)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue  # a host with IPv6 and IPv4 is often reached by one of them alone
        return await self._exchange(url, last, headers, any_type, cut)

    async def _exchange(
        self, url: httpx.URL, address: str, headers: Mapping[str, str], any_type: bool, cut: int
    ) -> Reply:
        request = self._client.build_request(
            "GET",
            url.copy_with(host=address),
            headers={"host": url.netloc.decode("ascii"), **headers},
            # The certificate is checked against the name, not the address.
            extensions={"sni_hostname": host_of(url)},
        )
        reply = await self._client.send(request, stream=True)
        try:
            taken = Reply(reply.status_code, reply.headers, b"")
            if reply.status_code != 200:
                return taken
            if not any_type and taken.content_type not in self._policy.content_types:
                raise FetchFailed(str(url), Reason.CONTENT_TYPE, taken.content_type)
            body = await read_body(reply, str(url), cut or self._policy.max_bytes, cut=bool(cut))
            return Reply(reply.status_code, reply.headers, body)
        finally:
            await reply.aclose()


def retry_after(headers: httpx.Headers, now: dt.datetime) -> float:
    """Seconds that the server asks us to wait; 0 where it does not say. At most 30 days."""
    said = str(headers.get("retry-after", "")).strip()
    if said.isdecimal():
        wait = float(said[:12])
    else:
        try:
            until = parsedate_to_datetime(said)
        except (TypeError, ValueError):
            return 0.0
        wait = (until.replace(tzinfo=until.tzinfo or dt.UTC) - now).total_seconds()
    return min(max(0.0, wait), 30 * 86_400.0)


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
