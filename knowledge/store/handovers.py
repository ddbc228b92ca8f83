"""Hand-overs with their conversation and the advisers' answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from ..errors import EditConflict, NotFound, NotPossible
from ..handover.datatypes import (
    CitedSource,
    DeliveryState,
    Handover,
    HandoverPage,
    HandoverRow,
    HandoverState,
    Reply,
    Turn,
    Way,
)
from ..inbox.datatypes import Kind, SubjectKind
from ..seams import Clock
from .audit import AuditEntry, append, audited_transaction
from .engine import transaction
from .inbox import settle
from .tables import answer_citations, answers, conversations, handovers
from .tables_handovers import handover_replies
from .times import aware, utc

_TURNS = 30  # of a conversation, the latest
_WEB = "web"  # asks for its replies itself: nothing is to be brought there
_BROUGHT = ("slack", "teams")


class SqlHandovers:
    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def page(self, state: HandoverState | None, number: int, size: int) -> HandoverPage:
        """Those that wait longest first; others newest first."""
        where = [] if state is None else [handovers.c.state == state.value]
        order = handovers.c.asked_at if state is HandoverState.WAITING else handovers.c.asked_at.desc()
        rows = (
            select(handovers, answers.c.question)
            .select_from(handovers.outerjoin(answers, answers.c.id == handovers.c.answer_id))
            .where(*where)
            .order_by(order, handovers.c.id)
            .limit(size)
            .offset((number - 1) * size)
        )
        count = select(func.count()).select_from(handovers)
        with transaction(self._engine) as connection:
            total = connection.execute(count.where(*where)).scalar_one()
            waiting = connection.execute(count.where(handovers.c.state == HandoverState.WAITING.value)).scalar_one()
            return HandoverPage(tuple(_row(row) for row in connection.execute(rows)), total, waiting)

    def get(self, key: str) -> Handover:
        """Raises NotFound."""
        with transaction(self._engine) as connection:
            return _read(connection, key)

    def reply(self, key: str, seen: int, text: str, by: str, by_name: str) -> Handover:
        """Stores an answer, on its way or delivered. `seen`: how many answers the writer had read.

        Raises NotFound, NotPossible where it has nowhere to go, EditConflict where another one was given meanwhile.
        """
        now = self._clock.now()
        with audited_transaction(self._engine) as connection:
            handover = _read(connection, key)
            if len(handover.replies) != seen:
                raise EditConflict(handover)
            if not handover.is_reachable:
                raise NotPossible("nowhere")
            is_brought = handover.way is Way.EMAIL or (handover.way is Way.HERE and handover.channel in _BROUGHT)
            state = DeliveryState.WAITING if is_brought else DeliveryState.DELIVERED
            row = {
                "handover_id": key,
                "conversation_id": handover.conversation_id,
                "channel": handover.channel,
                "language": handover.language,
                "way": handover.way.value,
                "text": text,
                "by": by,
                "by_name": by_name,
                "answered_at": utc(now),
                "state": state.value,
                "attempts": 0,
                "leased_until": None,
                "ended_at": None if is_brought else utc(now),
                "detail": "",
            }
            connection.execute(insert(handover_replies).values(row))
            self._end(connection, key, HandoverState.ANSWERED, "answered", now)
            append(connection, AuditEntry(by, "handover.answered", key, {"way": handover.way.value}), now)
            return _read(connection, key)

    def close(self, key: str, by: str) -> None:
        """Without an answer. Raises NotFound, NotPossible where it waits no longer."""
        now = self._clock.now()
        with audited_transaction(self._engine) as connection:
            if _read(connection, key).state is not HandoverState.WAITING:
                raise NotPossible("not_waiting")
            self._end(connection, key, HandoverState.CLOSED, "closed", now)
            append(connection, AuditEntry(by, "handover.closed", key), now)

    def _end(self, connection: Connection, key: str, state: HandoverState, why: str, at: dt.datetime) -> None:
        connection.execute(update(handovers).where(handovers.c.id == key).values(state=state.value))
        settle(connection, Kind.HANDED_OVER, SubjectKind.HANDOVER, [key], why, at)


def _read(connection: Connection, key: str) -> Handover:
    row = connection.execute(select(handovers).where(handovers.c.id == key)).one_or_none()
    if row is None:
        raise NotFound("handover", key)
    turns = _turns(connection, row)
    channel = connection.execute(
        select(conversations.c.channel).where(conversations.c.id == row.conversation_id)
    ).scalar_one_or_none()
    replies = select(handover_replies).where(handover_replies.c.handover_id == key).order_by(handover_replies.c.n)
    return Handover(
        id=key,
        reference=row.reference,
        asked_at=aware(row.asked_at),
        conversation_id=row.conversation_id,
        channel=channel or (row.conversation_id or _WEB).partition("-")[0],
        language=turns[-1].language if turns else "sv",
        answer_id=row.answer_id,
        way=Way(row.contact_way),
        contact=row.contact,
        municipality=row.municipality,
        message=row.message,
        state=HandoverState(row.state),
        turns=turns,
        replies=tuple(_reply(one) for one in connection.execute(replies)),
    )


def _turns(connection: Connection, row: Row[Any]) -> tuple[Turn, ...]:
    if row.conversation_id:
        which = answers.c.conversation_id == row.conversation_id
    elif row.answer_id:
        which = answers.c.id == row.answer_id
    else:
        return ()
    found = connection.execute(select(answers).where(which).order_by(answers.c.asked_at.desc()).limit(_TURNS)).all()
    cited = _citations(connection, [one.id for one in found])
    return tuple(
        Turn(one.id, aware(one.asked_at), one.question, one.status, one.text, one.language, cited.get(one.id, ()))
        for one in reversed(found)
    )


def _citations(connection: Connection, keys: list[str]) -> dict[str, tuple[CitedSource, ...]]:
    wanted = select(answer_citations).where(answer_citations.c.answer_id.in_(keys)).order_by(answer_citations.c.n)
    found: dict[str, tuple[CitedSource, ...]] = {}
    for row in connection.execute(wanted):
        cited = CitedSource(row.n, row.passage_id, row.passage_version, row.url, row.quote)
        found[row.answer_id] = (*found.get(row.answer_id, ()), cited)
    return found


def _row(row: Row[Any]) -> HandoverRow:
    return HandoverRow(
        row.id,
        row.reference,
        aware(row.asked_at),
        row.municipality,
        Way(row.contact_way),
        HandoverState(row.state),
        row.question or row.message,
    )


def _reply(row: Row[Any]) -> Reply:
    return Reply(
        row.n,
        row.text,
        row.by_name,
        aware(row.answered_at),
        Way(row.way),
        DeliveryState(row.state),
        row.detail,
        row.ended_at and aware(row.ended_at),
    )
