"""What staff need to see to judge an item, as plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..source_checks import RestingContact, RestingDocument


@dataclass(frozen=True, slots=True)
class Cited:
    """`is_current`: the version that was quoted still serves."""

    n: int
    passage_id: str
    title: str
    heading: str
    url: str
    quote: str
    validity: Mapping[str, Any]
    is_current: bool


@dataclass(frozen=True, slots=True)
class Rated:
    """A thumb of an official, with what they wrote."""

    is_up: bool
    reasons: tuple[str, ...]
    comment: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation with its answer."""

    answer_id: str
    at: dt.datetime
    question: str
    text: str
    status: str


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """An answer as it was given."""

    id: str
    at: dt.datetime
    as_of: dt.date
    channel: str
    status: str
    reason: str
    confidence: float
    text: str
    citations: tuple[Cited, ...]
    refined_id: str | None
    rated: tuple[Rated, ...]
    earlier: tuple[Turn, ...]
    later: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class HandoverTold:
    """A hand-over by its reference. What was written, and how the official is reached, stands on its own page."""

    id: str
    reference: str
    state: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class PassageTold:
    id: str
    document_id: str
    title: str
    heading: str
    text: str
    laws: tuple[str, ...]
    collection: str


@dataclass(frozen=True, slots=True)
class Background:
    """What there is to an item; a part that does not concern it is None."""

    answer: AnswerGiven | None = None
    handovers: tuple[HandoverTold, ...] = ()
    passage: PassageTold | None = None
    documents: tuple[RestingDocument, ...] = ()
    contacts: tuple[RestingContact, ...] = ()
