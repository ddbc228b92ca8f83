"""robots.txt: obeyed, and where it cannot be had nothing is read."""

from __future__ import annotations

import pytest

from knowledge.source_checks import Outcome

from .conftest import Watch
from .site import Page, html, redirect


def robots(*lines: str) -> Page:
    return Page("\n".join(lines), content_type="text/plain")


@pytest.mark.parametrize("agent", ["*", "Radgivaren", "radgivaren"])
def test_what_robots_txt_disallows_is_not_asked_for(watch: Watch, agent: str) -> None:
    watch.site.pages |= {"/robots.txt": robots(f"User-agent: {agent}", "Disallow: /sida"), "/sida": Page(html("Text."))}
    check = watch.check_one()
    assert (check.outcome, check.reason) == (Outcome.REFUSED, "robots")
    assert watch.site.paths == []


@pytest.mark.parametrize(
    "lines",
    [
        ["User-agent: *", "Disallow: /privat"],
        ["User-agent: *", "Disallow: /", "", "User-agent: Radgivaren", "Allow: /"],
        ["User-agent: *", "Disallow: /*.pdf$"],
        ["User-agent: *", "Disallow: /", "Allow: /sida"],
    ],
)
def test_what_robots_txt_allows_is_read(watch: Watch, lines: list[str]) -> None:
    watch.site.pages |= {"/robots.txt": robots(*lines), "/sida": Page(html("Text."))}
    assert watch.check_one().outcome is Outcome.NEW


@pytest.mark.parametrize("status", [404, 403, 410])
def test_a_site_without_robots_txt_allows_all(watch: Watch, status: int) -> None:
    watch.site.pages |= {"/robots.txt": Page("", status), "/sida": Page(html("Text."))}
    assert watch.check_one().outcome is Outcome.NEW


@pytest.mark.parametrize("status", [500, 503])
def test_a_robots_txt_that_cannot_be_had_forbids_all_for_now(watch: Watch, status: int) -> None:
    watch.site.pages |= {"/robots.txt": Page("", status), "/sida": Page(html("Text."))}
    check = watch.check_one()
    assert check.outcome is Outcome.UNREACHABLE
    assert watch.site.paths == []
    watch.site.pages["/robots.txt"] = robots("User-agent: *", "Disallow:")
    assert watch.check_one().outcome is Outcome.NEW


def test_robots_txt_is_asked_once_a_run_for_a_host(watch: Watch) -> None:
    watch.site.pages |= {f"/{n}": Page(html("Text.")) for n in range(4)}
    watch.sources(*(watch.site.url(f"/{n}") for n in range(4)), watch.site.url("/0", "region.test"))
    watch.check()
    asked = [request.host for request in watch.site.requests if request.path == "/robots.txt"]
    assert sorted(asked) == [f"kommun.test:{watch.site.port}", f"region.test:{watch.site.port}"]


def test_the_target_of_a_redirect_is_asked_for_in_robots_txt_as_well(watch: Watch) -> None:
    watch.site.pages |= {
        "/robots.txt": robots("User-agent: *", "Disallow: /hemlig"),
        "/sida": redirect("/hemlig/sida"),
        "/hemlig/sida": Page(html("Text.")),
    }
    assert watch.check_one().reason == "robots"
    assert watch.site.paths == ["/sida"]


def test_a_robots_txt_behind_a_redirect_counts(watch: Watch) -> None:
    watch.site.pages |= {
        "/robots.txt": redirect("/riktig-robots.txt", 301),
        "/riktig-robots.txt": robots("User-agent: *", "Disallow: /"),
    }
    assert watch.check_one().reason == "robots"


def test_an_endless_robots_txt_is_read_as_far_as_it_has_to_be(watch: Watch) -> None:
    watch.site.pages |= {
        "/robots.txt": robots("User-agent: *", "Disallow: /sida", "# " + "x" * 2_000_000),
        "/sida": Page(html("Text.")),
    }
    assert watch.check_one().reason == "robots"


def test_a_longer_crawl_delay_is_kept(watch: Watch) -> None:
    watch.site.pages |= {f"/{n}": Page(html("Text.")) for n in range(3)}
    watch.site.pages["/robots.txt"] = robots("User-agent: *", "Crawl-delay: 17")
    watch.sources(*(watch.site.url(f"/{n}") for n in range(3)))
    watch.check()
    assert watch.timer.slept == [17.0, 17.0, 17.0]
