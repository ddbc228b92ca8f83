"""Refined answers as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a version stands. DRAFT and REVIEW may be edited; the others are kept as they were."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    REPLACED = "replaced"  # a newer version was approved in its place
    RETIRED = "retired"  # was approved, and was taken out of answers


@dataclass(frozen=True, slots=True)
class Person:
    """Who did something: a key that holds, and the name as it was that day."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A question and its answer in one language. `text` names its citations as [1], [2]."""

    language: str
    question: str
    text: str
    phrasings: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.question, *self.phrasings)))


@dataclass(frozen=True, slots=True)
class RefinedCitation:
    """The passage, in the version that the editor read, and the words of it that are quoted."""

    passage_id: str
    passage_version: str
    source_url: str
    quote: str


@dataclass(frozen=True, slots=True)
class LocalAddition:
    """What holds in one municipality beside the shared answer, shown as such."""

    municipality: str
    text: str
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """All that is written and approved together."""

    wordings: tuple[Wording, ...]
    citations: tuple[RefinedCitation, ...]
    additions: tuple[LocalAddition, ...] = ()
    topics: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    next_review: dt.date | None = None

    def wording(self, language: str) -> Wording | None:
        return next((one for one in self.wordings if one.language == language), None)

    @property
    def question(self) -> str:
        return self.wordings[0].question if self.wordings else ""

    def holds_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Version:
    """One version. `written_by` is whoever last wrote, `editors` everyone who did: none of them approves it."""

    n: int
    state: State
    content: Content
    written_by: Person
    written_at: dt.datetime
    editors: tuple[str, ...] = ()
    decided_by: Person | None = None
    decided_at: dt.datetime | None = None
    comment: str = ""
    reason_for_breaks: str = ""


@dataclass(frozen=True, slots=True)
class RefinedAnswer:
    """`revision` grows with every change: whoever saves names the one they read. Versions are oldest first."""

    id: str
    revision: int
    versions: tuple[Version, ...]
    created_at: dt.datetime
    from_answer: str | None = None
    inbox_item: str | None = None

    @property
    def live(self) -> Version | None:
        return next((one for one in reversed(self.versions) if one.state is State.APPROVED), None)

    @property
    def newest(self) -> Version:
        return self.versions[-1]

    @property
    def open(self) -> Version | None:
        """The version that is being worked on."""
        return self.newest if self.newest.state in (State.DRAFT, State.REVIEW) else None

    @property
    def before_live(self) -> Version | None:
        """What a roll-back brings back: the version approved before the live one."""
        live = self.live
        older = [one for one in self.versions if live is not None and one.n < live.n]
        return next((one for one in reversed(older) if one.state is State.REPLACED), None)


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """An approved version as answering sees it."""

    id: str
    version: int
    content: Content
    approved_at: dt.datetime
    approved_by: Person


@dataclass(frozen=True, slots=True)
class Match:
    """A live answer that meets a question: the wording, and how near its nearest phrasing is (1 = the same words)."""

    answer: LiveAnswer
    wording: Wording
    phrasing: str
    score: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of refined answers shows. An empty value lets everything through."""

    state: str = ""  # a State; "live" for what is answered now; "due" for what is due for review; "expired"
    topic: str = ""
    municipality: str = ""
    words: str = ""
    page: int = 1
    page_size: int = 25


@dataclass(frozen=True, slots=True)
class Row:
    """A refined answer in a list."""

    id: str
    question: str
    state: State  # of the newest version
    is_live: bool
    live_version: int | None
    topics: tuple[str, ...]
    municipalities: tuple[str, ...]
    valid_to: dt.date | None
    next_review: dt.date | None
    changed_by: str
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[Row, ...]
    total: int
    live: int  # refined answers answered today, whatever the filter


@dataclass(frozen=True, slots=True)
class Similar:
    """An approved answer whose phrasings are near what is being written."""

    id: str
    question: str
    phrasing: str
    score: float


@dataclass(frozen=True, slots=True)
class Change:
    """A question that would be answered otherwise. `before` and `after` say by what: a text that a person reads."""

    question: str
    before: str
    after: str
    before_id: str | None = None  # the refined answer that answers it now


@dataclass(frozen=True, slots=True)
class Regression:
    """What a change would do. `breaks`: questions of approved answers that would lose them."""

    breaks: tuple[Change, ...] = ()
    changes: tuple[Change, ...] = ()  # questions that officials asked lately
    unreached: tuple[str, ...] = ()  # phrasings of the new answer that would not get it
    bad_citations: tuple[str, ...] = ()  # passages that are gone, changed or no longer valid, by id
    checked: int = 0  # questions that were tried

    @property
    def is_clean(self) -> bool:
        return not (self.breaks or self.unreached or self.bad_citations)
