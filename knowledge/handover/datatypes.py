"""Hand-overs and what was answered to them, as plain values. Times are UTC."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class HandoverState(StrEnum):
    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"  # without an answer: a duplicate, or the official needs none any longer


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class Way(StrEnum):
    """How the official wants to be reached."""

    HERE = "here"  # in the conversation
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Reply:
    n: int
    text: str
    by_name: str
    answered_at: dt.datetime
    way: Way
    state: DeliveryState
    detail: str
    ended_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class CitedSource:
    n: int
    passage_id: str
    passage_version: str
    url: str
    quote: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked, redacted, and what was answered."""

    answer_id: str
    asked_at: dt.datetime
    question: str
    status: str
    text: str
    language: str
    citations: tuple[CitedSource, ...] = ()


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A hand-over in a list. `question` is the one that it is about, where there is one."""

    id: str
    reference: str
    asked_at: dt.datetime
    municipality: str
    way: Way
    state: HandoverState
    question: str


@dataclass(frozen=True, slots=True)
class Handover:
    id: str
    reference: str
    asked_at: dt.datetime
    conversation_id: str | None
    channel: str
    language: str
    answer_id: str | None
    way: Way
    contact: str
    municipality: str
    message: str
    state: HandoverState
    turns: tuple[Turn, ...] = ()
    replies: tuple[Reply, ...] = ()

    @property
    def about(self) -> Turn | None:
        """The turn that it is about: the one named, or the latest."""
        named = next((turn for turn in self.turns if turn.answer_id == self.answer_id), None)
        return named or (self.turns[-1] if self.turns else None)

    @property
    def is_reachable(self) -> bool:
        """Whether an answer "here" has anywhere to go."""
        return self.way is not Way.HERE or self.conversation_id is not None


@dataclass(frozen=True, slots=True)
class HandoverPage:
    rows: tuple[HandoverRow, ...]
    total: int
    waiting: int  # whatever the filter


@dataclass(frozen=True, slots=True)
class Delivery:
    """An answer on its way to the official."""

    n: int
    conversation_id: str | None
    channel: str
    reference: str
    text: str
    language: str
    answered_at: dt.datetime
    to: str = ""  # the address, for e-mail
