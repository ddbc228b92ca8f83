"""Sections of statutes in the store, by number and address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from knowledge.clock import FixedClock
from knowledge.datatypes import Document
from knowledge.fakes import MemorySections
from knowledge.seams import SectionFinder
from knowledge.store.library import SqlLibraryStore
from knowledge.store.sections import SqlSections

MakeStatute = Callable[..., Document]


@pytest.fixture
def statutes(make_statute: MakeStatute) -> tuple[Document, ...]:
    return (
        make_statute(
            "2010:800",
            "Skollag (2010:800)",
            ("29 kap. 2 § – Bosättning", "Med bosatt avses."),
            ("29 kap. 2 § – Bosättning", "Detsamma gäller."),
            ("29 kap. 20 §", "Tjugo."),
            ("29 kap. 2 a §", "Två a."),
            ("3 kap. 7 § – Stöd", "Sju."),
        ),
        make_statute("1990:1144", "Begravningslag (1990:1144)", ("1 §", "Ett.")),
        make_statute("1963:537", "Begravningslag (1963:537)", ("1 §", "Äldre.")),
    )


@pytest.fixture(params=["sql", "memory"])
def sections(
    request: pytest.FixtureRequest, engine: Engine, clock: FixedClock, statutes: tuple[Document, ...]
) -> SectionFinder:
    if request.param == "memory":
        return MemorySections({one.id[4:].replace("-", ":", 1): one.passages for one in statutes})
    SqlLibraryStore(engine, clock).put(statutes)
    return SqlSections(engine)


def test_a_section_is_all_of_its_passages_and_no_others(sections: SectionFinder) -> None:
    found = sections.section("2010:800", "29 kap. 2 §")
    assert [passage.text for passage in found] == ["Med bosatt avses.", "Detsamma gäller."]
    assert [passage.text for passage in sections.section("2010:800", "29 kap. 20 §")] == ["Tjugo."]


def test_what_is_not_there_is_empty(sections: SectionFinder) -> None:
    assert sections.section("2010:800", "2 §") == ()
    assert sections.section("2010:80", "29 kap. 2 §") == ()
    assert sections.any_of("1734:1") is None
    assert sections.number_named("hundskattelag") == ""
    assert sections.section("2010:800", "29 kap. %") == ()


def test_the_last_part_of_an_address_is_found_in_any_chapter(sections: SectionFinder) -> None:
    assert [passage.text for passage in sections.sections_ending("2010:800", "7 §")] == ["Sju."]
    assert sections.sections_ending("2010:800", "0 §") == ()


def test_a_statute_is_known_by_its_title_and_the_newest_counts(sections: SectionFinder) -> None:
    assert sections.number_named("Begravningslag") == "1990:1144"
    passage = sections.any_of("1990:1144")
    assert passage is not None and passage.title == "Begravningslag (1990:1144)"


def test_the_stream_holds_each_passage_of_the_library_once(
    engine: Engine, clock: FixedClock, statutes: tuple[Document, ...]
) -> None:
    SqlLibraryStore(engine, clock).put(statutes)
    streamed = [passage.id for passage in SqlSections(engine).stream()]
    assert streamed == sorted(passage.id for one in statutes for passage in one.passages)
