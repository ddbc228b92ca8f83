"""Everything that may be a question is sent to knowledge, whole, and its answer comes back as one message."""

from __future__ import annotations

import time

import pytest

from actions.fake_knowledge import FakeKnowledge
from tests.actions.conftest import DEADLINE_SECONDS, Conversation

MALMO = {"entity": "municipality", "value": "Malmö", "start": 10, "end": 15}
STOCKHOLM = {"entity": "municipality", "value": "Stockholm", "start": 0, "end": 10}
STOCKHOLM_COUNTY = {"entity": "county", "value": "Stockholms län", "start": 0, "end": 14}


def test_the_whole_text_is_sent_as_it_was_written(anna: Conversation, knowledge: FakeKnowledge) -> None:
    said = 'Hej!  Får HAN "stanna"\n<b>här</b>? 🙂'
    outcome = anna.run("action_answer_question", said)
    (asked,) = knowledge.asked()
    assert asked == {"question": said, "conversation_id": "c-anna", "channel": "web"}
    assert outcome.payload["type"] == "answer"
    assert outcome.payload["text"] == f"Svar på: {said}"
    assert len(outcome.messages) == 1
    assert outcome.slots["last_answer_id"] == outcome.payload["answer_id"]


def test_the_token_is_sent(anna: Conversation, knowledge: FakeKnowledge) -> None:
    anna.run("action_answer_question", "Vad gäller?")
    ((_, _, headers),) = knowledge.requests
    assert headers["authorization"] == "Bearer hemlig"


def test_a_named_municipality_is_remembered(anna: Conversation, knowledge: FakeKnowledge) -> None:
    anna.run("action_answer_question", "Vad gäller Malmö?", entities=[MALMO])
    anna.run("action_answer_question", "och barnen?")
    assert [asked.get("municipality") for asked in knowledge.asked()] == ["Malmö", "Malmö"]


def test_the_place_named_last_counts_and_a_county_is_not_a_municipality(
    anna: Conversation, knowledge: FakeKnowledge
) -> None:
    anna.run("action_answer_question", "Vad gäller Malmö?", entities=[MALMO])
    anna.run("action_answer_question", "Stockholms län då?", entities=[STOCKHOLM, STOCKHOLM_COUNTY])
    last = knowledge.asked()[-1]
    assert last["county"] == "Stockholms län"
    assert "municipality" not in last


def test_the_language_of_the_channel_is_passed_on(anna: Conversation, knowledge: FakeKnowledge) -> None:
    anna.metadata["language"] = "en"
    anna.run("action_answer_question", "Får han stanna?")
    assert knowledge.asked()[0]["language"] == "en"


@pytest.mark.parametrize("mode", ["error", "not_json", "not_an_object", "empty_object"])
def test_a_broken_knowledge_gives_try_again_in_both_languages(
    anna: Conversation, knowledge: FakeKnowledge, mode: str
) -> None:
    knowledge.mode = mode
    payload = anna.run("action_answer_question", "Får han stanna?").payload
    assert payload["type"] == "unavailable"
    assert "igen" in payload["text"]
    assert "again" in payload["text_en"]


def test_a_slow_knowledge_is_waited_for_no_longer_than_the_deadline(
    anna: Conversation, knowledge: FakeKnowledge
) -> None:
    knowledge.delay_seconds = 5 * DEADLINE_SECONDS
    started = time.monotonic()
    assert anna.run("action_answer_question", "Får han stanna?").payload["type"] == "unavailable"
    assert time.monotonic() - started < 3 * DEADLINE_SECONDS


def test_knowledge_that_is_down_gives_try_again() -> None:
    assert Conversation("http://127.0.0.1:9").run("action_answer_question", "Hur?").payload["type"] == "unavailable"


def test_a_refusal_says_what_knowledge_says(anna: Conversation, knowledge: FakeKnowledge) -> None:
    knowledge.mode = "refused"
    assert anna.run("action_answer_question", "Får han stanna?").texts == ["Frågan är för lång."]
    assert anna.run("action_answer_question", "May he remain in town?").texts == ["The question is too long."]
