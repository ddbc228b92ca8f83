"""One question to knowledge and its answer to the user: the heart of every substantive turn."""

from __future__ import annotations

import logging
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.errors import KnowledgeRefused, KnowledgeUnavailable
from actions.knowledge_client import KnowledgeClient
from actions.language import chosen_language, reply_language
from actions.place import place_of
from actions.texts import text
from actions.turn import turn_of

logger = logging.getLogger(__name__)


async def give_answer(
    knowledge: KnowledgeClient, dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    """Sends the user's whole text to knowledge and passes the answer on, as one message."""
    place = place_of(tracker)
    try:
        answer = await knowledge.answer(question_of(tracker))
    except KnowledgeUnavailable as error:
        logger.warning("No answer from knowledge: %s", error)
        say_unavailable(dispatcher, "unavailable")
        return place.changes(tracker)
    except KnowledgeRefused as error:
        logger.warning("Knowledge refused a question: %s", error)
        own_words = error.text if reply_language(tracker) == "sv" else error.text_en
        dispatcher.utter_message(text=own_words or text("refused", reply_language(tracker)))
        return place.changes(tracker)
    dispatcher.utter_message(json_message={**answer, "type": "answer"})
    return [*place.changes(tracker), SlotSet("last_answer_id", answer.get("answer_id"))]


def question_of(tracker: Tracker) -> dict[str, Any]:
    """The request to knowledge: the text as it was written, and what the conversation knows."""
    turn = turn_of(tracker)
    request = {
        "question": turn.text,
        "conversation_id": turn.conversation_id,
        "channel": turn.channel,
        "language": chosen_language(tracker),
        **place_of(tracker)._asdict(),
    }
    return {name: value for name, value in request.items() if value is not None}


def say_unavailable(dispatcher: CollectingDispatcher, key: str) -> None:
    """Says "try again" in both languages; the channel chooses."""
    dispatcher.utter_message(json_message={"type": "unavailable", "text": text(key, "sv"), "text_en": text(key, "en")})
