"""Sections found by the everyday questions that they answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.datatypes import Passage, ScoredPassage
from knowledge.retrieval import everyday, publication
from knowledge.retrieval.encoders.static import StaticEncoder, embedded_encoder
from knowledge.retrieval.everyday import EverydayQuestions, Section, WithEveryday

FARE, DOG, HEDGE = Section("1977:67", "1 §"), Section("2007:1150", "3 §"), Section("1970:994", "3 kap. 2 §")
QUESTIONS = [
    (FARE, "Måste jag betala straffavgift om jag glömt bussbiljetten?"),
    (FARE, "böter kontrollant buss"),
    (DOG, "Min granne låter hunden springa lös, får han det?"),
    (HEDGE, "Äppelträdet hänger in över min tomt, får jag såga?"),
]


@pytest.fixture(scope="module")
def pieces() -> StaticEncoder:
    return embedded_encoder()


@pytest.fixture
def folder(tmp_path: Path, pieces: StaticEncoder) -> Path:
    everyday.publish(tmp_path / "everyday", QUESTIONS, pieces)
    return tmp_path / "everyday"


@pytest.fixture
def opened(folder: Path, pieces: StaticEncoder, make_passage: Callable[..., Passage]) -> EverydayQuestions:
    sections = {FARE: make_passage("sfs-1977-67/1", "Tilläggsavgift får tas ut."), DOG: make_passage("dog", "Uppsikt.")}
    search = EverydayQuestions(folder, pieces, sections.get)
    search.reload()
    return search


def test_a_section_is_found_by_words_that_its_text_lacks_and_only_once(opened: EverydayQuestions) -> None:
    first, *rest = opened.search("straffavgift på bussen, glömde biljetten", 5)
    assert first.passage.text == "Tilläggsavgift får tas ut."
    assert first.passage.id not in [scored.passage.id for scored in rest]
    assert [scored.score for scored in rest] == sorted((scored.score for scored in rest), reverse=True)


def test_what_is_far_or_not_in_the_library_is_left_out(opened: EverydayQuestions) -> None:
    (best, *_) = opened.search("grannens hund springer lös", 5)
    assert [scored.passage.id for scored in opened.search("grannens hund springer lös", 5, best.score)] == ["dog"]
    assert "Äppelträdet" not in str(opened.search("äppelträdet hänger in över min tomt", 5))
    assert opened.search("hund", 0) == []


def test_without_questions_nothing_is_written_and_nothing_found(tmp_path: Path, pieces: StaticEncoder) -> None:
    assert everyday.publish(tmp_path / "none", [], pieces) is None
    search = EverydayQuestions(tmp_path / "none", pieces, lambda _: None)
    search.reload()
    assert (search.search("hund", 5), (tmp_path / "none").exists()) == ([], False)


def test_the_index_follows_the_questions(folder: Path, pieces: StaticEncoder) -> None:
    before = publication.current_name(folder)
    same = everyday.publish(folder, QUESTIONS, pieces)
    assert same is not None and (same.kept, same.added, same.removed) == (4, 0, 0)
    assert publication.current_name(folder) == before
    less = everyday.publish(folder, QUESTIONS[:3], pieces)
    assert less is not None and less.removed + less.added > 0


def test_a_passage_counts_by_its_text_or_by_its_questions(make_passage: Callable[..., Passage]) -> None:
    class Finds:
        def __init__(self, **scores: float) -> None:
            self._found = [ScoredPassage(make_passage(key, key), score, {}) for key, score in scores.items()]

        def search(self, question: str, k: int, at_least: float = 0.0) -> list[ScoredPassage]:
            return [scored for scored in self._found if question and scored.score >= at_least][:k]

    both = WithEveryday(Finds(a=0.5, b=0.4), Finds(b=0.7, c=0.3))
    assert [(s.passage.id, round(s.score, 2)) for s in both.search("?", 3)] == [("b", 0.78), ("a", 0.5), ("c", 0.3)]
    assert [s.passage.id for s in both.search("?", 2)] == ["b", "a"]
    assert [s.passage.id for s in both.search("?", 3, 0.6)] == ["b"]
    assert [s.passage.id for s in both.search("?", 3, 0.75)] == ["b"] and both.search("?", 3, 0.8) == []
