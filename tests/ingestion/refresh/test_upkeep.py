"""The sources of a corpus over time: what is due, what rests on what is gone, what staff see, and being killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from knowledge.datatypes import Contact, Document, Passage, Source
from knowledge.errors import CorpusError, NotFound, NotPossible, StoreUnavailable
from knowledge.source_checks import Outcome, RestingContact, RestingDocument
from knowledge.store.contacts import SqlContactStore
from knowledge.store.documents import SqlDocumentStore
from knowledge.store.engine import migrate, transaction
from knowledge.store.library import SqlLibraryStore
from knowledge.store.tables import documents, source_checks, source_states

from .conftest import Watch
from .site import Page, html

MakePassage = Callable[..., Passage]
MakeDocument = Callable[..., Document]


def resting(passage: Passage, *addresses: str) -> Passage:
    source = Source("Källan", "", "Kommunen", "2024-05-01", None)
    return replace(passage, sources=tuple(replace(source, url=address) for address in addresses))


# Due


def test_a_source_is_due_when_its_time_has_come(watch: Watch) -> None:
    watch.site.pages |= {"/a": Page(html("Text.")), "/b": Page(html("Text."))}
    watch.sources(watch.site.url("/a"), every=30)
    watch.check()
    watch.sources(watch.site.url("/a"), watch.site.url("/b"), every=30)
    assert [source.title for source in watch.upkeep.due()] == ["Sidan b"]
    watch.clock.days_pass(29.9)
    assert [source.title for source in watch.upkeep.due()] == ["Sidan b"]
    watch.clock.days_pass(0.1)
    assert [source.title for source in watch.upkeep.due()] == ["Sidan a", "Sidan b"]


def test_an_address_that_is_not_watched_is_not_asked_for(watch: Watch) -> None:
    watch.sources(watch.site.url("/a"))
    with pytest.raises(NotFound) as caught:
        watch.upkeep.named([watch.site.url("/b")])
    assert caught.value.key == watch.site.url("/b")


# Documents that rest on a source


def test_a_gone_source_names_the_documents_that_rest_on_it_and_touches_none(
    watch: Watch, make_passage: MakePassage, make_document: MakeDocument
) -> None:
    gone, there = watch.site.url("/borta"), watch.site.url("/finns")
    watch.site.pages["/finns"] = Page(html("Text."))
    migrate(watch.engine)
    trip = make_document(resting(make_passage("hemresa/buss", "Bussen går."), there, gone))
    child = make_document(resting(make_passage("barn/skola", "Skolan tar emot."), there))
    starter, library = SqlDocumentStore(watch.engine, watch.clock), SqlLibraryStore(watch.engine, watch.clock)
    starter.replace_corpus([trip, child])
    # The page itself, taken into the library; its passages there know their page.
    page = make_document(resting(make_passage("sidan/1", "Sidans text."), f"{gone}/#page=1"))
    library.put([page, make_document(resting(make_passage("annan/1", "Annan text."), there))])
    watch.sources(gone, there)
    watch.check()
    (finding,) = watch.upkeep.report().findings
    assert (finding.source.address, finding.check.outcome) == (gone, Outcome.GONE)
    assert finding.documents == (
        RestingDocument("hemresa", "Hemresa", "starter"),
        RestingDocument("sidan", "Sidan", "library"),
    )
    assert [document.id for document in starter.documents()] == ["hemresa", "barn"]
    assert library.count() == (2, 2)
    assert states_of_documents(watch) == {"hemresa": "live", "barn": "live", "sidan": "gone", "annan": "live"}
    # And back: the library's document is as it was.
    watch.site.pages["/borta"] = Page(html("Texten."))
    watch.check(gone)
    assert states_of_documents(watch)["sidan"] == "live"
    assert watch.upkeep.report().findings == ()


def test_a_gone_source_names_the_contacts_that_were_found_on_it(watch: Watch) -> None:
    gone = watch.site.url("/vaxel")
    migrate(watch.engine)
    contact = Contact(
        id="kommunen-vaxel",
        organisation="Kommunen",
        role="Växel",
        role_en="Switchboard",
        scope="local",
        places=(),
        topics=(),
        phone="08-000 00 00",
        email=None,
        hours=None,
        url=gone,
        source_url=gone,
        source_date="2026",
        last_verified=None,
        note="",
    )
    SqlContactStore(watch.engine, watch.clock).save(
        [contact, replace(contact, id="annan", source_url="https://annan.example/")], by="enheten"
    )
    watch.check_one("/vaxel")
    (finding,) = watch.upkeep.report().findings
    assert finding.contacts == (RestingContact("kommunen-vaxel", "Kommunen", "Växel"),)


def states_of_documents(watch: Watch) -> dict[str, str]:
    with transaction(watch.engine) as connection:
        return {row.id: row.state for row in connection.execute(select(documents.c.id, documents.c.state))}


def test_a_changed_source_names_them_too(watch: Watch, make_passage: MakePassage, make_document: MakeDocument) -> None:
    migrate(watch.engine)
    document = make_document(resting(make_passage("hemresa/buss", "Bussen går."), watch.site.url("/sida#avgift")))
    SqlDocumentStore(watch.engine, watch.clock).replace_corpus([document])
    watch.sources(watch.site.url("/sida#avgift"))
    for text in ("Avgiften är 200 kronor.", "Avgiften är 250 kronor."):
        watch.site.pages["/sida"] = Page(html(text))
        watch.check()
    (finding,) = watch.upkeep.report().findings
    assert [document.id for document in finding.documents] == ["hemresa"]
    assert watch.site.paths == ["/sida", "/sida"]


def test_a_source_that_is_no_longer_watched_stays_on_the_report(watch: Watch) -> None:
    watch.check_one("/borta")
    watch.sources(watch.site.url("/annan"))
    (finding,) = watch.upkeep.report().findings
    assert finding.source.title == watch.site.url("/borta")
    assert (watch.upkeep.report().never_checked, watch.upkeep.report().watched) == (1, 1)


def test_the_latest_run_is_counted(watch: Watch) -> None:
    assert (watch.sources(watch.site.url("/a")), watch.upkeep.report().latest) == (None, None)
    watch.site.pages["/a"] = Page(html("Text."))
    watch.sources(watch.site.url("/a"), watch.site.url("/b"))
    watch.check()
    latest = watch.upkeep.report().latest
    assert latest is not None
    assert latest.outcomes == {Outcome.NEW: 1, Outcome.GONE: 1}
    assert [check.outcome for check in watch.upkeep.store.checks_of(latest.run)] == [Outcome.NEW, Outcome.GONE]


# Cut short

RUN = """
import sys
from ipaddress import ip_network
from pathlib import Path
from knowledge.clock import SystemClock
from knowledge.fakes import FixedResolver, InstantTimer
from knowledge.ingestion.fetching.policy import Policy
from knowledge.ingestion.refresh.page_text import IsolatedPageTexts
from knowledge.ingestion.refresh.sources import hosts_of, read_sources
from knowledge.source_upkeep import SourceUpkeep
from knowledge.store.document_catalogue import SqlDocumentCatalogue
from knowledge.store.engine import open_engine
from knowledge.store.source_checks import SqlSourceStore

database, file, port = sys.argv[1:]
engine, clock, sources = open_engine(database), SystemClock(), read_sources(Path(file))
hosts = hosts_of(sources)
upkeep = SourceUpkeep(
    sources=sources,
    store=SqlSourceStore(engine, clock),
    documents=SqlDocumentCatalogue(engine, clock),
    policy=Policy(hosts, ports=frozenset({int(port)}), private=(ip_network("127.0.0.1/32"),)),
    resolver=FixedResolver(**{host: ["127.0.0.1"] for host in hosts}),
    timer=InstantTimer(),
    texts=IsolatedPageTexts(),
    clock=clock,
    lock=Path(file).with_name("lock"),
)
upkeep.check(upkeep.due(), [].append)
"""


def test_a_killed_run_has_lost_nothing_and_the_next_one_goes_on(watch: Watch) -> None:
    hosts = [f"h{n}.test" for n in range(6)]
    addresses = [watch.site.url(f"/{n}", host) for host in hosts for n in range(10)]
    watch.site.pages |= {f"/{n}": Page(html(f"Text {n}.")) for n in range(10)}
    watch.sources(*addresses)
    migrate(watch.engine)
    file = watch.settings.corpus / "sources.yml"
    command = [sys.executable, "-c", RUN, watch.settings.database_url, str(file), str(watch.site.port)]
    for more in (3, 8, 14):  # requests until the plug is pulled
        before = len(watch.site.requests)
        process = subprocess.Popen(command)
        until = time.monotonic() + 60
        while len(watch.site.requests) < before + more and time.monotonic() < until:
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert checked(watch) == known(watch)
        assert 0 <= len(known(watch)) < len(addresses)
    subprocess.run(command, check=True, timeout=60)
    assert checked(watch) == known(watch) == Counter(addresses)


def checked(watch: Watch) -> Counter[str]:
    with transaction(watch.engine) as connection:
        return Counter(connection.execute(select(source_checks.c.address)).scalars())


def known(watch: Watch) -> Counter[str]:
    with transaction(watch.engine) as connection:
        return Counter(connection.execute(select(source_states.c.address)).scalars())


def test_a_store_that_is_gone_ends_the_run_with_its_error(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(html("Text."))
    watch.sources(watch.site.url("/sida"), watch.site.url("/sida", "region.test"))
    upkeep = watch.upkeep
    with transaction(watch.engine) as connection:
        source_checks.drop(connection)
    with pytest.raises(StoreUnavailable):
        upkeep.check(upkeep.sources, [].append)


def test_a_second_run_at_the_same_time_is_not_begun(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(html("Text."))
    watch.sources(watch.site.url("/sida"))
    upkeep = watch.upkeep
    refused: list[str] = []

    def begin_another(_: object) -> None:
        with pytest.raises(NotPossible) as caught:
            upkeep.check(upkeep.sources, [].append)
        refused.append(caught.value.code)

    upkeep.check(upkeep.sources, begin_another)
    assert refused == ["refresh_running"]
    assert watch.site.paths == ["/sida"]
    upkeep.check(upkeep.sources, [].append)


# sources.yml


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("every: [", "YAML does not parse"),
        ("every: {seldom: 30}", "lacks or misspells 'hosts'"),
        ("{every: {seldom: 30}, hosts: [{host: a.test, every: often, sources: [{url: 'http://a.test/'}]}]}", "'often'"),
        (
            "{every: {x: 1}, hosts: [{host: a.test, every: x, sources: [{url: 'http://b.test/'}]}]}",
            "under the host a.test",
        ),
    ],
)
def test_a_file_of_sources_with_a_mistake_says_which(watch: Watch, content: str, said: str) -> None:
    file = watch.settings.corpus / "sources.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        watch.upkeep.due()
    assert str(file) in str(caught.value) and said in str(caught.value)


def test_a_source_named_twice(watch: Watch) -> None:
    watch.sources(watch.site.url("/a"), watch.site.url("/a"))
    with pytest.raises(CorpusError, match="names twice"):
        watch.upkeep.due()
