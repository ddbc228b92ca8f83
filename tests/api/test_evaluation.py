"""A file of questions that is not as it should be is refused by what is wrong with it, before anything is asked."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge import evaluation
from knowledge.bootstrap import Knowledge
from knowledge.errors import CorpusError

WHOLE: dict[str, Any] = {
    "id": "q7",
    "label": "in_scope",
    "question": "Vad gäller för akut tandvård?",
    "lang": "sv",
    "style": "kort",
    "topics": ["tandvard"],
    "must_mention": [],
    "must_not": [],
}


def test_a_whole_one_is_asked(knowledge: Knowledge) -> None:
    (outcome,) = evaluation.ask_all(knowledge.answering, [WHOLE])
    assert outcome.rank == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"must_mention": None}, "question q7: needs the field must_mention (a list)"),
        ({"topics": "tandvard"}, "question q7: needs the field topics (a list)"),
        ({"question": 7}, "question q7: needs the field question (a text)"),
        ({"label": "inside"}, "question q7: has the label inside; it may be in_scope, out_of_scope"),
        ({"as_of": "i mars"}, "question q7: has an as_of that is no date"),
    ],
)
def test_what_is_wrong_is_named(knowledge: Knowledge, wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(CorpusError) as caught:
        evaluation.ask_all(knowledge.answering, [WHOLE, WHOLE | wrong])
    assert told in str(caught.value)


def test_a_line_that_is_no_object_is_named_by_its_place(knowledge: Knowledge) -> None:
    listed: list[Any] = [WHOLE, ["a", "list"]]
    with pytest.raises(CorpusError, match="question 2: is not an object"):
        evaluation.ask_all(knowledge.answering, listed)
