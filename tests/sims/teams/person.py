"""What a person does in Teams, as the activities that come of it: made from the recorded ones."""

from __future__ import annotations

import datetime as dt
import itertools
import time
import uuid
from dataclasses import dataclass
from typing import Any

import httpx

from .bot_connector import BotConnector
from .traffic import Activity, Teams, recorded


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation that the page shows."""

    name: str
    title: str
    recording: str
    mention: bool

    @property
    def conversation_id(self) -> str:
        return str(recorded(self.recording)["conversation"]["id"])


PLACES = (
    Place("personal", "Chatt med Rådgivaren", "message_personal", mention=False),
    Place("group", "Gruppchatt: Ärendegruppen", "message_group", mention=True),
    Place("channel", "Kanal: Socialtjänst › tråd", "message_channel", mention=True),
)
BY_NAME = {place.name: place for place in PLACES}


class Person:
    def __init__(self, teams: Teams, connector: BotConnector) -> None:
        self._teams, self._connector = teams, connector
        self._ids = itertools.count(int(time.time() * 1000))

    def writes(self, place: Place, text: str, locale: str) -> httpx.Response:
        mention = "<at>Rådgivaren</at>&nbsp;" if place.mention else ""
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        activity = self._at(place, text=f"{mention}{escaped}", attachments=None, id=str(next(self._ids)), locale=locale)
        self._connector.write(place.conversation_id, {"type": "message", "text": text}, by_bot=False)
        return self._teams.send(activity)

    def arrives(self, place: Place, locale: str) -> httpx.Response:
        """The bot is added to the conversation."""
        activity = recorded("conversation_update_bot_added") | self._now() | {"locale": locale}
        return self._teams.send(activity | {"conversation": recorded(place.recording)["conversation"]})

    def presses(self, place: Place, message_id: str, action: dict[str, Any], locale: str) -> httpx.Response:
        """A button, as the client turns it into an activity: Submit to a message, Execute to an invoke."""
        data = action.get("data") or {}
        if action["type"] == "Action.Execute":
            made = recorded("invoke_rate_up") | {"value": {"action": action, "trigger": "manual"}}
            return self._teams.send(self._pressed(place, made, message_id, locale))
        back = data.pop("msteams", {})
        made = recorded("message_back") | {"text": back.get("text"), "value": data}
        self._connector.write(place.conversation_id, {"type": "message", "text": back["displayText"]}, by_bot=False)
        return self._teams.send(self._pressed(place, made, message_id, locale))

    def _pressed(self, place: Place, made: Activity, message_id: str, locale: str) -> Activity:
        conversation = recorded(place.recording)["conversation"]
        return made | self._now() | {"conversation": conversation, "replyToId": message_id, "locale": locale}

    def _at(self, place: Place, **changes: Any) -> Activity:
        return {
            key: value
            for key, value in (recorded(place.recording) | self._now() | changes).items()
            if value is not None
        }

    def _now(self) -> Activity:
        now = dt.datetime.now(dt.UTC)
        return {"id": f"f:{uuid.uuid4()}", "timestamp": now.isoformat(), "localTimestamp": now.astimezone().isoformat()}
