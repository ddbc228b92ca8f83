"""validate_handover_form: takes a reply into the form, asks again, or leaves the form."""

from __future__ import annotations

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.handover_replies import read_reply
from actions.language import reply_language
from actions.places import Municipalities
from actions.texts import text
from actions.turn import turn_of


class ValidateHandoverForm(FormValidationAction):
    def __init__(self, municipalities: Municipalities) -> None:
        self._municipalities = municipalities

    def name(self) -> str:
        return "validate_handover_form"

    async def required_slots(
        self, domain_slots: list[str], _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> list[str]:
        if tracker.get_slot("handover_exit"):
            return []  # nothing more is asked: the form ends and action_hand_over says why
        if tracker.get_slot("contact_way") == "here":
            return [slot for slot in domain_slots if slot != "contact"]
        return domain_slots

    def validate_contact_way(
        self, value: str | None, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> dict[str, Any]:
        return self._read("contact_way", value, dispatcher, tracker)

    def validate_contact(
        self, value: str | None, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> dict[str, Any]:
        return self._read("contact", value, dispatcher, tracker)

    def validate_handover_municipality(
        self, value: str | None, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> dict[str, Any]:
        return self._read("handover_municipality", value, dispatcher, tracker)

    def validate_consent(
        self, value: str | None, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> dict[str, Any]:
        return self._read("consent", value, dispatcher, tracker)

    def _read(self, slot: str, value: str | None, dispatcher: CollectingDispatcher, tracker: Tracker) -> dict[str, Any]:
        if value is None:
            return {slot: None}
        way = tracker.get_slot("contact_way")
        reading = read_reply(slot, value, turn_of(tracker).intent, way, self._municipalities)
        if reading.complaint:
            words = {"municipality": reading.suggestion} if reading.suggestion else {}
            dispatcher.utter_message(text=text(reading.complaint, reply_language(tracker), **words))
        exits = {"handover_exit": reading.exit} if reading.exit else {}
        return {slot: None, **reading.values, **exits}
