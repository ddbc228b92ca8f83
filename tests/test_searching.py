"""What search shows: the section that is named, then curated passages and the library's by score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from knowledge.clock import FixedClock
from knowledge.datatypes import Document, Passage, ScoredPassage, SearchResult
from knowledge.fakes import MemoryLibrary, MemoryRetriever, MemorySections
from knowledge.searching import Searching

CLOCK = FixedClock(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC))


@pytest.fixture
def scored(make_passage: Callable[..., Passage]) -> Callable[[str, float], ScoredPassage]:
    return lambda key, score: ScoredPassage(make_passage(key, f"Text om {key}."), score, {})


def _ids(found: SearchResult) -> list[str]:
    return [scored.passage.id for scored in found.kept]


def test_a_curated_passage_that_fits_comes_before_a_library_passage_of_the_same_score(
    scored: Callable[[str, float], ScoredPassage],
) -> None:
    library = MemoryLibrary([scored("lag/1", 0.5), scored("lag/2", 0.45)])
    searching = Searching(MemoryRetriever([scored("hemresa/a", 0.5)]), library, MemorySections(), CLOCK)
    assert _ids(searching.search("Får kommunen betala hemresan?", 3)) == ["hemresa/a", "lag/1", "lag/2"]


def test_where_no_curated_passage_fits_the_library_comes_first(scored: Callable[[str, float], ScoredPassage]) -> None:
    curated = [scored("hemresa/a", 0.27), scored("hemresa/b", 0.22)]
    searching = Searching(MemoryRetriever(curated), MemoryLibrary([scored("lag/1", 0.25)]), MemorySections(), CLOCK)
    assert _ids(searching.search("Hur högt får mitt plank vara?", 2)) == ["lag/1", "hemresa/a"]
    assert [one.passage.id for one in searching.search("Hur högt får mitt plank vara?", 2).rejected] == ["hemresa/b"]


def test_no_score_is_above_one_and_what_was_higher_stays_first(scored: Callable[[str, float], ScoredPassage]) -> None:
    library = MemoryLibrary([scored("lag/1", 0.9), scored("lag/2", 0.8)])
    found = Searching(MemoryRetriever([scored("hemresa/a", 0.1)]), library, MemorySections(), CLOCK).search("Plank?", 3)
    assert [(one.passage.id, one.score) for one in found.kept[:2]] == [("lag/1", 1.0), ("lag/2", 1.0)]


def test_what_could_not_stand_among_the_best_is_not_shown(scored: Callable[[str, float], ScoredPassage]) -> None:
    searching = Searching(
        MemoryRetriever([scored("hemresa/a", 0.5)]), MemoryLibrary([scored("lag/1", 0.1)]), MemorySections(), CLOCK
    )
    assert _ids(searching.search("Får kommunen betala hemresan?", 1)) == ["hemresa/a"]


def test_a_section_that_is_named_comes_first(
    scored: Callable[[str, float], ScoredPassage], make_statute: Callable[..., Document]
) -> None:
    statute = make_statute("1990:52", "Lag (1990:52) om vård av unga", ("3 §", "Vård ska beslutas om den unge …"))
    sections = MemorySections({"1990:52": statute.passages})
    searching = Searching(MemoryRetriever([scored("hemresa/a", 0.9)]), MemoryLibrary(), sections, CLOCK)
    assert _ids(searching.search("LVU 3 §", 2)) == ["sfs-1990-52/0", "hemresa/a"]
