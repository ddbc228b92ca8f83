"""Where a question comes from and its answer goes: direct messages, a channel's thread, or one person's eyes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Kind = Literal["direct", "thread", "ephemeral"]


@dataclass(frozen=True, slots=True)
class Place:
    kind: Kind
    team: str
    enterprise: str
    user: str
    channel: str  # where a direct message is not known yet, the user's id: Slack takes it for the channel
    thread: str = ""
    response_url: str = ""

    @property
    def private(self) -> bool:
        """Whether only the person who asks reads here."""
        return self.kind != "thread"

    @property
    def conversation(self) -> tuple[str, ...]:
        """What names the conversation: its history is what was asked here before."""
        if self.kind == "thread":
            return (self.team, self.channel, self.thread)
        if self.kind == "ephemeral":
            return (self.team, self.channel, "command", self.user)
        return (self.team, "direct", self.user, *((self.thread,) if self.thread else ()))

    def in_direct_messages(self) -> Place:
        """The person's direct messages, where the place itself can't be written to."""
        return replace(self, kind="direct", channel=self.user, thread="", response_url="")

    def values(self) -> dict[str, Any]:
        return asdict(self)


def of_message(body: dict[str, Any], event: dict[str, Any]) -> Place:
    """Of a message event: in a channel its thread, in direct messages the thread only where there is one already."""
    team, enterprise = _ids(body)
    direct = event.get("channel_type") == "im"
    thread = str(event.get("thread_ts") or ("" if direct else event.get("ts") or ""))
    return Place("direct" if direct else "thread", team, enterprise, str(event["user"]), str(event["channel"]), thread)


def of_command(body: dict[str, Any]) -> Place:
    team, enterprise = _ids(body)
    url = str(body.get("response_url") or "")
    return Place("ephemeral", team, enterprise, str(body["user_id"]), str(body["channel_id"]), "", url)


def of_press(body: dict[str, Any]) -> Place:
    """Of a button in a message, or in the App Home (then: direct messages)."""
    team, enterprise = _ids(body)
    user = str(body["user"]["id"])
    container = body.get("container") or {}
    channel = str(container.get("channel_id") or (body.get("channel") or {}).get("id") or "")
    if not channel:
        return Place("direct", team, enterprise, user, user)
    thread = str(container.get("thread_ts") or (body.get("message") or {}).get("thread_ts") or "")
    url = str(body.get("response_url") or "")
    if channel.startswith("D"):
        return Place("direct", team, enterprise, user, channel, thread)
    if container.get("is_ephemeral"):
        return Place("ephemeral", team, enterprise, user, channel, "", url)
    return Place("thread", team, enterprise, user, channel, thread or str(container.get("message_ts") or ""))


def of_shortcut(body: dict[str, Any]) -> Place:
    """The thread of the message that the shortcut was used on."""
    team, enterprise = _ids(body)
    message, channel = body.get("message") or {}, str((body.get("channel") or {}).get("id") or "")
    thread = str(message.get("thread_ts") or message.get("ts") or "")
    kind: Kind = "direct" if channel.startswith("D") else "thread"
    return Place(kind, team, enterprise, str(body["user"]["id"]), channel, thread)


def of_person(body: dict[str, Any], user: str) -> Place:
    team, enterprise = _ids(body)
    return Place("direct", team, enterprise, user, user)


def _ids(body: dict[str, Any]) -> tuple[str, str]:
    """Workspace and organisation. In an interaction of an organisation's app, `team` may be null."""
    team, enterprise = body.get("team") or {}, body.get("enterprise") or {}
    authorized = (body.get("authorizations") or [{}])[0]
    team_id = body.get("team_id") or team.get("id") or (body.get("user") or {}).get("team_id") or ""
    enterprise_id = authorized.get("enterprise_id") or body.get("enterprise_id") or enterprise.get("id") or ""
    return str(team_id), str(enterprise_id)
