"""What the gateway sent with the message that an action is to deal with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker


@dataclass(frozen=True)
class Turn:
    text: str
    conversation_id: str
    channel: str | None
    channel_language: str | None
    intent: str | None


def turn_of(tracker: Tracker) -> Turn:
    """The latest message and what is known about it."""
    message: dict[str, Any] = tracker.latest_message or {}
    metadata: dict[str, Any] = message.get("metadata") or {}
    return Turn(
        text=message.get("text") or "",
        conversation_id=metadata.get("conversation_id") or tracker.sender_id,
        channel=metadata.get("channel"),
        channel_language=metadata.get("language"),
        intent=(message.get("intent") or {}).get("name"),
    )
