"""A workspace in memory: who is there, what was written, which dialogs are open. What Slack keeps, and no more."""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass, field
from typing import Any

from . import traffic

Message = dict[str, Any]


@dataclass(slots=True)
class Member:
    id: str
    name: str
    locale: str = "sv-SE"

    @property
    def im(self) -> str:
        """The channel of the member's direct messages with the bot."""
        return f"D{self.id[1:]}"


@dataclass(slots=True)
class Channel:
    id: str
    name: str
    bot_is_member: bool = True
    messages: list[Message] = field(default_factory=list)


@dataclass(slots=True)
class Faults:
    """What the Web API should do wrong, counted down."""

    rate_limited: int = 0
    retry_after_s: int = 1
    errors: list[str] = field(default_factory=list)  # the error of the next calls, whatever the method
    server_errors: int = 0
    expired_response_urls: bool = False
    good_calls: dict[str, int] = field(default_factory=dict)  # a method that fails once after so many good calls


class Workspace:
    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.reset()

    def reset(self) -> None:
        with self.lock:
            self.members = {m.id: m for m in (Member("U0MARIA01", "Maria"), Member("U0JOHN001", "John", "en-GB"))}
            self.channels = {"C0SOCIAL1": Channel("C0SOCIAL1", "socialtjansten")}
            self.channels |= {m.im: Channel(m.im, f"dm-{m.name.lower()}") for m in self.members.values()}
            self.views: dict[str, dict[str, Any]] = {}
            self.homes: dict[str, dict[str, Any]] = {}
            self.response_urls: dict[str, tuple[str, str]] = {}  # id -> channel, user
            self.calls: list[tuple[str, dict[str, Any]]] = []
            self.faults = Faults()
            self.triggers: dict[str, str] = {}  # who may open a dialog with it, once

    def join(self, member: Member) -> None:
        """A new member, who has not written to the bot yet."""
        with self.lock:
            self.members[member.id] = member
            self.channels[member.im] = Channel(member.im, f"dm-{member.name.lower()}")

    def post(self, channel: str, message: Message) -> Message:
        """Keeps a message under a ts of its own."""
        with self.lock:
            kept = {"type": "message", "ts": traffic.stamp(), **message}
            self.channels[channel].messages.append(kept)
            return kept

    def find(self, channel: str, ts: str) -> Message:
        with self.lock:
            return next(m for m in self.channels[channel].messages if m["ts"] == ts)

    def messages(self, channel: str, *, by_bot: bool = True, seen_by: str = "") -> list[Message]:
        """The channel's messages; ephemeral ones only for the member who sees them."""
        with self.lock:
            return [
                m
                for m in self.channels[channel].messages
                if bool(m.get("bot_id")) == by_bot and (not m.get("is_ephemeral") or m["seen_by"] == seen_by)
            ]

    def open_view(self, user: str, view: dict[str, Any]) -> dict[str, Any]:
        with self.lock:
            opened = {
                "id": f"V{uuid.uuid4().hex[:10].upper()}",
                "hash": traffic.stamp(),
                "team_id": traffic.TEAM,
            } | view
            self.views[user] = opened
            return opened

    def publish_home(self, user: str, view: dict[str, Any]) -> dict[str, Any]:
        with self.lock:
            published = {"id": f"VH{user}", "hash": traffic.stamp(), "team_id": traffic.TEAM} | view
            self.homes[user] = published
            return published

    def new_response_url(self, base: str, channel: str, user: str) -> str:
        with self.lock:
            key = uuid.uuid4().hex
            self.response_urls[key] = (channel, user)
            return f"{base}/response/{key}"

    def fail_after(self, method: str, good_calls: int) -> None:
        """The method works so many times, fails once, and works again."""
        with self.lock:
            self.faults.good_calls[method] = good_calls

    def called(self, method: str) -> list[dict[str, Any]]:
        with self.lock:
            return [body for name, body in self.calls if name == method]
