"""Redirects: followed a little way, within the hosts that are watched, never in a ring, never inwards."""

from __future__ import annotations

import pytest

from knowledge.source_checks import Outcome

from .conftest import Watch
from .site import Page, html, redirect


def test_a_ring_is_found(watch: Watch) -> None:
    watch.site.pages |= {"/sida": redirect("/b", 301), "/b": redirect("/c"), "/c": redirect("/sida")}
    check = watch.check_one()
    assert (check.outcome, check.reason) == (Outcome.UNREACHABLE, "redirect_loop")
    assert watch.site.paths == ["/sida", "/b", "/c"]


def test_a_page_that_leads_to_itself(watch: Watch) -> None:
    watch.site.pages["/sida"] = redirect("#har")
    assert watch.check_one().reason == "redirect_loop"
    assert watch.site.paths == ["/sida"]


def test_five_redirects_are_followed_and_six_are_not(watch: Watch) -> None:
    watch.site.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(6)}
    watch.site.pages["/6"] = Page(html("Framme."))
    assert watch.check_one("/1").outcome is Outcome.NEW
    check = watch.check_one("/0")
    assert (check.outcome, check.reason) == (Outcome.UNREACHABLE, "too_many_redirects")
    assert watch.site.paths[-6:] == ["/0", "/1", "/2", "/3", "/4", "/5"]


@pytest.mark.parametrize(
    ("status", "outcome", "reason"),
    [(301, Outcome.MOVED, "moved_outside"), (302, Outcome.REFUSED, "redirect_outside")],
)
def test_off_the_list_is_reported_and_not_followed(watch: Watch, status: int, outcome: Outcome, reason: str) -> None:
    target = watch.site.url("/ny", "annan.test")
    watch.site.pages |= {"/sida": redirect(target, status), "/ny": Page(html("Text."))}
    check = watch.check_one()
    assert (check.outcome, check.reason, check.detail) == (outcome, reason, target)
    assert check.needs_person
    assert {request.host for request in watch.site.requests} == {f"kommun.test:{watch.site.port}"}
    assert "annan.test" not in watch.resolver.asked
    assert not watch.check_one().needs_person


def test_another_watched_host_is_followed(watch: Watch) -> None:
    watch.site.pages |= {
        "/sida": redirect(watch.site.url("/ny", "region.test"), 308),
        "/ny": Page(html("Text.")),
    }
    watch.sources(watch.site.url("/sida"))
    (check,) = watch.check()
    assert (check.outcome, check.detail) == (Outcome.MOVED, watch.site.url("/ny", "region.test"))


def test_the_same_host_with_www_is_followed(watch: Watch) -> None:
    watch.site.pages |= {
        "/sida": redirect(watch.site.url("/ny", "www.kommun.test"), 301),
        "/ny": Page(html("Text.")),
    }
    assert watch.check_one().outcome is Outcome.MOVED


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://10.0.0.1/", "redirect_outside"),
        ("ftp://kommun.test/sida", "bad_address"),
        ("file:///etc/passwd", "bad_address"),
        ("http://user:secret@kommun.test/", "bad_address"),
        ("http://kommun.test:22/", "port"),
        ("http://kommun.test:abc/", "bad_reply"),
    ],
)
def test_a_redirect_to_where_nobody_should_go(watch: Watch, target: str, reason: str) -> None:
    watch.allow(ports=watch.policy.ports | {80})
    watch.site.pages["/sida"] = redirect(target)
    assert watch.check_one().reason == reason
    assert watch.site.paths == ["/sida"]


def test_a_redirect_to_a_host_with_a_private_address(watch: Watch) -> None:
    watch.resolver.names["region.test"] = ["192.168.1.10"]
    watch.site.pages["/sida"] = redirect(watch.site.url("/intern", "region.test"))
    check = watch.check_one()
    assert (check.outcome, check.reason) == (Outcome.REFUSED, "private_address")
    assert check.detail == "region.test → 192.168.1.10"
    assert watch.site.paths == ["/sida"]


def test_a_redirect_to_a_private_address_where_any_host_may_be_asked(watch: Watch) -> None:
    watch.allow(hosts=None)
    watch.resolver.names |= {"169.254.169.254": ["169.254.169.254"]}
    watch.site.pages["/sida"] = redirect(f"http://169.254.169.254:{watch.site.port}/latest/meta-data/")
    assert watch.check_one().reason == "private_address"
    assert watch.site.paths == ["/sida"]


def test_a_redirect_without_a_target(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(status=302)
    assert watch.check_one().reason == "bad_reply"
