"""What was asked and what was said, from which passages. The question arrives here already redacted."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ..datatypes import Answer, Question
from ..errors import NotFound
from ..seams import Clock
from .engine import transaction
from .tables import answer_citations, answers, conversations, feedback, handovers


class SqlConversationStore:
    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

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

    def record_feedback(self, key: str, conversation_id: str | None, values: dict[str, object]) -> None:
        """Raises NotFound where the answer is unknown, or belongs to another conversation."""
        with transaction(self._engine) as connection:
            _require_answer(connection, str(values["answer_id"]), conversation_id)
            connection.execute(insert(feedback).values(id=key, given_at=self._now(), **values))

    def record_handover(self, key: str, reference: str, values: dict[str, str | None]) -> None:
        """Stores the wish for a human adviser; marks the answer it is about. Raises NotFound as `record_feedback`."""
        with transaction(self._engine) as connection:
            if answer_id := values.get("answer_id"):
                _require_answer(connection, answer_id, values.get("conversation_id"))
                connection.execute(update(answers).where(answers.c.id == answer_id).values(status="handed_over"))
            connection.execute(
                insert(handovers).values(id=key, reference=reference, state="waiting", asked_at=self._now(), **values)
            )

    def _now(self) -> dt.datetime:
        return self._clock.now().astimezone(dt.UTC).replace(tzinfo=None)


def _require_answer(connection: Connection, answer_id: str, conversation_id: str | None) -> None:
    """Nobody judges or hands over an answer of another's conversation; a caller without one may name any."""
    row = connection.execute(select(answers.c.conversation_id).where(answers.c.id == answer_id)).first()
    if row is None or (conversation_id is not None and row.conversation_id != conversation_id):
        raise NotFound("answer", answer_id)


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
