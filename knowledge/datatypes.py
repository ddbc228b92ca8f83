"""The nouns of the service (README, Glossary) as plain values. No behaviour that needs anything but the values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

CLOSEST = "closest"  # the reason of an answer that is only the closest to what was asked
COMMON_NAME = "common_name"  # the kind of a finding: several places have it, and the question names none of them


class Status(StrEnum):
    """How an answer ended. Each is described in docs/statuses.md (tested)."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    URGENT = "urgent"
    NO_SUPPORT = "no_support"
    OUT_OF_SCOPE = "out_of_scope"
    HANDED_OVER = "handed_over"


class ValidityStatus(StrEnum):
    CURRENT = "current"
    SUPERSEDED = "superseded"
    UNCERTAIN = "uncertain"
    PROPOSED = "proposed"


class NoticeKind(StrEnum):
    """In the order in which they are shown."""

    URGENT = "urgent"
    CHILD = "child"
    SUPERSEDED_LAW = "superseded_law"
    PRIVACY = "privacy"


@dataclass(frozen=True, slots=True)
class Source:
    """Publisher and address behind a passage. `date` is as the source gives it ("odaterad" included)."""

    title: str
    url: str
    publisher: str
    date: str
    published: str | None


class Attribution(NamedTuple):
    """A sentence of a passage, in either language, and the places of those of the passage's sources that carry it."""

    sentence: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Validity:
    """From and to are inclusive; None means open."""

    status: ValidityStatus
    note: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Passage:
    """One retrievable answer to one question. `version` changes with the content."""

    id: str
    document_id: str
    title: str
    topics: tuple[str, ...]
    heading: str
    text: str
    text_en: str
    sources: tuple[Source, ...]
    laws: tuple[str, ...]
    validity: Validity
    concerns_child: bool
    phrasings: tuple[str, ...]
    phrasings_en: tuple[str, ...]
    keywords: tuple[str, ...]
    version: str
    attributions: tuple[Attribution, ...] = ()

    def sources_of(self, sentence: str) -> tuple[Source, ...]:
        """Those that carry the sentence: all, where the passage does not tell them apart."""
        for said, places in self.attributions:
            if said == sentence:
                return tuple(self.sources[place] for place in places)
        return self.sources


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that an official would likely ask next."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Document:
    """One source page of the corpus."""

    id: str
    title: str
    title_en: str
    topics: tuple[str, ...]
    summary: str
    follow_ups: tuple[FollowUp, ...]
    passages: tuple[Passage, ...]
    content_hash: str
    origin: str = ""  # the file or the address that it was read from


class Verification(StrEnum):
    """Whether someone has checked a contact, and whether that still counts."""

    VERIFIED = "verified"
    OVERDUE = "overdue"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Contact:
    """A function that can be called or written to; never a person."""

    id: str
    organisation: str
    role: str
    role_en: str
    scope: str
    places: tuple[str, ...]
    topics: tuple[str, ...]
    phone: str | None
    email: str | None
    hours: str | None
    url: str | None
    source_url: str
    source_date: str
    last_verified: dt.date | None
    note: str
    address: str | None = None
    verified_by: str | None = None
    next_check: dt.date | None = None
    function_address: bool = False  # staff's word that an e-mail address that looks like a person's is a function's
    retired: bool = False
    verification: Verification = field(default=Verification.NEVER, compare=False)  # on the day that it was looked up

    def verified_on(self, day: dt.date) -> Verification:
        """Without a day for the next check, a check counts for a year."""
        if self.last_verified is None:
            return Verification.NEVER
        due = self.next_check or a_year_after(self.last_verified)
        return Verification.OVERDUE if due < day else Verification.VERIFIED


def a_year_after(day: dt.date) -> dt.date:
    """The same day of the next year; the last of February for the 29th."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


@dataclass(frozen=True, slots=True)
class ContactFinding:
    """What the table of contacts knows about a question: whom to call, and who is responsible at its place.

    `kind` is what is looked for ("health", "county_board" …; "organisation": one that the table has and the question
    names; COMMON_NAME), empty where it is none of these. `county` and `responsible`, the name of the responsible
    organisation, are empty where the question names no place, or no one organisation is responsible. `reachable` says
    whether the place has a contact of its own with a number or an address; `instead` is the nearest one where it has
    none.
    """

    contacts: tuple[Contact, ...]
    kind: str = ""
    responsible: str = ""
    county: str = ""
    reachable: bool = False
    instead: Contact | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality, with its county, or a county alone."""

    county: str
    municipality: str | None = None


# What a search says of a passage, in the order of fusion.py's columns: the names of its parts.
LEGS = ("lexical_body", "lexical_phrasing", "dense_body", "dense_phrasing", "late_body", "late_phrasing", "sentences")


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage with its fused score (0..1, comparable within one search) and what the score was made of."""

    passage: Passage
    score: float
    parts: dict[str, float]
    reason: str = ""  # why it was rejected; empty when kept


@dataclass(frozen=True, slots=True)
class SearchResult:
    kept: tuple[ScoredPassage, ...]
    rejected: tuple[ScoredPassage, ...]
    timings_ms: dict[str, float]
    subject: float = 0.0  # -1 (the question is about something else) to 1 (about our subject)
    covered: float = 1.0  # how much of what it says stands in the best passages, 0 to 1
    read_as: str = ""  # the question with its slips mended


@dataclass(frozen=True, slots=True)
class Citation:
    n: int
    passage: Passage
    source: Source
    quote: str


@dataclass(frozen=True, slots=True)
class Notice:
    kind: NoticeKind
    text: str


@dataclass(frozen=True, slots=True)
class Option:
    """One reading offered in a clarification: a label to show and the full question it stands for."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class RefinedAnswerReference:
    id: str
    version: int
    approved_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Question:
    """What came in. `history` holds earlier questions of the conversation, oldest first."""

    text: str
    conversation_id: str | None = None
    channel: str = "api"
    municipality: str | None = None
    county: str | None = None
    as_of: dt.date | None = None
    language: str | None = None
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    id: str
    status: Status
    language: str
    text: str
    as_of: dt.date
    confidence: float
    validity_line: str = ""
    citations: tuple[Citation, ...] = ()
    notices: tuple[Notice, ...] = ()
    contacts: tuple[Contact, ...] = ()
    follow_ups: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    refined_answer: RefinedAnswerReference | None = None
    reason: str = ""  # why it was refused, as a key: "injection", "another_country", "no_support"; CLOSEST; or empty
    rejected: tuple[ScoredPassage, ...] = field(default=(), compare=False)
