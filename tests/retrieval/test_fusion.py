"""One score from several: best entry of each leg, absolute, weighted by the encoder's share."""

from __future__ import annotations

import pytest

from knowledge.retrieval import fusion

# Passage 0 has a body and two phrasings, passage 1 a body.
ROWS = fusion.Rows([(0, "body"), (0, "phrasing"), (0, "phrasing"), (1, "body")])


def test_each_leg_keeps_its_best_entry() -> None:
    scale = 10.0 * fusion.LEXICAL_SCALE
    legs = ROWS.legs([(0, 0.2 * scale), (1, 0.1 * scale), (2, 0.3 * scale)], 10.0, [(2, 0.4), (1, 0.7)])
    assert legs == {
        0: pytest.approx({"lexical_body": 0.2, "lexical_phrasing": 0.3, "dense_body": 0.0, "dense_phrasing": 0.7})
    }


def test_a_passage_found_by_one_leg_alone_has_the_others_at_zero() -> None:
    legs = ROWS.legs([], 1.0, [(3, 0.5)])
    assert legs == {1: {"lexical_body": 0.0, "lexical_phrasing": 0.0, "dense_body": 0.5, "dense_phrasing": 0.0}}


def test_a_cosine_below_zero_counts_as_none() -> None:
    assert ROWS.legs([(0, 1.0)], 1.0, [(0, -0.5), (3, -0.5)]).keys() == {0}


def test_nothing_found_is_nothing() -> None:
    assert ROWS.legs([], 1.0, []) == {}
    assert fusion.Rows([]).legs([], 1.0, []) == {}


def test_neighbours_that_fit_lift_a_passage_over_one_that_stands_alone() -> None:
    documents = ["a", "a", "a", "b"]
    scores = fusion.with_neighbours({0: 0.5, 1: 0.5, 2: 0.5, 3: 0.52}, documents)
    assert scores[0] > scores[3]
    assert scores[0] == pytest.approx(0.5)  # the scale stays


def test_neighbours_never_turn_the_order_within_a_document() -> None:
    scores = fusion.with_neighbours({0: 0.1, 1: 0.9, 2: 0.4}, ["a", "a", "a"])
    assert sorted(scores, key=lambda passage: scores[passage]) == [0, 2, 1]


@pytest.mark.parametrize("weight", [0.0, 0.25, 1.0])
def test_the_weight_is_the_dense_share(weight: float) -> None:
    lexical = {"lexical_body": 0.4, "lexical_phrasing": 0.6, "dense_body": 0.0, "dense_phrasing": 0.0}
    dense = {"lexical_body": 0.0, "lexical_phrasing": 0.0, "dense_body": 0.3, "dense_phrasing": 0.2}
    only_lexical, only_dense = fusion.fuse(lexical, 0), fusion.fuse(dense, 1)
    assert 0.4 < only_lexical < 0.6
    assert 0.2 < only_dense < 0.3
    assert fusion.fuse(lexical | {k: v for k, v in dense.items() if v}, weight) == pytest.approx(
        (1 - weight) * only_lexical + weight * only_dense
    )


def test_perfect_legs_make_one_whatever_the_weight() -> None:
    legs = dict.fromkeys(("lexical_body", "lexical_phrasing", "dense_body", "dense_phrasing"), 1.0)
    assert [fusion.fuse(legs, weight) for weight in (0, 0.3, 1)] == pytest.approx([1, 1, 1])
