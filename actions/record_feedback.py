"""action_record_feedback: the user judges the latest answer in words."""

from __future__ import annotations

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answering import say_unavailable
from actions.errors import KnowledgeRefused, KnowledgeUnavailable
from actions.feedback_reasons import REASONS, reason_in
from actions.knowledge_client import KnowledgeClient
from actions.language import reply_language
from actions.texts import Language, button, text
from actions.turn import Turn, turn_of

logger = logging.getLogger(__name__)


class RecordFeedback(Action):
    def __init__(self, knowledge: KnowledgeClient) -> None:
        self._knowledge = knowledge

    def name(self) -> str:
        return "action_record_feedback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict) -> list[EventType]:
        language, turn, answer_id = reply_language(tracker), turn_of(tracker), tracker.get_slot("last_answer_id")
        if not answer_id:
            dispatcher.utter_message(text=text("feedback_no_answer", language))
            return []
        try:
            await self._knowledge.record_feedback(feedback_from(turn, answer_id))
        except KnowledgeUnavailable as error:
            logger.warning("Feedback was not recorded: %s", error)
            say_unavailable(dispatcher, "feedback_unavailable")
        except KnowledgeRefused as error:
            logger.warning("Knowledge refused feedback: %s", error)
            dispatcher.utter_message(text=text("feedback_no_answer", language))
        else:
            thank(dispatcher, turn, language)
        return []


def feedback_from(turn: Turn, answer_id: str) -> dict[str, Any]:
    feedback = {"conversation_id": turn.conversation_id, "answer_id": answer_id, "comment": turn.text}
    if turn.intent == "feedback_up":
        return {**feedback, "rating": "up", "reasons": []}
    return {**feedback, "rating": "down", "reasons": [reason_in(turn.text) or "other"]}


def thank(dispatcher: CollectingDispatcher, turn: Turn, language: Language) -> None:
    """Says what was noted; without a reason, offers the reasons as buttons."""
    if turn.intent == "feedback_up":
        dispatcher.utter_message(text=text("feedback_thanks_up", language))
        return
    reason = reason_in(turn.text)
    if reason:
        noted = text(f"reason_{reason}", language).lower()
        dispatcher.utter_message(text=text("feedback_thanks_down", language, reasons=noted))
        return
    choices = [button(f"reason_{name}", language) for name in REASONS if name != "other"]
    dispatcher.utter_message(text=text("feedback_thanks_down_open", language), buttons=choices)
