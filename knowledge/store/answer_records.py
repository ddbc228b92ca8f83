"""The proof of one answer: what was said, on what sources as they were then, who approved it, what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, select

from ..errors import NotFound
from .engine import transaction
from .tables import answer_citations, answers, feedback, handovers, passages
from .tables_refined import answer_refinements, refined_versions


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """`text` is the passage in the version that the answer rests on; empty where that version is no longer stored."""

    n: int
    passage_id: str
    version: str
    url: str
    quote: str
    title: str = ""
    heading: str = ""
    publisher: str = ""
    date: str = ""  # of the source, as it gives it
    text: str = ""
    laws: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    stored_at: dt.datetime | None = None
    replaced_at: dt.date | None = None

    @property
    def is_stored(self) -> bool:
        return self.stored_at is not None


@dataclass(frozen=True, slots=True)
class Approval:
    """The approved version that the answer was made from."""

    refined_id: str
    version: int
    written_by: str
    written_at: dt.datetime
    decided_by: str
    decided_at: dt.datetime | None
    comment: str


@dataclass(frozen=True, slots=True)
class GivenFeedback:
    rating: str
    reasons: tuple[str, ...]
    comment: str
    given_at: dt.datetime


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Without the contact details: they are no part of the proof."""

    id: str
    reference: str
    state: str
    asked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """The question is redacted: the other was never stored. Times are UTC."""

    id: str
    conversation_id: str | None
    channel: str
    asked_at: dt.datetime
    question: str
    municipality: str | None
    language: str
    status: str
    reason: str
    text: str
    as_of: dt.date
    confidence: float
    notices: tuple[str, ...]
    citations: tuple[CitedPassage, ...] = ()
    approval: Approval | None = None
    feedback: tuple[GivenFeedback, ...] = ()
    handovers: tuple[HandedOver, ...] = ()


class SqlAnswerRecords:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, key: str) -> AnswerRecord:
        """Raises NotFound, also for one that was erased."""
        with transaction(self._engine) as connection:
            row = connection.execute(select(answers).where(answers.c.id == key)).one_or_none()
            if row is None:
                raise NotFound("answer", key)
            return replace(
                _record(row),
                citations=_citations(connection, key),
                approval=_approval(connection, key),
                feedback=_feedback(connection, key),
                handovers=_handovers(connection, key),
            )


def _record(row: Row[Any]) -> AnswerRecord:
    named = ("id", "conversation_id", "channel", "asked_at", "question", "municipality", "language", "status")
    also = ("reason", "text", "as_of", "confidence")
    values = {name: row._mapping[name] for name in (*named, *also)}
    return AnswerRecord(**values, notices=tuple(notice["text"] for notice in row.notices))


def _citations(connection: Connection, key: str) -> tuple[CitedPassage, ...]:
    same = and_(
        passages.c.id == answer_citations.c.passage_id,
        passages.c.version == answer_citations.c.passage_version,
    )
    of_passage = passages.c["heading", "text", "valid_from", "valid_to", "content", "stored_at", "replaced_at"]
    wanted = select(*answer_citations.c["n", "passage_id", "passage_version", "url", "quote"], *of_passage)
    rows = connection.execute(
        wanted.select_from(answer_citations.outerjoin(passages, same))
        .where(answer_citations.c.answer_id == key)
        .order_by(answer_citations.c.n)
    )
    return tuple(map(_cited, rows))


def _cited(row: Row[Any]) -> CitedPassage:
    cited = CitedPassage(row.n, row.passage_id, row.passage_version, row.url, row.quote)
    if row.content is None:
        return cited
    source = _source(row.content["sources"], row.url)
    return replace(
        cited,
        title=source.get("title") or row.content["title"],
        heading=row.heading,
        publisher=source.get("publisher", ""),
        date=source.get("date", ""),
        text=row.text,
        laws=tuple(row.content["laws"]),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        stored_at=row.stored_at,
        replaced_at=row.replaced_at,
    )


def _source(sources: Sequence[dict[str, Any]], url: str) -> dict[str, Any]:
    return next((source for source in sources if source["url"] == url), sources[0] if sources else {})


def _approval(connection: Connection, key: str) -> Approval | None:
    same = and_(
        refined_versions.c.answer_id == answer_refinements.c.refined_id,
        refined_versions.c.n == answer_refinements.c.version,
    )
    of_version = refined_versions.c["written_by_name", "written_at", "decided_by_name", "decided_at", "comment"]
    wanted = select(*answer_refinements.c["refined_id", "version"], *of_version).select_from(
        answer_refinements.join(refined_versions, same)
    )
    row = connection.execute(wanted.where(answer_refinements.c.answer_id == key)).one_or_none()
    if row is None:
        return None
    who, by = row.written_by_name, row.decided_by_name or ""
    return Approval(row.refined_id, row.version, who, row.written_at, by, row.decided_at, row.comment)


def _feedback(connection: Connection, key: str) -> tuple[GivenFeedback, ...]:
    wanted = select(feedback).where(feedback.c.answer_id == key).order_by(feedback.c.given_at)
    rows = connection.execute(wanted)
    return tuple(GivenFeedback(row.rating, tuple(row.reasons), row.comment, row.given_at) for row in rows)


def _handovers(connection: Connection, key: str) -> tuple[HandedOver, ...]:
    wanted = select(*handovers.c["id", "reference", "state", "asked_at"]).where(handovers.c.answer_id == key)
    return tuple(HandedOver(*row) for row in connection.execute(wanted.order_by(handovers.c.asked_at)))
