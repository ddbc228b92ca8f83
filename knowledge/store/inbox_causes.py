"""The items that recording opens: each is called inside the transaction that stores what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from ..datatypes import Answer, Question
from ..inbox.causes import of_answer, of_feedback
from ..inbox.datatypes import Importance, Kind, NewItem, SubjectKind
from ..source_checks import SourceCheck, SourceState
from .inbox import open_item, settle, settle_item
from .tables import answer_citations, answers, passages
from .tables_inbox import inbox_items


def open_for_answer(
    connection: Connection, question: Question, answer: Answer, doubtful_below: float, at: dt.datetime
) -> None:
    if (new := of_answer(question, answer, doubtful_below)) is not None:
        open_item(connection, new, at)


def open_for_feedback(connection: Connection, key: str, values: Mapping[str, Any], at: dt.datetime) -> None:
    """A thumbs down; thumbs up leaves staff nothing to do."""
    if values["rating"] != "down":
        return
    asked = _asked(connection, str(values["answer_id"]))
    detail = {"feedback_id": key, "reasons": list(values["reasons"]), "comment": values["comment"]}
    new = NewItem(
        Kind.THUMBS_DOWN,
        SubjectKind.ANSWER,
        asked.id,
        asked.question,
        asked.language,
        asked.municipality,
        _topics(connection, asked.id),
        of_feedback(values["reasons"]),
        detail,
    )
    open_item(connection, new, at)


def open_for_handover(connection: Connection, key: str, values: Mapping[str, str | None], at: dt.datetime) -> None:
    """The question is the answer's, or else the last of the conversation: what the official wrote to the adviser, and
    how they are reached, is in the hand-over alone."""
    answer_id = values.get("answer_id") or _last_answer(connection, values.get("conversation_id"))
    asked = _asked(connection, answer_id) if answer_id else None
    new = NewItem(
        Kind.HANDED_OVER,
        SubjectKind.HANDOVER,
        key,
        asked.question if asked else "",
        asked.language if asked else "sv",
        values.get("municipality"),
        _topics(connection, asked.id) if asked else (),
        Importance.HIGH,
        answer_id=asked.id if asked else None,
    )
    open_item(connection, new, at)


def follow_source(connection: Connection, state: SourceState, check: SourceCheck) -> None:
    """Opens an item where a source is lost until a person does something, and closes it where it is back."""
    if not check.reason:
        settle(connection, Kind.GONE_SOURCE, SubjectKind.SOURCE, [check.address], "source_back", check.at)
    elif check.needs_person:
        detail = {"outcome": check.outcome.value, "reason": check.reason, "since": state.since.isoformat()}
        new = NewItem(Kind.GONE_SOURCE, SubjectKind.SOURCE, check.address, check.address, detail=detail)
        open_item(connection, new, check.at)


def follow_refined(connection: Connection, key: str, *, is_live: bool, inbox_item: str | None, at: dt.datetime) -> None:
    """What waited because of the answer that was live before is done with; so is the item that the new one mends."""
    for kind in (Kind.VALIDITY, Kind.EXPIRED_ANSWER, Kind.REVIEW_DUE):
        settle(connection, kind, SubjectKind.REFINED_ANSWER, [key], "approved_anew" if is_live else "retired", at)
    if is_live and inbox_item:
        settle_item(connection, inbox_item, "refined_approved", at)


def _asked(connection: Connection, answer_id: str) -> Any:
    wanted = select(*answers.c["id", "question", "language", "municipality"]).where(answers.c.id == answer_id)
    return connection.execute(wanted).one()


def _last_answer(connection: Connection, conversation_id: str | None) -> str | None:
    if not conversation_id:
        return None
    wanted = select(answers.c.id).where(answers.c.conversation_id == conversation_id)
    return connection.execute(wanted.order_by(answers.c.asked_at.desc()).limit(1)).scalar_one_or_none()


def _topics(connection: Connection, answer_id: str) -> tuple[str, ...]:
    """Those of the passages that were cited; where none was, those that the answer's own item has."""
    cited = (
        select(passages.c.content["topics"])
        .join(
            answer_citations,
            (answer_citations.c.passage_id == passages.c.id)
            & (answer_citations.c.passage_version == passages.c.version),
        )
        .where(answer_citations.c.answer_id == answer_id)
        .order_by(answer_citations.c.n)
    )
    if found := [topic for topics in connection.execute(cited).scalars() for topic in topics]:
        return tuple(dict.fromkeys(found))
    about = inbox_items.c.subject_kind == SubjectKind.ANSWER.value, inbox_items.c.subject_id == answer_id
    own = connection.execute(select(inbox_items.c.topics).where(*about).limit(1)).scalar_one_or_none()
    return tuple((own or "").split())
