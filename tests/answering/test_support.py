"""The probability that the passages found support an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.answering.support import DIRECT_FEATURES, FEATURES, SAID, Logistic, SupportModel, features
from knowledge.bootstrap.service import SUPPORT
from knowledge.datatypes import LEGS, Passage, ScoredPassage, SearchResult

EVEN = SupportModel(
    Logistic(-2.0, dict.fromkeys(FEATURES, 1.0)),
    Logistic(0.0, {}),
    answered_from=0.5,
    subject_from=0.2,
    direct_from=0.5,
)


@pytest.fixture
def found(make_passage: Callable[..., Passage]) -> Callable[..., SearchResult]:
    def make(*scores: float, subject: float = 0.0, legs: float = 0.5) -> SearchResult:
        passage = make_passage("skola/start", "Text.")
        parts = dict.fromkeys(LEGS, legs)
        return SearchResult(tuple(ScoredPassage(passage, score, parts) for score in scores), (), {}, subject)

    return make


def test_nothing_found_is_no_support(found: Callable[..., SearchResult]) -> None:
    assert EVEN.probability(found(subject=1.0)) == 0


def test_features_are_those_of_the_best_and_its_lead_over_the_fifth(found: Callable[..., SearchResult]) -> None:
    values = features(found(0.9, 0.8, 0.7, 0.6, 0.5, 0.1, subject=0.25))
    assert set(values) == set(FEATURES)
    assert (values["top"], values["subject"], values["dense_body"]) == (0.9, 0.25, 0.5)
    assert values["margin"] == pytest.approx(0.4)


def test_what_a_question_says_is_asked_of_its_mended_words(found: Callable[..., SearchResult]) -> None:
    mended = replace(found(0.9, subject=0.25), read_as="får de tält")
    assert features(mended)["said"] == 0.25  # the words stand for it
    assert features(mended, lambda text, _: dict.fromkeys(SAID, float(len(text))))["said"] == len("får de tält")


def test_what_a_question_says_counts_for_the_support(found: Callable[..., SearchResult]) -> None:
    same = found(0.5, 0.4)
    ours, another = (replace(EVEN, said=lambda *_, at=at: dict.fromkeys(SAID, at)) for at in (1.0, -1.0))
    assert ours.probability(same) > EVEN.probability(same) > another.probability(same)


def test_fewer_than_five_are_enough(found: Callable[..., SearchResult]) -> None:
    assert features(found(0.9))["margin"] == 0
    assert features(found(0.9, 0.3))["margin"] == pytest.approx(0.6)


def test_more_of_what_speaks_for_it_means_more_support(found: Callable[..., SearchResult]) -> None:
    low = EVEN.probability(found(0.2, 0.2, subject=-1.0, legs=0.1))
    high = EVEN.probability(found(0.9, 0.2, subject=1.0, legs=0.9))
    assert 0 < low < 0.5 < high < 1


def test_extreme_scores_stay_probabilities(found: Callable[..., SearchResult]) -> None:
    huge = replace(EVEN, support=Logistic(-2.0, dict.fromkeys(FEATURES, 1e6)))
    assert huge.probability(found(1.0)) == pytest.approx(1)
    assert replace(EVEN, support=replace(EVEN.support, intercept=-1e6)).probability(found(1.0)) == pytest.approx(0)


def test_what_ships_is_whole_and_its_bounds_are_in_order() -> None:
    model = SupportModel.load(SUPPORT)
    assert set(model.support.weights) == set(FEATURES)
    assert set(model.direct.weights) == set(DIRECT_FEATURES)
    assert 0 < model.subject_from < model.answered_from < 1
    assert 0 < model.direct_from < 1


def test_it_is_read_as_written(tmp_path: Path) -> None:
    direct = {"intercept": -3.0, "weights": {"covered": 4.0}, "direct_from": 0.3}
    raw = {"intercept": -1.0, "weights": {"top": 2.0}, "answered_from": 0.4, "subject_from": 0.1, "direct": direct}
    (tmp_path / "support.json").write_text(json.dumps(raw))
    support, says = Logistic(-1.0, {"top": 2.0}), Logistic(-3.0, {"covered": 4.0})
    assert SupportModel.load(tmp_path / "support.json") == SupportModel(support, says, 0.4, 0.1, 0.3)


@pytest.mark.parametrize(
    ("question", "covered"),
    [("Får vi spara uppgifter om dem?", 0.2), ("Hur många sängar behövs det?", 0.9)],
)
def test_what_the_passages_leave_out_makes_them_only_the_closest(
    found: Callable[..., SearchResult], question: str, covered: float
) -> None:
    model = SupportModel.load(SUPPORT)
    near = replace(found(0.5, 0.4, subject=1.0, legs=0.5), read_as=question, covered=covered)
    assert not model.says_it(near)
    assert model.says_it(replace(near, read_as="Har barnet rätt till akut tandvård utan EU-kort?", covered=1.0))


def test_nothing_found_says_nothing(found: Callable[..., SearchResult]) -> None:
    assert not SupportModel.load(SUPPORT).says_it(found())
