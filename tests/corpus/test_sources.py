"""sources.yml: every address that the corpus and the contacts rest on is watched, and described as they describe it."""

from __future__ import annotations

import csv

import pytest

from knowledge.datatypes import Document
from knowledge.ingestion.refresh.sources import read_sources
from knowledge.settings import PACKAGE
from knowledge.source_checks import WatchedSource


@pytest.fixture(scope="module")
def sources() -> dict[str, WatchedSource]:
    return {source.address: source for source in read_sources(PACKAGE / "corpus" / "sources.yml")}


def test_every_source_of_the_corpus_is_watched_under_a_publisher_that_is_cited(
    corpus: tuple[Document, ...], sources: dict[str, WatchedSource]
) -> None:
    cited = [source for document in corpus for passage in document.passages for source in passage.sources]
    assert {source.url for source in cited} - set(sources) == set()
    assert len({source.url for source in cited}) > 100
    publishers: dict[str, set[str]] = {}  # some documents add by whose copy they read it
    for source in cited:
        publishers.setdefault(source.url, set()).add(source.publisher)
    assert {url for url, named in publishers.items() if sources[url].publisher not in named} == set()


def test_every_source_names_the_topics_that_rest_on_it(
    corpus: tuple[Document, ...], sources: dict[str, WatchedSource]
) -> None:
    topics = {topic for document in corpus for topic in document.topics}
    assert {topic for source in sources.values() for topic in source.topics} <= topics
    assert [source.address for source in sources.values() if not source.topics] == []
    missing = {
        (source.url, topic)
        for document in corpus
        for passage in document.passages
        for source in passage.sources
        for topic in passage.topics
        if topic not in sources[source.url].topics
    }
    assert missing == set()


def test_every_source_of_a_contact_is_watched(sources: dict[str, WatchedSource]) -> None:
    with (PACKAGE / "corpus" / "contacts.csv").open(encoding="utf-8", newline="") as file:
        cited = {row["source_url"] for row in csv.DictReader(file) if row["source_url"]}
    assert cited - set(sources) == set()


def test_law_is_looked_at_more_often_than_what_never_changes(sources: dict[str, WatchedSource]) -> None:
    every = {source.address: source.every.days for source in sources.values()}
    assert {days for address, days in every.items() if "/SFSdoc/" in address or "/sfs/SFS" in address} <= {30}
    assert {days for address, days in every.items() if "//lagen.nu/prop/" in address} == {365}
    assert every["https://lagen.nu/2013:407"] == 30
