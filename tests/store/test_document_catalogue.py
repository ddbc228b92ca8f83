"""Documents listed, with their versions, taken out of use and put back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from knowledge.clock import FixedClock
from knowledge.datatypes import Document, Passage, Validity, ValidityStatus
from knowledge.errors import NotFound, NotPossible
from knowledge.store.document_catalogue import DocumentEntry, SqlDocumentCatalogue
from knowledge.store.documents import SqlDocumentStore
from knowledge.store.engine import transaction
from knowledge.store.library import LibrarySize, SqlLibraryStore

Make = Callable[..., Document]


class Calendar:
    """A clock that is set."""

    def __init__(self) -> None:
        self.set(dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC))

    def set(self, now: dt.datetime) -> None:
        self._clock = FixedClock(now)

    def today(self) -> dt.date:
        return self._clock.today()

    def now(self) -> dt.datetime:
        return self._clock.now()


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def store(engine: Engine, calendar: Calendar) -> SqlLibraryStore:
    return SqlLibraryStore(engine, calendar)


@pytest.fixture
def catalogue(engine: Engine, calendar: Calendar) -> SqlDocumentCatalogue:
    return SqlDocumentCatalogue(engine, calendar)


@pytest.fixture
def make(make_passage: Callable[..., Passage], make_document: Make) -> Make:
    def document(key: str, *texts: str, validity: Validity | None = None, origin: str = "") -> Document:
        passages = [
            make_passage(f"{key}/{n}", said, version=f"v{said}", validity=validity) for n, said in enumerate(texts)
        ]
        made = make_document(*passages, content_hash="|".join(texts) + key)
        return replace(made, origin=origin)

    return document


def listed(catalogue: SqlDocumentCatalogue, **asked: str) -> dict[str, str]:
    return {entry.id: entry.state for entry in catalogue.listed(**asked).entries}


def day(number: int) -> dt.datetime:
    return dt.datetime(2026, 3, number, 12, 0, tzinfo=dt.UTC)


def test_an_entry_says_where_it_comes_from_and_what_it_holds(
    store: SqlLibraryStore, catalogue: SqlDocumentCatalogue, make: Make
) -> None:
    store.put([make("a", "ett", "två", origin="mapp/a.md"), make("b", "tre")])
    a, b = catalogue.listed().entries
    assert a == DocumentEntry(
        id="a",
        version="ett|tvåa",
        collection="library",
        title="A",
        state="live",
        origin="mapp/a.md",
        passages=2,
        stored_at=dt.datetime(2026, 3, 1, 12, 0),
        replaced_at=None,
        retired_at=None,
        retired_why="",
    )
    assert b.origin == "https://kommun.example/kalla"  # what the document itself gives as its address


def test_a_version_that_was_replaced_ends_on_the_day_when_it_was(
    store: SqlLibraryStore, catalogue: SqlDocumentCatalogue, calendar: Calendar, make: Make
) -> None:
    for number, said in enumerate(("ett", "två", "tre"), start=1):
        calendar.set(day(number))
        store.put([make("a", "alltid", said)])
    newest, second, first = catalogue.versions("a")
    assert [entry.state for entry in (newest, second, first)] == ["live", "replaced", "replaced"]
    assert [entry.replaced_at for entry in (newest, second, first)] == [None, dt.date(2026, 3, 3), dt.date(2026, 3, 2)]

    always, changed = catalogue.passages_of("a", first.version)
    assert (always.text, changed.text) == ("alltid", "ett")
    assert always.validity.status is ValidityStatus.CURRENT  # stands in the newest version too
    assert (changed.validity.status, changed.validity.valid_to) == (ValidityStatus.SUPERSEDED, dt.date(2026, 3, 2))
    assert changed.validity.note == "Läst i maj. Ersatt av en nyare version den 2026-03-02."
    assert not changed.validity.holds_on(dt.date(2026, 3, 3))
    assert store.passages_of([("a/1", "vett")]) == {("a/1", "vett"): changed}
    assert [passage.text for passage in catalogue.passages_of("a", newest.version)] == ["alltid", "tre"]


def test_a_passage_that_ended_before_it_was_replaced_keeps_its_own_end(
    store: SqlLibraryStore, calendar: Calendar, make: Make
) -> None:
    until = dt.date(2020, 1, 1)
    store.put([make("a", "ett", validity=Validity(ValidityStatus.CURRENT, "", None, until))])
    store.put([make("a", "två")])
    assert store.passages_of([("a/0", "vett")])["a/0", "vett"].validity.valid_to == until


def test_a_version_that_comes_back_is_the_newest_again(
    store: SqlLibraryStore, catalogue: SqlDocumentCatalogue, calendar: Calendar, make: Make
) -> None:
    for number, said in enumerate(("ett", "två", "ett"), start=1):
        calendar.set(day(number))
        store.put([make("a", said)])
    newest, earlier = catalogue.versions("a")
    assert (newest.version, newest.replaced_at) == ("etta", None)
    assert (earlier.version, earlier.replaced_at) == ("tvåa", dt.date(2026, 3, 3))
    assert store.passages_of([("a/0", "vett")])["a/0", "vett"].validity.status is ValidityStatus.CURRENT


def test_a_retired_document_serves_no_more_and_does_not_come_back_by_itself(
    store: SqlLibraryStore, catalogue: SqlDocumentCatalogue, make: Make
) -> None:
    store.put([make("a", "ett"), make("b", "två")])
    catalogue.retire("a", " Fel siffror. ")
    assert listed(catalogue) == {"a": "retired", "b": "live"}
    (entry,) = catalogue.listed(state="retired").entries
    assert (entry.retired_at, entry.retired_why) == (dt.datetime(2026, 3, 1, 12, 0), "Fel siffror.")
    assert list(store.keys()) == [("b/0", "vtvå")] and store.count() == LibrarySize(1, 1)
    assert store.serving_passages_of([("a/0", "vett"), ("b/0", "vtvå")]).keys() == {("b/0", "vtvå")}
    assert ("a/0", "vett") in store.passages_of([("a/0", "vett")])  # for answers that were given from it

    assert "etta" in store.known_documents()  # the same file is not read again
    store.put([make("a", "ett")])
    store.put([make("a", "nytt")])
    assert listed(catalogue) == {"a": "retired", "b": "live"}
    assert catalogue.versions("a")[0].retired_why == "Fel siffror."
    assert list(store.keys()) == [("b/0", "vtvå")]

    catalogue.restore("a")
    assert list(store.keys()) == [("a/0", "vnytt"), ("b/0", "vtvå")]
    (entry,) = catalogue.listed(search="a").entries[:1]
    assert (entry.state, entry.retired_at, entry.retired_why) == ("live", None, "")


def test_what_does_not_fit_is_refused(
    store: SqlLibraryStore, catalogue: SqlDocumentCatalogue, engine: Engine, calendar: Calendar, make: Make
) -> None:
    SqlDocumentStore(engine, calendar).replace_corpus((make("skola", "start"),))
    store.put([make("a", "ett")])

    def refused(act: Callable[[], None]) -> str:
        with pytest.raises(NotPossible) as raised:
            act()
        return raised.value.code

    assert refused(lambda: catalogue.retire("a", " \n")) == "why_missing"
    assert refused(lambda: catalogue.restore("a")) == "not_retired"
    assert refused(lambda: catalogue.retire("skola", "Fel.")) == "starter_document"
    assert refused(lambda: catalogue.restore("skola")) == "starter_document"
    catalogue.retire("a", "Fel.")
    assert refused(lambda: catalogue.retire("a", "Igen.")) == "already_retired"
    for act in (
        lambda: catalogue.retire("nowhere", "Fel."),
        lambda: catalogue.restore("nowhere"),
        lambda: catalogue.versions("nowhere"),
        lambda: catalogue.passages_of("a", "nowhere"),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_document_that_is_gone_at_its_source_is_marked_and_serves_on(
    store: SqlLibraryStore, catalogue: SqlDocumentCatalogue, make: Make
) -> None:
    store.put([make("a", "ett"), make("b", "två")])
    assert [catalogue.mark_gone("a"), catalogue.mark_gone("a")] == [True, False]
    assert listed(catalogue, state="gone") == {"a": "gone"}
    assert len(list(store.keys())) == 2
    assert catalogue.mark_gone("a", gone=False) is True
    catalogue.retire("b", "Fel.")
    assert catalogue.mark_gone("b") is False
    assert listed(catalogue) == {"a": "live", "b": "retired"}
    catalogue.mark_gone("a")
    catalogue.retire("a", "Borta.")  # what staff decided of it
    assert listed(catalogue, state="retired") == {"a": "retired", "b": "retired"}


def test_it_is_searched_without_regard_to_case(
    store: SqlLibraryStore, catalogue: SqlDocumentCatalogue, make: Make
) -> None:
    titled = [replace(make(key, key), title=title) for key, title in (("a", "Överklagan i Malmö"), ("b", "50% avdrag"))]
    store.put(titled)
    assert listed(catalogue, search="ÖVERKLAGAN malmö") == {"a": "live"}
    assert listed(catalogue, search="överklagan lund") == {}
    assert listed(catalogue, search="0%") == {"b": "live"}
    assert listed(catalogue, search="_") == {}


def test_pages_follow_one_another(
    store: SqlLibraryStore, catalogue: SqlDocumentCatalogue, engine: Engine, calendar: Calendar, make: Make
) -> None:
    SqlDocumentStore(engine, calendar).replace_corpus((make("y", "ett"), make("x", "två")))
    store.put([make(key, key) for key in "cab"])
    pages = [catalogue.listed(limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [[entry.id for entry in page.entries] for page in pages] == [["y", "x"], ["a", "b"], ["c"], []]
    assert {page.total for page in pages} == {5}


def test_a_document_from_before_versions_were_written_down(
    store: SqlLibraryStore, catalogue: SqlDocumentCatalogue, engine: Engine, make: Make
) -> None:
    store.put([make("a", "ett", "två")])
    with transaction(engine) as connection:
        connection.execute(text("UPDATE documents SET passage_keys = NULL"))
    (entry,) = catalogue.versions("a")
    assert entry.passages == 2
    assert [passage.text for passage in catalogue.passages_of("a", entry.version)] == ["ett", "två"]


def test_the_curated_corpus_has_versions_too(
    catalogue: SqlDocumentCatalogue, engine: Engine, calendar: Calendar, make: Make
) -> None:
    starter = SqlDocumentStore(engine, calendar)
    starter.replace_corpus((make("skola", "ett"), make("vard", "vård")))
    calendar.set(day(2))
    starter.replace_corpus((make("skola", "två"),))
    assert listed(catalogue) == {"skola": "live"}
    newest, earlier = catalogue.versions("skola")
    assert (newest.replaced_at, earlier.replaced_at) == (None, dt.date(2026, 3, 2))
    assert [passage.text for passage in catalogue.passages_of("skola", earlier.version)] == ["ett"]
    (gone,) = catalogue.versions("vard")
    assert (gone.state, gone.replaced_at) == ("replaced", dt.date(2026, 3, 2))
