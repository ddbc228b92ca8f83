"""Which questions lean on the one before, and on how much of the conversation."""

from __future__ import annotations

import pytest

from knowledge.answering.follow_ups import context_of, leans

ALONE = "Vilken vård får en gravid kvinna utan sjukförsäkringskort på sjukhuset?"
OTHER = "Får kommunen betala bussbiljetten hem till Rumänien för en familj?"


@pytest.mark.parametrize(
    "text",
    [
        "Och om de har barn?",
        "Men om mamman arbetar några timmar i veckan och betalar hyra, vad händer i så fall?",
        "gäller det även barn",
        "Vad kostar det för henne?",
        "What about children in the same family who arrived last week and have no papers?",
        "does that apply to children",
        "barn?",
        "hur länge",
    ],
)
def test_leans(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        ALONE,
        OTHER,
        "Which documents does a Romanian citizen need to show the midwife at the clinic?",
        "Orkar kommunen betala härbärge åt alla vuxna under vintern?",  # no "Or" of its own
    ],
)
def test_stands_alone(text: str) -> None:
    assert not leans(text)


def test_the_context_is_the_last_question_that_stands_alone_with_those_that_lean_on_it() -> None:
    assert context_of("Och på natten?", (OTHER, ALONE, "Vad kostar det?")) == f"{ALONE} Vad kostar det?"
    assert context_of("Och på natten?", (OTHER, ALONE)) == ALONE
    assert context_of("Och på natten?", (ALONE,)) == ALONE


def test_a_conversation_of_fragments_is_read_as_one() -> None:
    assert context_of("hur länge?", ("vård?", "gravid?")) == "vård? gravid?"


@pytest.mark.parametrize(("text", "history"), [("Och på natten?", ()), (OTHER, (ALONE,)), ("", ())])
def test_no_context(text: str, history: tuple[str, ...]) -> None:
    assert context_of(text, history) is None
