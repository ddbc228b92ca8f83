"""What may be fetched, and how much of it. The default lets nothing through that is not public."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network

import httpx

from ...errors import FetchFailed
from ...source_checks import Reason

PRODUCT = "Radgivaren"  # the name that robots.txt knows us by
CONTENT_TYPES = frozenset(("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf"))
_STANDARD_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Policy:
    """`hosts` may be asked, with or without "www."; None means any public host: for an address that a person gave.

    `private` are networks that may be reached although they are not public, `tls` whom to trust instead of the usual
    authorities: both are there for tests and empty in operation.
    """

    hosts: frozenset[str] | None
    user_agent: str = PRODUCT
    ports: frozenset[int] = frozenset(_STANDARD_PORTS.values())
    private: tuple[IPv4Network | IPv6Network, ...] = ()
    tls: ssl.SSLContext | None = None
    content_types: frozenset[str] = CONTENT_TYPES
    max_bytes: int = 20 * 1024 * 1024  # what came, and what it unpacks to
    max_redirects: int = 5
    connect_s: float = 10.0
    read_s: float = 20.0  # of silence
    total_s: float = 90.0  # for one request, however lively
    pause_s: float = 3.0  # between two requests to a host
    longest_wait_s: float = 120.0  # that is waited in a run; what asks for more is left for another day

    def lists(self, host: str) -> bool:
        return self.hosts is None or bool({host, host.removeprefix("www."), f"www.{host}"} & self.hosts)


def user_agent(contact: str) -> str:
    """Says who asks, and how to reach who runs it."""
    return f"{PRODUCT} (+{contact})" if contact else PRODUCT


def checked_url(address: str, policy: Policy) -> httpx.URL:
    """The address without its fragment. Raises FetchFailed where it is none that may be asked."""
    try:
        url = httpx.URL(address).copy_with(fragment=None)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchFailed(address, Reason.BAD_ADDRESS) from error
    if url.scheme not in _STANDARD_PORTS or not url.host or url.userinfo:
        raise FetchFailed(address, Reason.BAD_ADDRESS)
    if port_of(url) not in policy.ports:
        raise FetchFailed(address, Reason.PORT, str(port_of(url)))
    if not policy.lists(host_of(url)):
        raise FetchFailed(address, Reason.HOST_NOT_LISTED, host_of(url))
    return url


def host_of(url: httpx.URL) -> str:
    """As hosts are compared and looked up: "Kommun.se." is "kommun.se"."""
    return url.raw_host.decode("ascii").lower().rstrip(".")


def port_of(url: httpx.URL) -> int:
    return url.port or _STANDARD_PORTS[url.scheme]
