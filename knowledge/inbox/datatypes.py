"""The nouns of the inbox as plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any


class Kind(StrEnum):
    """Why something came into the inbox. Each has a label in the console's texts (tested)."""

    UNANSWERED = "unanswered"  # no_support: in the subject, and nothing supports an answer
    LOW_SUPPORT = "low_support"  # answered, with little support
    THUMBS_DOWN = "thumbs_down"
    HANDED_OVER = "handed_over"
    VALIDITY = "validity"  # rests on a repealed or amended section without saying so
    GONE_SOURCE = "gone_source"
    EXPIRED_ANSWER = "expired_answer"
    REVIEW_DUE = "review_due"

    @property
    def is_question(self) -> bool:
        """Whether an official asked something: only then can others be like it."""
        return self in (Kind.UNANSWERED, Kind.LOW_SUPPORT, Kind.THUMBS_DOWN, Kind.HANDED_OVER)


class SubjectKind(StrEnum):
    """What an item is about; `subject_id` is its key."""

    ANSWER = "answer"
    HANDOVER = "handover"
    PASSAGE = "passage"
    REFINED_ANSWER = "refined_answer"
    SOURCE = "source"


class ItemState(StrEnum):
    NEW = "new"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DISMISSED = "dismissed"

    @property
    def is_open(self) -> bool:
        return self in (ItemState.NEW, ItemState.IN_PROGRESS)


class Importance(IntEnum):
    LOW = 1
    NORMAL = 2
    HIGH = 3


class What(StrEnum):
    """What a row of an item's history tells."""

    OPENED = "opened"
    AGAIN = "again"  # another cause of the same, while the item was open
    CHANGED = "changed"
    SETTLED = "settled"  # the cause is gone


@dataclass(frozen=True, slots=True)
class NewItem:
    """`detail` is what is known of the cause: the same detail again is the same cause, and opens nothing."""

    kind: Kind
    subject_kind: SubjectKind
    subject_id: str
    question: str
    language: str = "sv"
    municipality: str | None = None
    topics: tuple[str, ...] = ()
    importance: Importance = Importance.NORMAL
    detail: Mapping[str, Any] = field(default_factory=dict)
    answer_id: str | None = None  # where the subject is not the answer itself


@dataclass(frozen=True, slots=True)
class Item:
    """`revision` grows with every change: whoever saves names the one that they read."""

    id: str
    kind: Kind
    subject_kind: SubjectKind
    subject_id: str
    answer_id: str | None
    question: str
    language: str
    municipality: str | None
    topics: tuple[str, ...]
    detail: Mapping[str, Any]
    times: int
    importance: Importance
    state: ItemState
    assignee: str | None
    assignee_name: str
    note: str
    group_id: str
    revision: int
    opened_at: dt.datetime
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """`by` is empty where the service itself did it. Of a change, `detail` is field -> [before, after]."""

    at: dt.datetime
    by: str
    by_name: str
    what: What
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """Who changes something: a key that holds, and the name as it is today."""

    id: str
    name: str


NOBODY = Person("", "")


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of items. None leaves a thing as it is; an assignee NOBODY takes the assignee away."""

    state: ItemState | None = None
    assignee: Person | None = None
    importance: Importance | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """An item as someone saw it before deciding."""

    id: str
    revision: int


@dataclass(frozen=True, slots=True)
class SeenGroup:
    """The open items of a group as someone saw them: up to which, and the mark of their revisions."""

    id: str
    last: str
    mark: str
