"""How much of a question stands in the passages found for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.datatypes import Passage
from knowledge.retrieval.analysis import Analyzer
from knowledge.retrieval.coverage import Coverage

RARE = Analyzer().stems("kyrkan")[0]


@pytest.fixture
def coverage() -> Coverage:
    return Coverage(Analyzer(), lambda stem: 3.0 if stem == RARE else 1.0)


@pytest.fixture
def passages(make_passage: Callable[..., Passage]) -> list[Passage]:
    return [
        make_passage("vard/tandvard", "Barn har rätt till tandvård."),
        make_passage("vard/akut", "Akut vård ges."),
        make_passage("vard/kort", "EU-kortet gäller."),
        make_passage("vard/fjarde", "Hemresan prövas."),
    ]


def test_every_word_in_the_passages_is_all(coverage: Coverage, passages: list[Passage]) -> None:
    assert coverage.share("Har barn rätt till akut tandvård?", passages) == 1.0


def test_a_word_that_is_missing_counts_by_how_rare_it_is(coverage: Coverage, passages: list[Passage]) -> None:
    common, rare = (coverage.share(f"barn och {word}", passages) for word in ("bussen", "kyrkan"))
    assert (common, rare) == (pytest.approx(0.5), pytest.approx(0.25))


def test_a_part_of_a_compound_is_enough(coverage: Coverage, passages: list[Passage]) -> None:
    assert coverage.share("barntandvård", passages) == 1.0


def test_what_stands_in_the_fourth_passage_does_not_count(coverage: Coverage, passages: list[Passage]) -> None:
    assert coverage.share("hemresan", passages) == 0.0


def test_a_question_without_a_subject_lacks_nothing(coverage: Coverage, passages: list[Passage]) -> None:
    assert coverage.share("vad och hur?", passages) == 1.0
    assert coverage.share("tandvård", []) == 0.0
