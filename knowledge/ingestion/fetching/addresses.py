"""Names to addresses, once for each request, and only to public ones.

The connection is then made to the very address that was checked: a name that is answered differently the second time
(DNS rebinding) leads nowhere.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Protocol

from ...errors import FetchFailed
from ...source_checks import Reason
from .policy import Policy

_NAT64 = IPv6Network("64:ff9b::/96")


class Resolver(Protocol):
    """The addresses of a host, best first. Raises OSError where it has none."""

    async def addresses(self, host: str, port: int) -> Sequence[str]: ...


class SystemResolver:
    async def addresses(self, host: str, port: int) -> Sequence[str]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def checked_addresses(url: str, host: str, port: int, resolver: Resolver, policy: Policy) -> list[str]:
    """Where to connect to. Raises FetchFailed where the name has no address, or one that is not public."""
    try:
        async with asyncio.timeout(policy.connect_s):
            found = await resolver.addresses(host, port)
    except (OSError, UnicodeError) as error:  # TimeoutError is an OSError
        raise FetchFailed(url, Reason.NO_SUCH_NAME, host) from error
    if not found:
        raise FetchFailed(url, Reason.NO_SUCH_NAME, host)
    for address in found:
        # One is enough: a public name has no business pointing inwards.
        if not _may_be_reached(address, policy):
            raise FetchFailed(url, Reason.PRIVATE_ADDRESS, address if host == address else f"{host} → {address}")
    return list(found)


def _may_be_reached(address: str, policy: Policy) -> bool:
    ip = ip_address(address.partition("%")[0])  # fe80::1%eth0
    return is_public(ip) or any(ip in network for network in policy.private)


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Not loopback, private, link-local, multicast, reserved, nor an IPv6 address that stands for such an IPv4 one."""
    if isinstance(ip, IPv6Address):
        inner = _embedded(ip)
        if inner is not None:
            return is_public(inner)
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a gateway or the kernel would make of it."""
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.teredo is not None:
        return ip.teredo[1]
    return ip.ipv4_mapped or ip.sixtofour
