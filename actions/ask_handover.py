"""action_ask_<slot>: the questions of the hand-over form."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.language import reply_language
from actions.texts import button, text

BUTTONS = {
    "contact_way": ["button_email", "button_phone", "button_here", "button_cancel"],
    "contact": ["button_cancel"],
    "handover_municipality": ["button_cancel"],
    "consent": ["button_yes", "button_no"],
}


class AskHandover(Action):
    """Asks for one of the form's slots."""

    def __init__(self, slot: str) -> None:
        self._slot = slot

    def name(self) -> str:
        return f"action_ask_{self._slot}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict) -> list[EventType]:
        language = reply_language(tracker)
        question = f"ask_contact_{tracker.get_slot('contact_way')}" if self._slot == "contact" else f"ask_{self._slot}"
        choices = [button(key, language) for key in BUTTONS[self._slot]]
        municipality = tracker.get_slot("municipality")
        if self._slot == "handover_municipality" and municipality:
            choices.insert(0, button("button_place", language, municipality=municipality))
        dispatcher.utter_message(text=text(question, language), buttons=choices)
        return []
