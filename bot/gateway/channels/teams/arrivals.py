"""In: a verified activity, to the work that it asks for."""

from __future__ import annotations

import hashlib
import html
import json
import re
from dataclasses import dataclass
from typing import Any

from microsoft_agents.activity import Activity

from .controls import HAND_OVER

ASK, PRESS, WELCOME, FILES = "ask", "press", "welcome", "files"
_TAG = re.compile(r"</?at\b[^>]*>", re.IGNORECASE)
_THREAD = ";messageid="
_CARD_ACTION = "adaptiveCard/action"


@dataclass(frozen=True, slots=True)
class Arrival:
    """`event_id` is the same for what must be done once; `line` for what must be done in order."""

    event_id: str
    line: str
    work: dict[str, Any]


def arrival(activity: Activity) -> Arrival | None:
    """None where nothing is to be done: reactions, edits, people who come and go."""
    found = _asked_for(activity)
    if found is None:
        return None
    work = _origin(activity) | found
    return Arrival(_event_id(activity, work), activity.conversation.id, work)


def _asked_for(activity: Activity) -> dict[str, Any] | None:
    if activity.type == "message":
        return _of_message(activity)
    if activity.type == "invoke" and activity.name == _CARD_ACTION:
        return {"kind": PRESS, "data": pressed(activity)}
    if activity.type == "conversationUpdate" and _bot_was_added(activity):
        return {"kind": WELCOME}
    return None


def _of_message(activity: Activity) -> dict[str, Any]:
    value = activity.value if isinstance(activity.value, dict) else {}
    text = _words(activity)
    if value.get("verb", "ask") != "ask":
        return {"kind": PRESS, "data": value}  # from a client without Action.Execute
    if text:
        return {"kind": ASK, "text": text}
    files = [one for one in activity.attachments or () if one.content_type != "text/html"]
    return {"kind": FILES if files else WELCOME}


def _words(activity: Activity) -> str:
    """Without the mention of us. Teams writes "<" as "&lt;" and a blank as "&nbsp;", also in plain text."""
    return html.unescape(_TAG.sub("", activity.remove_recipient_mention())).replace("\u00a0", " ").strip()


def _bot_was_added(activity: Activity) -> bool:
    us = activity.recipient.id if activity.recipient else None
    return any(member.id == us for member in activity.members_added or ())


def pressed(activity: Activity) -> dict[str, Any]:
    """The data of the button of an `adaptiveCard/action`, with the fields beside it; empty where there is none."""
    value = activity.value if isinstance(activity.value, dict) else {}
    action = value.get("action")
    if not isinstance(action, dict):
        return {}
    data = action.get("data")
    return {"verb": action.get("verb")} | (data if isinstance(data, dict) else {})


def _origin(activity: Activity) -> dict[str, Any]:
    """Where it came from: what an answer needs, and no name of anybody."""
    conversation = activity.conversation
    kind = conversation.conversation_type or ("groupChat" if conversation.is_group else "personal")
    card_id = activity.reply_to_id or ""
    is_press = activity.type == "invoke" or isinstance(activity.value, dict)
    return {
        "user": (activity.from_property.aad_object_id or activity.from_property.id),
        "language": activity.locale or "",
        "shared": kind != "personal",
        "channel": kind == "channel",
        "card_id": card_id,
        "parts": _conversation_parts(activity),
        "address": {
            "channelId": "msteams",
            "serviceUrl": activity.service_url,
            "activityId": card_id if is_press and card_id else activity.id if activity.type == "message" else None,
            "conversation": {
                "id": conversation.id,
                "conversationType": kind,
                "tenantId": conversation.tenant_id or "",
            },
            "bot": {"id": activity.recipient.id if activity.recipient else ""},
        },
    }


def _conversation_parts(activity: Activity) -> list[str]:
    """What a conversation is: a channel's thread; of a chat, which never ends, a day."""
    parts = [activity.conversation.tenant_id or "", activity.conversation.id]
    if _THREAD in activity.conversation.id:
        return parts
    moment = activity.local_timestamp or activity.timestamp
    return [*parts, moment.date().isoformat() if moment else ""]


def _event_id(activity: Activity, work: dict[str, Any]) -> str:
    """Teams gives each press an id of its own: the same form, sent twice by the same person, is one hand-over."""
    if work["kind"] == PRESS and work["data"].get("verb") == HAND_OVER:
        sent = json.dumps([work["card_id"], work["user"], work["data"]], sort_keys=True)
        return f"{activity.conversation.id} {hashlib.sha256(sent.encode()).hexdigest()}"
    return f"{activity.conversation.id} {activity.id}"
