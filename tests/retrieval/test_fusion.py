"""One score from several: best entry of each leg, absolute, weighted by the encoder's share."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.datatypes import LEGS
from knowledge.retrieval import fusion

# Passage 0 has a body and two phrasings, passage 1 a body.
ROWS = fusion.Rows([(0, "body"), (0, "phrasing"), (0, "phrasing"), (1, "body")])


def _legs(**legs: float) -> fusion.Legs:
    return np.array([[legs.get(leg, 0.0) for leg in LEGS]])


def test_each_leg_keeps_its_best_entry_and_of_phrasings_the_second_best_too() -> None:
    scale = 10.0 * fusion.LEXICAL_SCALE
    legs = ROWS.legs([(0, 0.2 * scale), (1, 0.1 * scale), (2, 0.3 * scale)], 10.0, [(2, 0.4), (1, 0.7)])
    phrasings = {
        "lexical_phrasing": 0.3 - fusion.SECOND_SHARE * 0.2,
        "dense_phrasing": 0.7 - fusion.SECOND_SHARE * 0.3,
    }
    assert legs[:1] == pytest.approx(_legs(lexical_body=0.2, **phrasings))
    assert not legs[1].any()


def test_a_passage_found_by_one_leg_alone_has_the_others_at_zero() -> None:
    legs = ROWS.legs([], 1.0, [(3, 0.5)])
    assert legs[1:] == pytest.approx(_legs(dense_body=0.5))
    assert not legs[0].any()


def test_a_cosine_below_zero_counts_as_none() -> None:
    assert ROWS.legs([(0, 1.0)], 1.0, [(0, -0.5), (3, -0.5)]).any(axis=1).tolist() == [True, False]


def test_nothing_found_is_nothing() -> None:
    assert not ROWS.legs([], 1.0, []).any()
    assert fusion.Rows([]).legs([], 1.0, []).shape == (0, len(LEGS))


def test_neighbours_that_fit_lift_a_passage_over_one_that_stands_alone() -> None:
    scores = fusion.with_neighbours(np.array([0.5, 0.5, 0.5, 0.52]), np.array([0, 0, 0, 1]))
    assert scores[0] > scores[3]
    assert scores[0] == pytest.approx(0.5)  # the scale stays


def test_neighbours_never_turn_the_order_within_a_document() -> None:
    scores = fusion.with_neighbours(np.array([0.1, 0.9, 0.4]), np.array([0, 0, 0]))
    assert np.argsort(scores).tolist() == [0, 2, 1]


@pytest.mark.parametrize("weight", [0.0, 0.25, 1.0])
def test_the_weight_is_the_dense_share(weight: float) -> None:
    lexical = {"lexical_body": 0.4, "lexical_phrasing": 0.6}
    dense = {"dense_body": 0.3, "dense_phrasing": 0.2}
    only_lexical, only_dense = fusion.fuse(_legs(**lexical), 0), fusion.fuse(_legs(**dense), 1)
    assert 0.4 < only_lexical < 0.6
    assert 0.2 < only_dense < 0.3
    assert fusion.fuse(_legs(**lexical, **dense), weight) == pytest.approx(
        (1 - weight) * only_lexical + weight * only_dense
    )


def test_perfect_legs_make_one_whatever_the_weight() -> None:
    legs = np.ones((1, len(LEGS)))
    shares = (0.0, 0.3, 1.0)
    scores = [fusion.fuse(legs, weight, late).item() for weight in shares for late in shares]
    assert scores == pytest.approx([1] * 9)


def test_late_interaction_reads_bodies_and_the_phrasings_that_were_found() -> None:
    legs = ROWS.legs([(0, 1.0), (3, 1.0)], 10.0, [])
    assert ROWS.of(np.array([1, 0]), [2]).tolist() == [0, 2, 3]
    assert ROWS.of(np.array([1]), [2]).tolist() == [3]
    ROWS.add_late(legs, np.array([0, 2, 3]), np.array([0.2, 0.6, 0.1], dtype=np.float32))
    late = fusion.fuse(legs, 0.5, late_share=1.0)
    assert late == pytest.approx(
        [0.2 * (1 - fusion.PHRASING_SHARE) + 0.6 * fusion.PHRASING_SHARE, 0.1 * (1 - fusion.PHRASING_SHARE)]
    )


def test_a_short_follow_up_is_drawn_to_the_documents_of_the_question_before() -> None:
    drawn = fusion.near_documents(np.array([0.5, 0.0, 0.52]), np.array([0.0, 0.6, 0.0]), np.array([0, 0, 1]))
    assert drawn[0] > drawn[2]


def test_what_a_passage_concludes_decides_between_two_that_are_found_alike() -> None:
    alike = {"lexical_body": 0.4, "dense_phrasing": 0.5}
    scores = fusion.fuse(np.vstack([_legs(**alike, sentences=0.3), _legs(**alike, sentences=0.6)]), 0.5, 0.2, 0.25)
    assert scores[1] > scores[0]
    without = fusion.fuse(np.vstack([_legs(**alike), _legs(**alike, sentences=0.6)]), 0.5, 0.2)
    assert without[0] == pytest.approx(without[1])


def test_the_scale_stays_with_the_sentences() -> None:
    every = {leg: 0.5 for leg in LEGS}
    assert fusion.fuse(_legs(**every), 0.6, fusion.LATE_SHARE, fusion.SENTENCE_SHARE) == pytest.approx(0.5)
