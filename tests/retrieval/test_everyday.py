"""Sections found by the everyday questions that they answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.datatypes import Document, Passage, ScoredPassage
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
def opened(folder: Path, pieces: StaticEncoder, make_statute: Callable[..., Document]) -> EverydayQuestions:
    fare = make_statute(FARE.number, "Lag (1977:67) om tilläggsavgift", ("1 § – Avgift", "Avgift får tas ut."))
    dog = make_statute(
        DOG.number, "Lag (2007:1150) om tillsyn över hundar", ("3 §", "Hundar ska hållas under uppsikt.")
    )
    sections = {FARE: fare.passages[0], DOG: dog.passages[0]}
    search = EverydayQuestions(folder, pieces, sections.get)
    search.reload()
    return search


class Library:
    """Stands for the library's own search: finds these, whatever is asked."""

    def __init__(self, *found: ScoredPassage) -> None:
        self._found = found

    def search(self, question: str, k: int, at_least: float = 0.0) -> list[ScoredPassage]:
        return [one for one in self._found if question and one.score >= at_least][:k]


def found(search: WithEveryday, question: str, k: int = 5, at_least: float = 0.0) -> list[str]:
    return [f"{one.passage.document_id} {one.passage.heading}" for one in search.search(question, k, at_least)]


FINE, LOOSE = "straffavgift på bussen, glömde biljetten", "grannens hund springer lös"


def test_a_section_is_found_by_words_that_its_text_lacks_and_only_once(opened: EverydayQuestions) -> None:
    assert found(WithEveryday(Library(), opened), FINE) == ["sfs-1977-67 1 § – Avgift", "sfs-2007-1150 3 §"]
    assert found(WithEveryday(Library(), opened), LOOSE, 1) == ["sfs-2007-1150 3 §"]


def test_a_section_that_is_not_in_the_library_is_left_out(opened: EverydayQuestions) -> None:
    assert HEDGE in opened.sections("äppelträdet hänger in över min tomt")
    assert "3 kap. 2 §" not in str(found(WithEveryday(Library(), opened), "äppelträdet hänger in över min tomt"))


def test_what_the_text_and_the_questions_both_find_stands_once_and_higher(
    opened: EverydayQuestions, make_statute: Callable[..., Document], make_passage: Callable[..., Passage]
) -> None:
    long = make_statute(FARE.number, "Lag (1977:67)", ("1 § – Avgift", "Första."), ("1 § – Avgift", "Andra.")).passages
    by_questions = opened.sections(FINE)[FARE]
    other = ScoredPassage(make_passage("annat", "Annat."), by_questions + 0.01, {})
    text = ScoredPassage(long[1], by_questions / 2, {"library": by_questions / 2})
    first, second, *rest = WithEveryday(Library(other, text), opened).search(FINE, 5)
    assert (first.passage.text, second.passage.id) == ("Andra.", "annat")
    assert first.parts.keys() == {"library", "everyday"}
    assert "sfs-1977-67" not in [one.passage.document_id for one in rest]


def test_what_scores_too_little_is_left_out(opened: EverydayQuestions, make_passage: Callable[..., Passage]) -> None:
    weak = ScoredPassage(make_passage("svag", "Svag."), 0.01, {})
    search = WithEveryday(Library(weak), opened)
    assert len(search.search(LOOSE, 5)) == 3
    (best, *_) = search.search(LOOSE, 5)
    assert [one.passage.id for one in search.search(LOOSE, 5, best.score)] == [best.passage.id]
    assert search.search(LOOSE, 5, 2.0) == search.search(LOOSE, 0) == []


def test_sections_of_one_statute_that_are_near_support_one_another(tmp_path: Path, pieces: StaticEncoder) -> None:
    def near(*others: Section) -> float:
        questions = [
            (DOG, "Får min hund springa lös?"),
            *((other, "Får min hund springa lös i parken?") for other in others),
        ]
        folder = tmp_path / "-".join(other.address for other in others)
        everyday.publish(folder, questions, pieces)
        search = EverydayQuestions(folder, pieces, lambda _: None)
        search.reload()
        return search.sections("Får min hund springa lös?")[DOG]

    assert near(Section(DOG.number, "4 §")) > near(Section(FARE.number, "4 §"))


def test_without_questions_nothing_is_written_and_the_library_alone_answers(
    tmp_path: Path, pieces: StaticEncoder, make_passage: Callable[..., Passage]
) -> None:
    assert everyday.publish(tmp_path / "none", [], pieces) is None
    search = EverydayQuestions(tmp_path / "none", pieces, lambda _: None)
    search.reload()
    assert (search.sections("hund"), (tmp_path / "none").exists()) == ({}, False)
    assert found(WithEveryday(Library(ScoredPassage(make_passage("a", "A."), 0.5, {})), search), "hund") != []


def test_the_index_follows_the_questions(folder: Path, pieces: StaticEncoder) -> None:
    before = publication.current_name(folder)
    same = everyday.publish(folder, QUESTIONS, pieces)
    assert same is not None and (same.kept, same.added, same.removed) == (4, 0, 0)
    assert publication.current_name(folder) == before
    less = everyday.publish(folder, QUESTIONS[:3], pieces)
    assert less is not None and less.removed + less.added > 0
