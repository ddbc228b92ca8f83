"""Which passages answer the same question."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks import overlaps
from tests.conftest import MakePassage


def test_passages_that_take_each_others_phrasings_come_first() -> None:
    taken = Counter(
        {
            ("a/ett", "a/ett"): 7,
            ("a/ett", "b/tva"): 3,
            ("b/tva", "b/tva"): 8,
            ("b/tva", "a/ett"): 1,
            ("b/tva", "c/tre"): 1,
            ("c/tre", "c/tre"): 10,
        }
    )
    assert overlaps.pairs(taken) == [(pytest.approx(0.2), "a/ett", "b/tva"), (pytest.approx(0.05), "b/tva", "c/tre")]


def test_a_phrasing_is_asked_of_an_index_that_lacks_it(make_passage: MakePassage) -> None:
    """One of two passages on one matter takes the other's; one on another matter keeps its own."""
    same = "Kommunen betalar en bussbiljett hem till den som vill resa."
    passages = [
        make_passage("hem/ett", same, heading="Betalas hemresan?", phrasings=["vem betalar bussbiljett hem"]),
        make_passage("hem/tva", same, heading="Betalas resan hem?", phrasings=["vem betalar bussbiljetten hem"]),
        make_passage(
            "tand/ett", "Tandvård är avgiftsfri för barn.", phrasings=["tandvård barn", "tandläkare för barn"]
        ),
    ]
    taken = overlaps.asked_without_themselves(passages, parts=2)
    assert taken["tand/ett", "tand/ett"] == 2
    assert taken["hem/ett", "hem/tva"] + taken["hem/tva", "hem/ett"] >= 1
    assert taken.total() == 4
