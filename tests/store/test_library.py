"""The library in the store: many documents beside the starter corpus, by the batch and by key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event, text

from knowledge.clock import FixedClock
from knowledge.datatypes import Document, Passage
from knowledge.store.documents import SqlDocumentStore
from knowledge.store.engine import transaction
from knowledge.store.library import LibrarySize, SqlLibraryStore

Make = Callable[..., Document]


@pytest.fixture
def store(engine: Engine, clock: FixedClock) -> SqlLibraryStore:
    return SqlLibraryStore(engine, clock)


@pytest.fixture
def make(make_passage: Callable[..., Passage], make_document: Make) -> Make:
    def document(key: str, *texts: str, content_hash: str = "") -> Document:
        passages = [make_passage(f"{key}/{n}", said, version=f"v{said}") for n, said in enumerate(texts)]
        return make_document(*passages, content_hash=content_hash or "|".join(texts) + key)

    return document


def test_what_is_put_comes_back_by_key(store: SqlLibraryStore, make: Make) -> None:
    one, two = make("b", "ett", "två"), make("a", "tre")
    store.put([one, two])
    assert store.count() == LibrarySize(2, 3)
    assert store.known_documents() == {one.content_hash: one.id, two.content_hash: two.id}
    keys = list(store.keys())
    assert keys == [("a/0", "vtre"), ("b/0", "vett"), ("b/1", "vtvå")]
    assert store.passages_of(keys) == {(p.id, p.version): p for p in (*one.passages, *two.passages)}
    assert store.passages_of([("a/0", "v0"), ("nowhere", "v")]) == {}
    assert store.passages_of([]) == {}


def test_texts_come_in_the_order_of_the_keys(store: SqlLibraryStore, make: Make) -> None:
    store.put([make("b", "ett", "två")])
    assert list(store.texts([("b/1", "vtvå"), ("b/0", "vett")])) == [
        "B\nVad gäller om b/1?\ntvå",
        "B\nVad gäller om b/0?\nett",
    ]


def test_the_same_documents_again_change_nothing(store: SqlLibraryStore, make: Make) -> None:
    batch = [make("a", "ett"), make("b", "två")]
    store.put(batch)
    before = list(store.keys())
    store.put(batch)
    assert (list(store.keys()), store.count()) == (before, LibrarySize(2, 2))


def test_a_changed_document_is_a_new_version_and_the_old_one_stays(store: SqlLibraryStore, make: Make) -> None:
    store.put([make("a", "ett", "två", "tre")])
    store.put([make("a", "ett", "2")])
    assert list(store.keys()) == [("a/0", "vett"), ("a/1", "v2")]
    assert store.count() == LibrarySize(1, 2)
    assert set(store.passages_of([("a/1", "vtvå"), ("a/2", "vtre")])) == {("a/1", "vtvå"), ("a/2", "vtre")}
    store.put([make("a", "ett", "två", "tre")])
    assert list(store.keys()) == [("a/0", "vett"), ("a/1", "vtvå"), ("a/2", "vtre")]


def test_the_two_corpora_leave_each_other_alone(
    store: SqlLibraryStore, engine: Engine, clock: FixedClock, make: Make
) -> None:
    starter = SqlDocumentStore(engine, clock)
    corpus = (make("skola", "start"),)
    starter.replace_corpus(corpus)
    store.put([make("a", "ett")])
    assert starter.documents() == corpus
    assert starter.replace_corpus(corpus) is False
    assert starter.replace_corpus((make("skola", "annat"),)) is True
    assert store.count() == LibrarySize(1, 1)
    assert list(store.keys()) == [("a/0", "vett")]


def test_a_batch_cut_short_leaves_nothing_of_itself(store: SqlLibraryStore, engine: Engine, make: Make) -> None:
    class PowerCutError(Exception):
        pass

    store.put([make("a", "ett")])

    def cut(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO passages"):
            raise PowerCutError

    event.listen(engine, "before_cursor_execute", cut)
    with pytest.raises(PowerCutError):
        store.put([make("a", "annat"), make("b", "två")])
    event.remove(engine, "before_cursor_execute", cut)
    assert (list(store.keys()), store.count()) == ([("a/0", "vett")], LibrarySize(1, 1))


def test_keys_and_texts_come_by_the_page(store: SqlLibraryStore, make: Make) -> None:
    store.put([make("a", "ett", "två", "tre"), make("b", "fyra", "fem")])
    keys = list(store.keys(at_once=2))
    assert [key for key, _ in keys] == ["a/0", "a/1", "a/2", "b/0", "b/1"]
    assert len(list(store.texts(keys, at_once=2))) == 5


def test_a_passage_is_fetched_by_an_index(store: SqlLibraryStore, engine: Engine) -> None:
    with transaction(engine) as connection:
        plan = connection.execute(text("EXPLAIN QUERY PLAN SELECT text FROM passages WHERE id IN ('a', 'b')")).all()
    assert "USING INDEX" in str(plan)


def test_text_and_heading_are_stored_once(store: SqlLibraryStore, engine: Engine, make: Make) -> None:
    store.put([make("a", "ett")])
    with transaction(engine) as connection:
        (content,) = connection.execute(text("SELECT content FROM passages")).scalars()
    assert '"title":' in content and '"text":' not in content and '"heading":' not in content
