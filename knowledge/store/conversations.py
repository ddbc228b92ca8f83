"""What was asked and what was said, from which passages. The question arrives here already redacted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ..datatypes import Answer, Question
from ..errors import NotFound
from ..seams import Clock
from .daily_counts import count_answer, count_hand_over, count_rating
from .engine import transaction
from .inbox_causes import open_for_answer, open_for_feedback, open_for_handover
from .tables import answer_citations, answers, conversations, feedback, handovers
from .tables_refined import answer_refinements
from .times import utc


class SqlConversationStore:
    """What gives staff something to do opens an item of the inbox, in the same transaction.

    An answer counts as little supported below the confidence `doubtful_below` (SupportModel.sure_from).
    """

    def __init__(self, engine: Engine, clock: Clock, doubtful_below: float = 0.0) -> None:
        self._engine, self._clock, self._doubtful_below = engine, clock, doubtful_below

    def earlier_questions(self, conversation_id: str, limit: int) -> tuple[str, ...]:
        """The last questions of a conversation, oldest first; none where it is unknown."""
        query = (
            select(answers.c.question)
            .where(answers.c.conversation_id == conversation_id)
            .order_by(answers.c.asked_at.desc())
            .limit(limit)
        )
        with transaction(self._engine) as connection:
            return tuple(row.question for row in connection.execute(query))[::-1]

    def record(self, question: Question, answer: Answer) -> None:
        """Answer, citations and the conversation's clock in one transaction: all is recorded, or nothing."""
        now = self._now()
        with transaction(self._engine) as connection:
            if question.conversation_id:
                _touch_conversation(connection, question.conversation_id, question.channel, now)
            connection.execute(insert(answers).values(_answer_row(question, answer, now)))
            count_answer(connection, now, answer.status.value, _topic(answer))
            if answer.citations:
                connection.execute(
                    insert(answer_citations),
                    [
                        {
                            "answer_id": answer.id,
                            "n": citation.n,
                            "passage_id": citation.passage.id,
                            "passage_version": citation.passage.version,
                            "url": citation.source.url,
                            "quote": citation.quote,
                        }
                        for citation in answer.citations
                    ],
                )
            if refined := answer.refined_answer:
                row = {"answer_id": answer.id, "refined_id": refined.id, "version": refined.version}
                connection.execute(insert(answer_refinements).values(row))
            open_for_answer(connection, question, answer, self._doubtful_below, now)

    def record_feedback(self, key: str, conversation_id: str | None, values: dict[str, object]) -> None:
        """Raises NotFound where the answer is unknown, or belongs to another conversation."""
        with transaction(self._engine) as connection:
            _require_answer(connection, str(values["answer_id"]), conversation_id)
            now = self._now()
            connection.execute(insert(feedback).values(id=key, given_at=now, **values))
            count_rating(connection, now, str(values["rating"]))
            open_for_feedback(connection, key, values, now)

    def record_handover(self, key: str, reference: str, values: dict[str, str | None]) -> None:
        """Stores the wish for a human adviser; marks the answer it is about. Raises NotFound as `record_feedback`."""
        now = self._now()
        with transaction(self._engine) as connection:
            if answer_id := values.get("answer_id"):
                asked = _require_answer(connection, answer_id, values.get("conversation_id"))
                count_hand_over(connection, asked.asked_at, asked.status)
                connection.execute(update(answers).where(answers.c.id == answer_id).values(status="handed_over"))
            connection.execute(
                insert(handovers).values(id=key, reference=reference, state="waiting", asked_at=now, **values)
            )
            open_for_handover(connection, key, values, now)

    def _now(self) -> dt.datetime:
        return utc(self._clock.now())


def _require_answer(connection: Connection, answer_id: str, conversation_id: str | None) -> Row[Any]:
    """Nobody judges or hands over an answer of another's conversation; a caller without one may name any."""
    wanted = select(*answers.c["conversation_id", "asked_at", "status"]).where(answers.c.id == answer_id)
    row = connection.execute(wanted).first()
    if row is None or (conversation_id is not None and row.conversation_id != conversation_id):
        raise NotFound("answer", answer_id)
    return row


def _topic(answer: Answer) -> str:
    """What it is about, as far as its first source tells."""
    return answer.citations[0].passage.topics[0] if answer.citations and answer.citations[0].passage.topics else ""


def _touch_conversation(connection: Connection, key: str, channel: str, now: dt.datetime) -> None:
    """In one statement: two turns may begin the same conversation at once."""
    kind = sqlite if connection.dialect.name == "sqlite" else postgresql
    row = kind.insert(conversations).values(id=key, channel=channel, started_at=now, last_at=now)
    connection.execute(row.on_conflict_do_update(index_elements=["id"], set_={"last_at": now}))


def _answer_row(question: Question, answer: Answer, now: dt.datetime) -> dict[str, object]:
    return {
        "id": answer.id,
        "conversation_id": question.conversation_id,
        "channel": question.channel,
        "asked_at": now,
        "question": question.text,
        "municipality": question.municipality,
        "language": answer.language,
        "status": answer.status.value,
        "text": answer.text,
        "as_of": answer.as_of,
        "confidence": answer.confidence,
        "reason": answer.reason,
        "notices": [{"kind": notice.kind.value, "text": notice.text} for notice in answer.notices],
    }
