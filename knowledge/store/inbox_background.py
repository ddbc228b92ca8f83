"""What lies behind an item: the answer with its conversation, the passage, or what rests on the source."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, or_, select

from ..inbox.background import AnswerGiven, Background, Cited, HandoverTold, PassageTold, Rated, Turn
from ..inbox.datatypes import Item, SubjectKind
from .engine import transaction
from .source_checks import SqlSourceStore
from .tables import answer_citations, answers, feedback, handovers, passages
from .tables_refined import answer_refinements
from .times import aware

_TURNS = 10  # before it, and as many after it


class SqlInboxBackground:
    """Reads only. What retention has erased is simply not there."""

    def __init__(self, engine: Engine, sources: SqlSourceStore) -> None:
        self._engine, self._sources = engine, sources

    def of(self, item: Item) -> Background:
        if item.subject_kind is SubjectKind.SOURCE:
            address = [item.subject_id]
            documents = self._sources.resting_on(address).get(item.subject_id, ())
            return Background(documents=documents, contacts=self._sources.contacts_on(address).get(item.subject_id, ()))
        with transaction(self._engine) as connection:
            if item.subject_kind is SubjectKind.PASSAGE:
                return Background(passage=_passage(connection, item.subject_id))
            answer = _answer(connection, item.answer_id) if item.answer_id else None
            return Background(answer=answer, handovers=_handovers(connection, item, answer))


def _answer(connection: Connection, key: str) -> AnswerGiven | None:
    row = connection.execute(select(answers).where(answers.c.id == key)).one_or_none()
    if row is None:
        return None
    refined = select(answer_refinements.c.refined_id).where(answer_refinements.c.answer_id == key)
    given = select(feedback).where(feedback.c.answer_id == key).order_by(feedback.c.given_at.desc())
    return AnswerGiven(
        id=row.id,
        at=aware(row.asked_at),
        as_of=row.as_of,
        channel=row.channel,
        status=row.status,
        reason=row.reason,
        confidence=row.confidence,
        text=row.text,
        citations=_citations(connection, key),
        refined_id=connection.execute(refined).scalar_one_or_none(),
        rated=tuple(_rated(one) for one in connection.execute(given)),
        earlier=_turns(connection, row, before=True),
        later=_turns(connection, row, before=False),
    )


def _citations(connection: Connection, key: str) -> tuple[Cited, ...]:
    same = and_(
        passages.c.id == answer_citations.c.passage_id, passages.c.version == answer_citations.c.passage_version
    )
    wanted = (
        select(answer_citations, passages.c.heading, passages.c.content, passages.c.current)
        .join(passages, same, isouter=True)
        .where(answer_citations.c.answer_id == key)
        .order_by(answer_citations.c.n)
    )
    return tuple(
        Cited(
            n=row.n,
            passage_id=row.passage_id,
            title=(row.content or {}).get("title", row.passage_id),
            heading=row.heading or "",
            url=row.url,
            quote=row.quote,
            validity=(row.content or {}).get("validity", {}),
            is_current=bool(row.current),
        )
        for row in connection.execute(wanted)
    )


def _turns(connection: Connection, this: Row[Any], *, before: bool) -> tuple[Turn, ...]:
    """Of the same conversation, oldest first; two of the same moment in the order of their ids."""
    if this.conversation_id is None:
        return ()
    table = answers.c
    if before:
        beside = or_(table.asked_at < this.asked_at, and_(table.asked_at == this.asked_at, table.id < this.id))
        order = (table.asked_at.desc(), table.id.desc())
    else:
        beside = or_(table.asked_at > this.asked_at, and_(table.asked_at == this.asked_at, table.id > this.id))
        order = (table.asked_at.asc(), table.id.asc())
    wanted = select(answers).where(table.conversation_id == this.conversation_id, beside).order_by(*order)
    rows = connection.execute(wanted.limit(_TURNS)).all()
    turns = tuple(Turn(row.id, aware(row.asked_at), row.question, row.text, row.status) for row in rows)
    return turns[::-1] if before else turns


def _rated(row: Row[Any]) -> Rated:
    return Rated(row.rating == "up", tuple(row.reasons), row.comment, aware(row.given_at))


def _handovers(connection: Connection, item: Item, answer: AnswerGiven | None) -> tuple[HandoverTold, ...]:
    """The one that the item is about, or those of its answer."""
    about = handovers.c.id == item.subject_id
    if item.subject_kind is not SubjectKind.HANDOVER:
        if answer is None:
            return ()
        about = handovers.c.answer_id == answer.id
    wanted = select(*handovers.c["id", "reference", "state", "asked_at"]).where(about)
    rows = connection.execute(wanted.order_by(handovers.c.asked_at.desc())).all()
    return tuple(HandoverTold(row.id, row.reference, row.state, aware(row.asked_at)) for row in rows)


def _passage(connection: Connection, key: str) -> PassageTold | None:
    """The version that serves; where none does, the last one."""
    wanted = select(passages).where(passages.c.id == key)
    newest = wanted.order_by(passages.c.current.desc(), passages.c.stored_at.desc()).limit(1)
    row = connection.execute(newest).first()
    if row is None:
        return None
    laws = tuple(row.content.get("laws", ()))
    title = row.content.get("title", row.document_id)
    return PassageTold(row.id, row.document_id, title, row.heading, row.text, laws, row.collection)
