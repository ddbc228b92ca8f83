"""action_change_language: Swedish or English from now on."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.language import as_language, reply_language, wished
from actions.texts import button, text
from actions.turn import turn_of


class ChangeLanguage(Action):
    def name(self) -> str:
        return "action_change_language"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict) -> list[EventType]:
        turn = turn_of(tracker)
        language = as_language(wished(turn.text))
        if language is None:
            now = reply_language(tracker)
            choices = [button("button_swedish", now), button("button_english", now)]
            dispatcher.utter_message(text=text("language_unclear", now), buttons=choices)
            return []
        dispatcher.utter_message(text=text("language_changed", language))
        return [SlotSet("language", language), SlotSet("language_overrides", turn.channel_language)]
