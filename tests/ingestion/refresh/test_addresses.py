"""Where connections may lead: to public addresses, checked once and then used as they were checked."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence
from ipaddress import ip_address, ip_network

import pytest

from knowledge import bootstrap
from knowledge.errors import FetchFailed
from knowledge.fakes import FixedResolver, InstantTimer
from knowledge.ingestion.fetching.addresses import SystemResolver, is_public
from knowledge.ingestion.fetching.fetcher import Fetched, Fetcher
from knowledge.ingestion.fetching.policy import Policy
from knowledge.ingestion.refresh.sources import hosts_of, read_sources
from knowledge.settings import PACKAGE
from knowledge.source_checks import Outcome

from .conftest import Watch
from .site import Page, html

ANY_HOST = Policy(hosts=None, connect_s=2.0)
IPV6_LOOPBACK = ip_network("::1/128")


def fetch(address: str, policy: Policy = ANY_HOST, resolver: FixedResolver | SystemResolver | None = None) -> Fetched:
    async def run() -> Fetched:
        async with Fetcher(policy, resolver or SystemResolver(), InstantTimer()) as fetcher:
            return await fetcher.fetch(address)

    return asyncio.run(run())


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::"),
        "2001:0:4136:e378:8000:63bf:80ff:fffe",  # Teredo for 127.0.0.1
    ],
)
def test_addresses_that_lead_inwards(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["193.10.0.1", "8.8.8.8", "2a00:1450:400f::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "2130706433", "0x7f.1", "127.1"]
)
def test_the_default_policy_never_reaches_loopback_however_it_is_spelled(watch: Watch, host: str) -> None:
    policy = Policy(hosts=None, ports=frozenset({watch.site.port}))
    with pytest.raises(FetchFailed) as caught:
        fetch(f"http://{host}:{watch.site.port}/sida", policy)
    assert caught.value.reason == "private_address"
    assert watch.site.requests == []


def test_the_watched_hosts_are_under_the_default_policy(watch: Watch) -> None:
    watch.sources(watch.site.url("/sida"))
    policy = bootstrap.build_source_upkeep(watch.settings).policy
    assert (policy.private, policy.ports, policy.hosts) == ((), {80, 443}, {"kommun.test"})
    shipped = hosts_of(read_sources(PACKAGE / "corpus" / "sources.yml"))
    assert "svenskforfattningssamling.se" in shipped and not any(host.startswith("127.") for host in shipped)


def test_a_name_that_leads_to_loopback_is_refused(watch: Watch) -> None:
    watch.allow(private=())
    watch.site.pages["/sida"] = Page(html("Text."))
    check = watch.check_one()
    assert (check.outcome, check.reason, check.detail) == (
        Outcome.REFUSED,
        "private_address",
        "kommun.test → 127.0.0.1",
    )
    assert watch.site.requests == []


@pytest.mark.parametrize("others", [["193.10.0.1", "10.0.0.1"], ["2a00:1450:400f::1", "::1"]])
def test_one_private_address_among_public_ones_is_enough(watch: Watch, others: Sequence[str]) -> None:
    watch.resolver.names["kommun.test"] = others
    assert watch.check_one().reason == "private_address"


def test_a_name_that_is_answered_differently_the_second_time_leads_nowhere(watch: Watch) -> None:
    """DNS rebinding: whoever answers knows that the first answer is checked. There is no second one in a request."""

    class Rebinding(FixedResolver):
        async def addresses(self, host: str, port: int) -> Sequence[str]:
            found = await super().addresses(host, port)
            return found if self.asked.count(host) <= 2 else ["127.0.0.2"]

    watch.resolver = Rebinding(**{"kommun.test": ["127.0.0.1"]})
    watch.site.pages["/sida"] = Page(html("Text."))
    assert watch.check_one().outcome is Outcome.NEW
    # One look-up for robots.txt and one for the page: the connection went to what was looked up.
    assert watch.resolver.asked == ["kommun.test", "kommun.test"]
    assert watch.check_one().reason == "private_address"


def test_an_address_that_does_not_answer_leaves_the_next_one(watch: Watch) -> None:
    watch.allow(private=(*watch.policy.private, IPV6_LOOPBACK))
    watch.resolver.names["kommun.test"] = ["::1", "127.0.0.1"]
    watch.site.pages["/sida"] = Page(html("Text."))
    assert watch.check_one().outcome is Outcome.NEW


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://kommun.test/sida", "bad_address"),
        ("file:///etc/passwd", "bad_address"),
        ("kommun.test/sida", "bad_address"),
        ("http://", "bad_address"),
        ("http://user:secret@kommun.test/", "bad_address"),
        ("http://kommun.test:8080/", "port"),
        ("https://kommun.test:22/", "port"),
        ("gopher://kommun.test:70/", "bad_address"),
    ],
)
def test_addresses_that_are_not_asked(address: str, reason: str) -> None:
    resolver = FixedResolver()
    with pytest.raises(FetchFailed) as caught:
        fetch(address, resolver=resolver)
    assert caught.value.reason == reason
    assert resolver.asked == []


def test_a_name_without_an_address_is_tried_again_later(watch: Watch) -> None:
    del watch.resolver.names["kommun.test"]
    check = watch.check_one()
    assert (check.outcome, check.reason) == (Outcome.UNREACHABLE, "no_such_name")
    state = watch.upkeep.store.states()[watch.site.url("/sida")]
    assert state.next_check_at == watch.clock.now() + dt.timedelta(days=1)
