"""Rasa's memory of conversations: recent ones only, and of each only what the dialogue needs next.

Knowledge keeps the conversation itself. Rasa needs the slots, an unfinished form and the last turns; keeping more made
every turn of a long conversation dearer (the whole tracker is read, replayed and sent to the action server at each
turn) and let memory grow without bound.
"""

import json
from collections import OrderedDict
from typing import Any, Dict, Iterable, List, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


class RecentTrackers(TrackerStore):
    """Keeps the `max_conversations` latest conversations, each with its `kept_turns` latest turns."""

    def __init__(
        self,
        domain: Optional[Domain],
        event_broker: Optional[EventBroker] = None,
        max_conversations: int = 5000,
        kept_turns: int = 3,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._max_conversations = max_conversations
        self._kept_turns = kept_turns
        self._conversations: "OrderedDict[str, str]" = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        events = [without_payload(event).as_dict() for event in recent_events(tracker, self._kept_turns)]
        self._conversations[tracker.sender_id] = json.dumps({"name": tracker.sender_id, "events": events})
        self._conversations.move_to_end(tracker.sender_id)
        while len(self._conversations) > self._max_conversations:
            self._conversations.popitem(last=False)

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        kept = self._conversations.get(sender_id)
        return self.deserialise_tracker(sender_id, kept) if kept else None

    async def delete(self, sender_id: str) -> None:
        self._conversations.pop(sender_id, None)

    async def keys(self) -> Iterable[str]:
        return list(self._conversations)


def recent_events(tracker: DialogueStateTracker, kept_turns: int) -> List[Event]:
    """The latest turns, preceded by the slots as they are; everything while a form is open."""
    events = list(tracker.events)
    turns = [position for position, event in enumerate(events) if isinstance(event, UserUttered)]
    if tracker.active_loop_name or len(turns) <= kept_turns:
        return events
    start: List[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    slots = [SlotSet(name, slot.value) for name, slot in tracker.slots.items() if slot.value != slot.initial_value]
    return [*start, *slots, ActionExecuted(ACTION_LISTEN_NAME), *events[turns[-kept_turns] :]]


def without_payload(event: Event) -> Event:
    """A bot message without the answer it carried: knowledge keeps that, and the dialogue never reads it."""
    if not isinstance(event, BotUttered) or not (event.data or {}).get("custom"):
        return event
    data: Dict[str, Any] = {**event.data, "custom": {"type": event.data["custom"].get("type")}}
    return BotUttered(event.text, data, event.metadata, event.timestamp)
