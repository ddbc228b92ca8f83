"""One score from several: best entry of each leg, absolute, weighted by the encoder's share."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.retrieval import fusion

# Passage 0 has a body and two phrasings, passage 1 a body.
NOTHING = dict.fromkeys(fusion.LEGS, 0.0)
ROWS = fusion.Rows([(0, "body"), (0, "phrasing"), (0, "phrasing"), (1, "body")])


def test_each_leg_keeps_its_best_entry() -> None:
    scale = 10.0 * fusion.LEXICAL_SCALE
    legs = ROWS.legs([(0, 0.2 * scale), (1, 0.1 * scale), (2, 0.3 * scale)], 10.0, [(2, 0.4), (1, 0.7)])
    assert legs == {0: pytest.approx(NOTHING | {"lexical_body": 0.2, "lexical_phrasing": 0.3, "dense_phrasing": 0.7})}


def test_a_passage_found_by_one_leg_alone_has_the_others_at_zero() -> None:
    legs = ROWS.legs([], 1.0, [(3, 0.5)])
    assert legs == {1: NOTHING | {"dense_body": 0.5}}


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
    lexical = NOTHING | {"lexical_body": 0.4, "lexical_phrasing": 0.6}
    dense = NOTHING | {"dense_body": 0.3, "dense_phrasing": 0.2}
    only_lexical, only_dense = fusion.fuse(lexical, 0), fusion.fuse(dense, 1)
    assert 0.4 < only_lexical < 0.6
    assert 0.2 < only_dense < 0.3
    assert fusion.fuse(lexical | {k: v for k, v in dense.items() if v}, weight) == pytest.approx(
        (1 - weight) * only_lexical + weight * only_dense
    )


def test_perfect_legs_make_one_whatever_the_weight() -> None:
    legs = dict.fromkeys(fusion.LEGS, 1.0)
    shares = (0.0, 0.3, 1.0)
    assert [fusion.fuse(legs, weight, late) for weight in shares for late in shares] == pytest.approx([1] * 9)


def test_late_interaction_is_written_into_the_legs_of_its_passage() -> None:
    legs = ROWS.legs([(0, 1.0), (3, 1.0)], 10.0, [])
    rows = ROWS.of([1, 0])
    assert rows.tolist() == [3, 0, 1, 2]
    ROWS.add_late(legs, rows, np.array([0.1, 0.2, 0.6, 0.5], dtype=np.float32))
    assert legs[0]["late_body"] == pytest.approx(0.2)
    assert legs[0]["late_phrasing"] == pytest.approx(0.6)
    assert (legs[1]["late_body"], legs[1]["late_phrasing"]) == pytest.approx((0.1, 0.0))
    assert fusion.fuse(legs[0], 0.5, late_share=1.0) == pytest.approx(
        0.2 * (1 - fusion.PHRASING_SHARE) + 0.6 * fusion.PHRASING_SHARE
    )


def test_a_short_follow_up_is_drawn_to_the_documents_of_the_question_before() -> None:
    documents = ["a", "a", "b"]
    drawn = fusion.near_documents({0: 0.5, 2: 0.52}, {1: 0.6}, documents)
    assert drawn[0] > drawn[2]
    assert set(drawn) == {0, 2}
