"""Questions that are alike come together, others stay apart."""

from __future__ import annotations

from knowledge.inbox.grouping import Groups
from knowledge.seams import Encoder


def test_the_same_thing_asked_in_other_words_is_one_group(encoder: Encoder) -> None:
    groups = Groups(encoder)
    placed = groups.place(
        [
            ("i1", "Får barnet gå i skola utan uppehållsrätt?"),
            ("i2", "Kan vi betala bussbiljetten hem till Rumänien?"),
            ("i3", "Kan ett barn utan uppehållsrätt gå i skolan?"),
            ("i4", "Får barnet gå i skola utan uppehållsrätt?"),
        ]
    )
    assert placed == {"i1": "i1", "i2": "i2", "i3": "i1", "i4": "i1"}


def test_a_group_that_is_known_is_joined_later(encoder: Encoder) -> None:
    groups = Groups(encoder)
    groups.add([("g1", "Vad kostar akut tandvård?"), ("g2", "Får de bo i tält i parken?")])
    assert groups.place([("i1", "vad kostar akut tandvård")]) == {"i1": "g1"}
    assert len(groups) == 2


def test_a_question_without_a_known_word_is_alone(encoder: Encoder) -> None:
    placed = Groups(encoder).place([("i1", "☃☃☃"), ("i2", "☃☃☃"), ("i3", "")])
    assert placed == {"i1": "i1", "i2": "i2", "i3": "i3"}


def test_more_groups_than_there_was_room_for(encoder: Encoder) -> None:
    groups = Groups(encoder)
    groups.add([(f"g{n}", f"☃ {n}") for n in range(1500)])
    assert groups.place([("i1", "Får de bo i tält i parken?")]) == {"i1": "i1"}
    assert groups.place([("i2", "Får de bo i tält i parken?")]) == {"i2": "i1"}
