"""What Slack sends: events, commands and interactions, shaped and signed as Slack does."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
TEAM, APP, BOT_USER, BOT = "T0RADGIV1", "A0RADGIV1", "U0RADBOT1", "B0RADBOT1"
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request of Slack's, before it is signed."""

    body: bytes
    content_type: str

    def headers(self, secret: str, at: float | None = None) -> dict[str, str]:
        stamp = str(int(time.time() if at is None else at))
        signed = b"v0:" + stamp.encode() + b":" + self.body
        signature = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        return {
            "content-type": self.content_type,
            "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={signature}",
        }


def envelope(event: dict[str, Any], *, event_id: str = "", team: str = TEAM, bot_user: str = BOT_USER) -> Delivery:
    """An event of the Events API."""
    known = event_id or f"Ev{next(_numbers):08d}{time.time_ns() % 10**6:06d}"
    body = {
        "token": "deprecated-verification-token",
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": known,
        "event_time": int(float(event.get("event_ts") or event.get("ts") or time.time())),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team,
                "user_id": bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": "4-eyJldCI6Im1lc3NhZ2UifQ",
    }
    return Delivery(json.dumps(body).encode(), JSON)


def command(user: str, channel: str, text: str, response_url: str, *, team: str = TEAM) -> Delivery:
    fields = {
        "token": "deprecated-verification-token",
        "team_id": team,
        "team_domain": "kommunen",
        "channel_id": channel,
        "channel_name": "socialtjansten",
        "user_id": user,
        "user_name": "maria",
        "command": "/radgivaren",
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger(),
    }
    return Delivery(urlencode(fields).encode(), FORM)


def interaction(payload: dict[str, Any]) -> Delivery:
    return Delivery(urlencode({"payload": json.dumps(payload)}).encode(), FORM)


def trigger() -> str:
    return f"{time.time_ns() // 10**6}.{next(_numbers)}.{hashlib.sha256(str(time.time_ns()).encode()).hexdigest()[:32]}"


def stamp() -> str:
    """A message's ts: seconds with six decimals, never the same twice."""
    now = time.time()
    return f"{int(now)}.{int(now * 1e3) % 1000:03d}{next(_numbers) % 1000:03d}"


def _person(user: str, team: str) -> dict[str, str]:
    return {"id": user, "username": "maria", "name": "maria", "team_id": team}


def button_press(
    user: str, channel: str, message: dict[str, Any], element: dict[str, Any], block_id: str, response_url: str
) -> dict[str, Any]:
    """A block_actions payload for a button of a message."""
    ephemeral = bool(message.get("is_ephemeral"))
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel,
        "is_ephemeral": ephemeral,
        **({"thread_ts": message["thread_ts"]} if message.get("thread_ts") else {}),
    }
    pressed = {key: value for key, value in element.items() if key in ("type", "action_id", "text", "value")}
    return {
        "type": "block_actions",
        "user": _person(user, TEAM),
        "api_app_id": APP,
        "token": "deprecated-verification-token",
        "container": container,
        "trigger_id": trigger(),
        "team": {"id": TEAM, "domain": "kommunen"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": channel, "name": "directmessage" if channel.startswith("D") else "socialtjansten"},
        **({} if ephemeral else {"message": message}),
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [pressed | {"block_id": block_id, "action_ts": stamp()}],
    }


def home_action(
    user: str, view: dict[str, Any], element: dict[str, Any], block_id: str, **chosen: Any
) -> dict[str, Any]:
    """A block_actions payload for an element of the App Home."""
    return {
        "type": "block_actions",
        "user": _person(user, TEAM),
        "api_app_id": APP,
        "token": "deprecated-verification-token",
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": trigger(),
        "team": {"id": TEAM, "domain": "kommunen"},
        "enterprise": None,
        "is_enterprise_install": False,
        "view": view,
        "actions": [
            {
                "type": element["type"],
                "action_id": element["action_id"],
                "block_id": block_id,
                "action_ts": stamp(),
                **chosen,
            }
        ],
    }


def message_shortcut(
    user: str, channel: str, message: dict[str, Any], response_url: str, callback_id: str
) -> dict[str, Any]:
    return {
        "type": "message_action",
        "token": "deprecated-verification-token",
        "action_ts": stamp(),
        "team": {"id": TEAM, "domain": "kommunen"},
        "user": _person(user, TEAM),
        "channel": {"id": channel, "name": "socialtjansten"},
        "is_enterprise_install": False,
        "enterprise": None,
        "callback_id": callback_id,
        "trigger_id": trigger(),
        "response_url": response_url,
        "message_ts": message["ts"],
        "message": message,
    }


def submission(user: str, view: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """A view_submission payload; `values` are the inputs' states by block and action."""
    return {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "kommunen"},
        "user": _person(user, TEAM),
        "api_app_id": APP,
        "token": "deprecated-verification-token",
        "trigger_id": trigger(),
        "view": view | {"state": {"values": values}},
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }
