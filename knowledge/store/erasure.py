"""Erasure on request: one conversation, or what stands outside any, by a key that staff have at hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, func, or_, select

from ..errors import NotFound
from ..seams import Clock
from .audit import AuditEntry, append, audited_transaction
from .engine import transaction
from .erasing import erase_answers, erase_conversations, erase_handovers
from .retention import out_of_the_log, overwrite_what_is_deleted
from .tables import answers, conversations, feedback, handovers


class Erased(StrEnum):
    """What a key led to."""

    CONVERSATION = "conversation"
    ANSWER = "answer"  # one that belongs to no conversation
    HANDOVER = "handover"


@dataclass(frozen=True, slots=True)
class Erasable:
    """What would go. Counts and times alone: whoever erases need not read it."""

    kind: Erased
    id: str
    channel: str
    first_at: dt.datetime
    last_at: dt.datetime
    answers: int
    feedback: int
    handovers: int


_ERASE = {Erased.CONVERSATION: erase_conversations, Erased.ANSWER: erase_answers}


class SqlErasure:
    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def find(self, key: str) -> Erasable:
        """By the id of a conversation or of an answer in it, or the id or reference of a hand-over. Raises NotFound."""
        with transaction(self._engine) as connection:
            return _find(connection, key.strip())

    def erase(self, key: str, by: str) -> Erasable:
        """Erases it and tells so in the audit log, without what it said. Returns what there was; raises NotFound."""
        with audited_transaction(self._engine) as connection:
            overwrite_what_is_deleted(connection)
            found = _find(connection, key.strip())
            if found.kind is Erased.HANDOVER:
                erase_handovers(connection, [found.id])
            else:
                going = connection.execute(_handed_over(found.kind, found.id)).scalars().all()
                erase_handovers(connection, going)
                _ERASE[found.kind](connection, [found.id])
            told = {"answers": found.answers, "feedback": found.feedback, "handovers": found.handovers}
            append(connection, AuditEntry(by, f"{found.kind}.erased", found.id, told), self._clock.now())
        out_of_the_log(self._engine)
        return found


def _find(connection: Connection, key: str) -> Erasable:
    answer = connection.execute(select(answers).where(answers.c.id == key)).one_or_none()
    by_reference = or_(handovers.c.id == key, func.lower(handovers.c.reference) == key.lower())
    handed_over = connection.execute(select(handovers).where(by_reference)).one_or_none()
    leads_to = next((row.conversation_id for row in (answer, handed_over) if row is not None), key)
    conversation = connection.execute(select(conversations).where(conversations.c.id == leads_to)).one_or_none()
    if conversation is not None:
        of_it = answers.c.conversation_id == conversation.id
        first_at, last_at = conversation.started_at, conversation.last_at
        return _counted(connection, Erased.CONVERSATION, conversation, first_at, last_at, of_it)
    if answer is not None:
        at = answer.asked_at
        return _counted(connection, Erased.ANSWER, answer, at, at, answers.c.id == answer.id)
    if handed_over is not None:
        at = handed_over.asked_at
        return Erasable(Erased.HANDOVER, handed_over.id, "", at, at, 0, 0, 1)
    raise NotFound("conversation", key)


def _counted(
    connection: Connection,
    kind: Erased,
    row: Row[Any],
    first_at: dt.datetime,
    last_at: dt.datetime,
    of_it: ColumnElement[bool],
) -> Erasable:
    keys = select(answers.c.id).where(of_it)
    rated = select(feedback.c.id).where(feedback.c.answer_id.in_(keys))
    counts = [_count(connection, wanted) for wanted in (keys, rated, _handed_over(kind, row.id))]
    return Erasable(kind, row.id, row.channel, first_at, last_at, *counts)


def _handed_over(kind: Erased, key: str) -> Select[str]:
    """The hand-overs that go with it."""
    if kind is Erased.ANSWER:
        return select(handovers.c.id).where(handovers.c.answer_id == key)
    of_it = select(answers.c.id).where(answers.c.conversation_id == key)
    return select(handovers.c.id).where(or_(handovers.c.conversation_id == key, handovers.c.answer_id.in_(of_it)))


def _count(connection: Connection, wanted: Select[str]) -> int:
    return connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
