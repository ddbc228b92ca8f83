"""The corpus in the store: replaced as one, with the versions that earlier answers rest on kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, event, select

from knowledge.clock import FixedClock
from knowledge.datatypes import Document, Passage, Validity, ValidityStatus
from knowledge.store.documents import SqlDocumentStore
from knowledge.store.tables import passages as passages_table

Versions = set[tuple[str, str, bool]]


@pytest.fixture
def store(engine: Engine, clock: FixedClock) -> SqlDocumentStore:
    return SqlDocumentStore(engine, clock)


@pytest.fixture
def two(make_passage: Callable[..., Passage], make_document: Callable[..., Document]) -> tuple[Document, Document]:
    validity = Validity(ValidityStatus.UNCERTAIN, "Till sommaren.", dt.date(2025, 7, 1), dt.date(2027, 6, 30))
    skola = make_document(make_passage("skola/start", "Börja här."), make_passage("skola/slut", "Sluta här."))
    return skola, make_document(make_passage("vard/akut", "Ring.", phrasings=["hjälp"], validity=validity))


def _versions(engine: Engine) -> Versions:
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(select(passages_table.c["id", "version", "current"]))}


def test_what_is_stored_comes_back_equal_and_in_order(store: SqlDocumentStore, two: tuple[Document, ...]) -> None:
    assert store.documents() == ()
    assert store.replace_corpus(two) is True
    assert store.documents() == two


def test_the_whole_corpus_comes_back_equal(store: SqlDocumentStore, corpus: tuple[Document, ...]) -> None:
    assert store.replace_corpus(corpus) is True
    assert store.documents() == corpus


def test_the_same_corpus_changes_nothing(store: SqlDocumentStore, engine: Engine, two: tuple[Document, ...]) -> None:
    store.replace_corpus(two)
    written: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def see(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("SELECT"):
            written.append(statement)

    assert store.replace_corpus(two) is False
    assert written == []


def test_a_changed_passage_leaves_its_old_version_behind(
    store: SqlDocumentStore, engine: Engine, two: tuple[Document, Document]
) -> None:
    store.replace_corpus(two)
    start, slut = two[0].passages
    changed = replace(two[0], content_hash="h2", passages=(replace(start, text="Ny text.", version="v2"), slut))
    assert store.replace_corpus((changed, two[1])) is True
    assert store.documents() == (changed, two[1])
    assert _versions(engine) == {
        ("skola/start", "v1", False),
        ("skola/start", "v2", True),
        ("skola/slut", "v1", True),
        ("vard/akut", "v1", True),
    }


def test_a_passage_that_changes_back_is_current_again(
    store: SqlDocumentStore, engine: Engine, two: tuple[Document, Document]
) -> None:
    start, slut = two[0].passages
    changed = replace(two[0], content_hash="h2", passages=(replace(start, version="v2"), slut))
    for corpus in (two, (changed, two[1]), two):
        assert store.replace_corpus(corpus) is True
    assert store.documents() == two
    assert ("skola/start", "v2", False) in _versions(engine)


def test_a_document_that_is_taken_out_is_kept_but_no_longer_served(
    store: SqlDocumentStore, engine: Engine, two: tuple[Document, Document]
) -> None:
    store.replace_corpus(two)
    assert store.replace_corpus(two[:1]) is True
    assert store.documents() == two[:1]
    assert ("vard/akut", "v1", False) in _versions(engine)


def test_a_passage_read_anew_from_an_unchanged_file_is_taken(
    store: SqlDocumentStore, two: tuple[Document, Document]
) -> None:
    """A newer reader may make another passage of the same file."""
    store.replace_corpus(two)
    reread = replace(two[1], passages=(replace(two[1].passages[0], text="Ring genast.", version="v2"),))
    assert store.replace_corpus((two[0], reread)) is True
    assert store.documents()[1].passages[0].text == "Ring genast."


def test_a_replacement_cut_short_leaves_the_old_corpus(
    store: SqlDocumentStore, engine: Engine, two: tuple[Document, Document]
) -> None:
    class PowerCutError(Exception):
        pass

    store.replace_corpus(two[:1])

    @event.listens_for(engine, "before_cursor_execute")
    def cut(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO passages"):
            raise PowerCutError

    with pytest.raises(PowerCutError):
        store.replace_corpus(two)
    assert store.documents() == two[:1]


def test_the_time_of_storing_is_utc(engine: Engine, two: tuple[Document, ...]) -> None:
    summer = dt.datetime(2026, 7, 1, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
    SqlDocumentStore(engine, FixedClock(summer)).replace_corpus(two)
    with engine.connect() as connection:
        stored = set(connection.execute(select(passages_table.c.stored_at)).scalars())
    assert stored == {dt.datetime(2026, 7, 1, 10, 0)}
