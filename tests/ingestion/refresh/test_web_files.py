"""`ingest` of addresses: each becomes a document of its address, or is refused with what to do."""

from __future__ import annotations

import datetime as dt

import pytest

from knowledge.cli.refresh_texts import NAMED
from knowledge.datatypes import Document
from knowledge.errors import CorpusError
from knowledge.ingestion.library import Counts, Ingestion
from knowledge.ingestion.reading import read
from knowledge.ingestion.web_files import policy_for_named_addresses, web_files
from knowledge.source_checks import Reason

from .conftest import Watch
from .site import Page, redirect

PAGE = """<!doctype html><html><head><title>Hemresa</title></head><body><nav>Meny</nav><main><h1>Hemresa</h1>
<p>Kommunen kan betala en bussbiljett hem för den som saknar uppehållsrätt och inte har egna medel.</p></main></body>
</html>"""


def take_in(watch: Watch, *addresses: str, known: dict[str, str] | None = None) -> tuple[Counts, list[Document], list]:
    documents: list[Document] = []
    errors: list[CorpusError | None] = []
    watch.allow(hosts=None)
    files = web_files(addresses, watch.policy, watch.resolver, watch.timer, dt.date(2026, 11, 23))
    counts = Ingestion(known or {}, documents.extend, errors.append, read).run(files)
    return counts, documents, [(error.where, error.code) for error in errors if error]


def test_a_page_becomes_a_document_of_its_address(watch: Watch) -> None:
    watch.site.pages["/hemresa"] = Page(PAGE)
    address = watch.site.url("/hemresa", "annan.test")
    counts, (document,), errors = take_in(watch, f"{address}#rubrik")
    assert (counts.taken, errors) == (1, [])
    assert document.origin == address
    (source,) = {source for passage in document.passages for source in passage.sources}
    assert (source.url, source.title) == (address, "Hemresa")
    assert "bussbiljett hem" in document.passages[-1].text
    again, _, _ = take_in(watch, address, known={document.content_hash: document.id})
    assert (again.unchanged, again.taken) == (1, 0)


def test_a_page_that_moved_for_good_counts_as_where_it_is(watch: Watch) -> None:
    watch.site.pages |= {"/ny": Page(PAGE), "/gammal": redirect("/ny", 301), "/i-dag": redirect("/ny", 302)}
    _, (moved,), _ = take_in(watch, watch.site.url("/gammal"))
    _, (passing,), _ = take_in(watch, watch.site.url("/i-dag"))
    assert (moved.origin, passing.origin) == (watch.site.url("/ny"), watch.site.url("/i-dag"))


def test_one_that_fails_does_not_stop_the_others(watch: Watch) -> None:
    watch.site.pages |= {
        "/robots.txt": Page("User-agent: *\nDisallow: /hemlig", content_type="text/plain"),
        "/hemlig": Page(PAGE),
        "/hemresa": Page(PAGE),
        "/bild": Page(b"\x89PNG", content_type="image/png"),
        "/tom": Page("<!doctype html><html><body></body></html>"),
    }
    names = ("borta", "hemlig", "bild", "tom", "hemresa")
    counts, documents, errors = take_in(watch, *(watch.site.url(f"/{name}") for name in names))
    assert (counts.came_in, counts.taken, counts.refused, len(documents)) == (5, 1, 4, 1)
    codes = {"borta": "web_not_found", "hemlig": "web_robots", "bild": "web_content_type", "tom": "no_content"}
    assert errors == [(watch.site.url(f"/{name}"), code) for name, code in codes.items()]


def test_a_file_for_download_is_known_by_its_content(watch: Watch) -> None:
    watch.allow(content_types=policy_for_named_addresses("").content_types)
    text = b"Kommunen kan betala en bussbiljett hem.\n"
    watch.site.pages["/villkor.txt"] = Page(text, content_type="application/octet-stream")
    counts, _, errors = take_in(watch, watch.site.url("/villkor.txt"))
    assert (counts.taken, errors) == (1, [])


def test_the_policy_for_named_addresses_reaches_nothing_inside() -> None:
    policy = policy_for_named_addresses("Radgivaren")
    assert (policy.hosts, policy.private, policy.ports, policy.tls) == (None, (), {80, 443}, None)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_text_without_the_list_of_sources_unless_it_is_about_it(reason: Reason) -> None:
    listed = (Reason.MOVED_OUTSIDE, Reason.REDIRECT_OUTSIDE, Reason.HOST_NOT_LISTED)  # any host may be named
    assert reason in listed or "sources.yml" not in NAMED[reason]
