"""A member of the workspace who writes, presses buttons and fills in forms. Every act is signed traffic."""

from __future__ import annotations

from typing import Any, Protocol

import httpx

from . import block_kit, traffic
from .traffic import Delivery
from .workspace import Member, Message, Workspace

EVENTS = "/channels/slack/events"


class Line(Protocol):
    """The way from Slack to the gateway."""

    def send(self, delivery: Delivery) -> httpx.Response: ...


class HttpLine:
    """Requests from outside, as with an open door."""

    def __init__(self, gateway: str, secret: str) -> None:
        self._secret = secret
        # A connection for each request: one that was kept might be closed by the server just as it is used again.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._http = httpx.Client(base_url=gateway, trust_env=False, timeout=30, limits=limits)

    def send(self, delivery: Delivery, *, at: float | None = None, secret: str = "") -> httpx.Response:
        headers = delivery.headers(secret or self._secret, at)
        return self._http.post(EVENTS, content=delivery.body, headers=headers)

    def close(self) -> None:
        self._http.close()


class Person:
    def __init__(self, member: Member, workspace: Workspace, line: Line, sim_url: str) -> None:
        self.member, self._workspace, self._line, self._sim = member, workspace, line, sim_url

    def says(self, text: str, channel: str = "", *, thread: str = "") -> Message:
        """A message: in the direct messages without `channel`. Whoever names the bot in a channel mentions it."""
        direct = not channel or channel.startswith("D")
        place = channel or self.member.im
        message = {"user": self.member.id, "text": text, "team": traffic.TEAM}
        kept = self._workspace.post(place, message | ({"thread_ts": thread} if thread else {}))
        if direct or f"<@{traffic.BOT_USER}>" in text:
            self._line.send(traffic.envelope(self.event(kept, place)))
        return kept

    def event(self, message: Message, channel: str) -> dict[str, Any]:
        """The event that Slack makes of a message."""
        direct = channel.startswith("D")
        kind = {"type": "message", "channel_type": "im"} if direct else {"type": "app_mention"}
        return {**message, **kind, "channel": channel, "event_ts": message["ts"]}

    def commands(self, text: str, channel: str) -> httpx.Response:
        """/radgivaren, with text behind it or without."""
        delivery = traffic.command(self.member.id, channel, text, self._response_url(channel))
        return self._line.send(delivery)

    def presses(self, channel: str, message: Message, action_id: str) -> httpx.Response:
        """The first button of a message whose action_id begins so."""
        block_id, element = next(
            (block, found)
            for block, found in block_kit.elements_of(message["blocks"])
            if found["action_id"].startswith(action_id)
        )
        url = self._response_url(channel)
        payload = traffic.button_press(self.member.id, channel, message, element, block_id, url)
        return self._interacts(payload)

    def asks_about(self, channel: str, message: Message, callback_id: str = "ask_about_message") -> httpx.Response:
        """The message shortcut "Fråga Rådgivaren"."""
        url = self._response_url(channel)
        return self._interacts(traffic.message_shortcut(self.member.id, channel, message, url, callback_id))

    def opens_home(self, tab: str = "home") -> httpx.Response:
        event: dict[str, Any] = {
            "type": "app_home_opened",
            "user": self.member.id,
            "channel": self.member.im,
            "tab": tab,
            "event_ts": traffic.stamp(),
        }
        return self._line.send(traffic.envelope(event))

    def chooses_at_home(self, action_id: str, value: str) -> httpx.Response:
        view, block_id, element = self._at_home(action_id)
        option = next(option for option in element["options"] if option["value"] == value)
        return self._interacts(traffic.home_action(self.member.id, view, element, block_id, selected_option=option))

    def presses_at_home(self, action_id: str) -> httpx.Response:
        view, block_id, element = self._at_home(action_id)
        return self._interacts(traffic.home_action(self.member.id, view, element, block_id, value=element["value"]))

    def _at_home(self, action_id: str) -> tuple[dict[str, Any], str, dict[str, Any]]:
        view = self._workspace.homes[self.member.id]
        found = ((block, one) for block, one in block_kit.elements_of(view["blocks"]) if one["action_id"] == action_id)
        return view, *next(found)

    def submits(self, **entered: Any) -> httpx.Response:
        """The open dialog, with what was entered by action_id: a text, a value, a list of values."""
        view = self._workspace.views[self.member.id]
        values: dict[str, Any] = {}
        for block_id, element in block_kit.elements_of(view["blocks"]):
            values.setdefault(block_id, {})[element["action_id"]] = _state(element, entered.get(element["action_id"]))
        response = self._interacts(traffic.submission(self.member.id, view, values))
        if response.status_code == 200 and (not response.content or response.json().get("response_action") != "errors"):
            self._workspace.views.pop(self.member.id, None)
        return response

    @property
    def dialog(self) -> dict[str, Any] | None:
        return self._workspace.views.get(self.member.id)

    def _interacts(self, payload: dict[str, Any]) -> httpx.Response:
        self._workspace.triggers[payload["trigger_id"]] = self.member.id
        return self._line.send(traffic.interaction(payload))

    def _response_url(self, channel: str) -> str:
        return self._workspace.new_response_url(self._sim, channel, self.member.id)


def _state(element: dict[str, Any], entered: Any) -> dict[str, Any]:
    """An input's state as Slack sends it; without an entry, what the element began with."""
    kind = element["type"]
    if kind == "plain_text_input":
        return {"type": kind, "value": element.get("initial_value") if entered is None else entered or None}
    if kind == "checkboxes":
        if entered is None:
            return {"type": kind, "selected_options": element.get("initial_options", [])}
        return {"type": kind, "selected_options": [o for o in element["options"] if o["value"] in entered]}
    chosen = [o for o in element["options"] if o["value"] == entered]
    return {"type": kind, "selected_option": chosen[0] if chosen else element.get("initial_option")}
