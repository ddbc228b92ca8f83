"""Out: Rasa's messages to what the widget gets (contract in ARCHITECTURE.md)."""

from __future__ import annotations

import logging
from typing import Any

from ...errors import Unavailable
from ...rasa_client import RasaMessage

log = logging.getLogger(__name__)


def render(messages: list[RasaMessage]) -> list[dict[str, Any]]:
    """Raises Unavailable where knowledge can't be reached or nothing was said: the user should try again."""
    rendered = [shown for message in messages if (shown := _rendered(message))]
    if not rendered:
        log.error("rasa said nothing that can be shown")
        raise Unavailable
    return rendered


def _rendered(message: RasaMessage) -> dict[str, Any] | None:
    kind = message.custom and message.custom.get("type")
    if kind == "unavailable":
        raise Unavailable
    if kind == "answer":
        return message.custom
    if not message.text:
        return None
    rendered: dict[str, Any] = {"type": "text", "text": message.text}
    if message.buttons:
        rendered["buttons"] = [button.model_dump() for button in message.buttons]
    return rendered
