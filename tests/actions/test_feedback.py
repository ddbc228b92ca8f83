"""Feedback in words reaches knowledge, with a reason, for the latest answer."""

from __future__ import annotations

import pytest

from actions.fake_knowledge import FakeKnowledge
from actions.feedback_reasons import REASONS, reason_in
from actions.texts import text
from tests.actions.conftest import Conversation


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("det stämmer inte, utgånget datum", "outdated"),
        ("den lagen gäller inte längre", "outdated"),
        ("this is outdated", "outdated"),
        ("du blandar ihop saker", "mixed_up"),
        ("citatet stämmer inte med källan", "quote_mismatch"),
        ("svaret saknar källa", "missing_source"),
        ("svaret saknar en viktig uppgift", "missing_information"),
        ("delvis fel", "partly_wrong"),
        ("annat fel", "other"),
        ("dåligt svar", None),
    ],
)
def test_the_reason_is_read_from_the_words(said: str, reason: str | None) -> None:
    assert reason_in(said) == reason


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_label_on_a_button_means_its_reason(reason: str, language: str) -> None:
    assert reason_in(text(f"reason_{reason}", "sv" if language == "sv" else "en")) == reason


def test_a_complaint_is_recorded_with_its_reason_and_words(anna: Conversation, knowledge: FakeKnowledge) -> None:
    anna.slots["last_answer_id"] = "a7"
    outcome = anna.run("action_record_feedback", "det stämmer inte, utgånget datum", "feedback_down")
    assert knowledge.asked("/api/feedback") == [
        {
            "conversation_id": "c-anna",
            "answer_id": "a7",
            "rating": "down",
            "reasons": ["outdated"],
            "comment": "det stämmer inte, utgånget datum",
        }
    ]
    assert "utgången" in outcome.texts[0]


def test_a_complaint_without_a_reason_is_recorded_and_asks_for_one(
    anna: Conversation, knowledge: FakeKnowledge
) -> None:
    anna.slots["last_answer_id"] = "a7"
    outcome = anna.run("action_record_feedback", "dåligt svar", "feedback_down")
    assert knowledge.asked("/api/feedback")[0]["reasons"] == ["other"]
    assert "Saknar källa" in outcome.titles()


def test_praise_is_recorded(anna: Conversation, knowledge: FakeKnowledge) -> None:
    anna.slots["last_answer_id"] = "a7"
    anna.run("action_record_feedback", "that helped", "feedback_up")
    recorded = knowledge.asked("/api/feedback")[0]
    assert (recorded["rating"], recorded["reasons"]) == ("up", [])


def test_without_an_answer_nothing_is_recorded(anna: Conversation, knowledge: FakeKnowledge) -> None:
    outcome = anna.run("action_record_feedback", "dåligt svar", "feedback_down")
    assert outcome.texts == [text("feedback_no_answer", "sv")]
    assert knowledge.requests == []


@pytest.mark.parametrize("mode", ["unknown", "error"])
def test_feedback_that_is_not_taken_is_said_so(anna: Conversation, knowledge: FakeKnowledge, mode: str) -> None:
    anna.slots["last_answer_id"] = "a7"
    knowledge.mode = mode
    outcome = anna.run("action_record_feedback", "dåligt svar", "feedback_down")
    assert outcome.texts or outcome.payload["type"] == "unavailable"
