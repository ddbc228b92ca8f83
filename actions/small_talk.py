"""action_small_talk: a greeting, thanks, goodbye, or what Rådgivaren can do. The only replies without knowledge."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.language import reply_language
from actions.texts import text
from actions.turn import turn_of

SPOKEN_INTENTS = frozenset({"greet", "thanks", "bye", "capabilities"})


class SmallTalk(Action):
    def name(self) -> str:
        return "action_small_talk"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict) -> list[EventType]:
        intent = turn_of(tracker).intent
        key = intent if intent in SPOKEN_INTENTS else "capabilities"
        dispatcher.utter_message(text=text(key, reply_language(tracker)))
        return []
