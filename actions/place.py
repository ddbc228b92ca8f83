"""The municipality or county that the conversation is about: the one named last."""

from __future__ import annotations

from typing import Any, NamedTuple

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet


class Place(NamedTuple):
    municipality: str | None
    county: str | None

    def changes(self, tracker: Tracker) -> list[EventType]:
        """What the slots must be set to."""
        return [SlotSet(name, value) for name, value in self._asdict().items() if tracker.get_slot(name) != value]


def place_of(tracker: Tracker) -> Place:
    """The place in the message, else the one that the conversation had."""
    named = outermost((tracker.latest_message or {}).get("entities") or [])
    if not named:
        return Place(tracker.get_slot("municipality"), tracker.get_slot("county"))
    return Place(named.get("municipality"), named.get("county"))


def outermost(entities: list[dict[str, Any]]) -> dict[str, str]:
    """Value by kind of place, without names inside longer ones: "Stockholms län" is not also Stockholm."""
    places = [entity for entity in entities if entity.get("entity") in Place._fields]

    def is_inside(inner: dict[str, Any], outer: dict[str, Any]) -> bool:
        span, outer_span = range(inner["start"], inner["end"]), range(outer["start"], outer["end"])
        return len(outer_span) > len(span) and outer_span.start <= span.start and span.stop <= outer_span.stop

    return {
        place["entity"]: str(place["value"])
        for place in places
        if not any(is_inside(place, other) for other in places if other is not place)
    }
