"""action_hand_over: after the form, the question goes to the advisers, or the user hears why it does not."""

from __future__ import annotations

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answering import give_answer
from actions.errors import KnowledgeRefused, KnowledgeUnavailable
from actions.knowledge_client import KnowledgeClient
from actions.language import reply_language
from actions.texts import button, text
from actions.turn import turn_of

logger = logging.getLogger(__name__)

FORM_SLOTS = ("contact_way", "contact", "handover_municipality", "consent")


class HandOver(Action):
    def __init__(self, knowledge: KnowledgeClient) -> None:
        self._knowledge = knowledge

    def name(self) -> str:
        return "action_hand_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict) -> list[EventType]:
        language, left = reply_language(tracker), tracker.get_slot("handover_exit")
        again = [button("button_continue", language)]
        if left == "question":
            events = await give_answer(self._knowledge, dispatcher, tracker)
            dispatcher.utter_message(text=text("handover_paused", language), buttons=again)
            return [*events, SlotSet("handover_exit", None)]
        if left:
            dispatcher.utter_message(text=text(f"handover_{left}", language))
            return emptied()
        try:
            reference = await self._knowledge.hand_over(handover_from(tracker))
        except KnowledgeUnavailable as error:
            logger.warning("A hand-over failed: %s", error)
            dispatcher.utter_message(text=text("handover_unavailable", language), buttons=again)
            return []
        except KnowledgeRefused as error:
            logger.warning("Knowledge refused a hand-over: %s", error)
            own_words = error.text if language == "sv" else error.text_en
            dispatcher.utter_message(text=own_words or text("handover_refused", language))
            return emptied()
        dispatcher.utter_message(text=text("handover_done", language, reference=reference))
        return emptied()


def handover_from(tracker: Tracker) -> dict[str, Any]:
    handover = {
        "conversation_id": turn_of(tracker).conversation_id,
        "answer_id": tracker.get_slot("last_answer_id"),
        "contact_way": tracker.get_slot("contact_way"),
        "contact": tracker.get_slot("contact") or "",
        "municipality": tracker.get_slot("handover_municipality"),
        "consent": tracker.get_slot("consent") == "yes",
    }
    return {name: value for name, value in handover.items() if value is not None}


def emptied() -> list[EventType]:
    """The form as new: contact details are not kept longer than needed."""
    return [SlotSet(slot, None) for slot in (*FORM_SLOTS, "handover_exit")]
