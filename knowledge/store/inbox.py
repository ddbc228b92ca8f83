"""What comes into the inbox and leaves it by itself: part of the transaction of what causes it, so nothing is lost."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ..clock import start_of_day
from ..inbox.datatypes import Importance, Item, ItemState, Kind, NewItem, SubjectKind, What
from .tables_inbox import inbox_history, inbox_items
from .times import aware, utc

# One question may be several items: a hand-over and a thumbs down of the same answer.
question_asked = func.coalesce(inbox_items.c.answer_id, inbox_items.c.id)
_ROWS = 500  # of one statement: SQLite takes 32,766 values


def open_item(connection: Connection, new: NewItem, at: dt.datetime) -> str:
    """Opens an item, or adds to the open one of the same kind and subject. Returns its id.

    The very same cause again, with the same detail, changes nothing, also where staff have closed its item.
    """
    key, cause = new_id(at), _digest(new.detail)
    latest = _latest(connection, new)
    if latest is not None and latest.cause == cause:
        return str(latest.id)
    kind = sqlite if connection.dialect.name == "sqlite" else postgresql
    row = kind.insert(inbox_items).values(_row(key, new, cause, utc(at)))
    table = inbox_items.c
    added = row.on_conflict_do_update(
        index_elements=["kind", "subject_kind", "subject_id"],
        index_where=inbox_items.c.is_open,
        set_={
            "detail": row.excluded.detail,
            "cause": row.excluded.cause,
            "words": table.words.concat(_told(new) and f"\n{_told(new)}"),
            "times": table.times + 1,
            "revision": table.revision + 1,
            "changed_at": row.excluded.changed_at,
        },
    ).returning(table.id)
    stored = str(connection.execute(added).scalar_one())
    note(connection, [stored], What.OPENED if stored == key else What.AGAIN, dict(new.detail), at)
    return stored


def settle(
    connection: Connection, kind: Kind, subject_kind: SubjectKind, subjects: Iterable[str], why: str, at: dt.datetime
) -> int:
    """Closes the open items of these subjects: their cause is gone, `why` names how. Returns how many there were."""
    open_ones = (inbox_items.c.is_open, inbox_items.c.kind == kind.value)
    return sum(_close(connection, (*open_ones, _about(subject_kind, some)), why, at) for some in _batches(subjects))


def settle_item(connection: Connection, key: str, why: str, at: dt.datetime) -> None:
    """Closes an item where it is open."""
    _close(connection, (inbox_items.c.id == key, inbox_items.c.is_open), why, at)


def open_subjects(connection: Connection, kind: Kind, subject_kind: SubjectKind) -> frozenset[str]:
    """What the open items of a kind are about."""
    table = inbox_items.c
    wanted = select(table.subject_id).where(
        table.is_open, table.kind == kind.value, table.subject_kind == subject_kind.value
    )
    return frozenset(connection.execute(wanted).scalars())


def erase(connection: Connection, subject_kind: SubjectKind, subjects: Iterable[str]) -> int:
    """Removes every item about these, with its history. An item about something else that repeats the question of an
    erased answer, a hand-over, stays without it."""
    erased = 0
    for some in _batches(subjects):
        if subject_kind is SubjectKind.ANSWER:
            repeats = inbox_items.c.answer_id.in_(some)
            connection.execute(update(inbox_items).where(repeats).values(question="", words=""))
        erased += connection.execute(delete(inbox_items).where(_about(subject_kind, some))).rowcount
    return erased


def note(
    connection: Connection,
    items: Iterable[str],
    what: What,
    detail: Mapping[str, Any],
    at: dt.datetime,
    by: tuple[str, str] = ("", ""),
) -> None:
    """A row in the history of each of the items."""
    told = {"at": utc(at), "by": by[0], "by_name": by[1], "what": what.value, "detail": dict(detail)}
    if rows := [told | {"item_id": key} for key in items]:
        connection.execute(insert(inbox_history), rows)


def new_id(at: dt.datetime) -> str:
    """A key that sorts by time: what came last has the highest, and a list needs no second column for its order."""
    return f"{int(aware(at).timestamp() * 1000):012x}{secrets.token_hex(10)}"


def id_from(day: dt.date) -> str:
    """The lowest key of a day in Sweden."""
    return f"{int(start_of_day(day).timestamp() * 1000):012x}"


def group_mark(items: int, revisions: int) -> str:
    """Changes when one of a group's items does: what was seen of the group is then no longer what there is."""
    return f"{items}-{revisions}"


def item_from_row(row: Mapping[Any, Any]) -> Item:
    return Item(
        id=row["id"],
        kind=Kind(row["kind"]),
        subject_kind=SubjectKind(row["subject_kind"]),
        subject_id=row["subject_id"],
        answer_id=row["answer_id"],
        question=row["question"],
        language=row["language"],
        municipality=row["municipality"],
        topics=tuple(row["topics"].split()),
        detail=row["detail"],
        times=row["times"],
        importance=Importance(row["importance"]),
        state=ItemState(row["state"]),
        assignee=row["assignee"],
        assignee_name=row["assignee_name"],
        note=row["note"],
        group_id=row["group_id"],
        revision=row["revision"],
        opened_at=aware(row["opened_at"]),
        changed_at=aware(row["changed_at"]),
    )


def _close(connection: Connection, wanted: Collection[Any], why: str, at: dt.datetime) -> int:
    found = connection.execute(select(inbox_items.c.id).where(*wanted)).scalars().all()
    if found:
        done = {"state": ItemState.DONE.value, "is_open": False, "changed_at": utc(at)}
        connection.execute(update(inbox_items).where(*wanted).values(**done, revision=inbox_items.c.revision + 1))
        note(connection, found, What.SETTLED, {"why": why}, at)
    return len(found)


def _latest(connection: Connection, new: NewItem) -> Any:
    table = inbox_items.c
    wanted = select(table.id, table.cause).where(
        table.kind == new.kind.value, _about(new.subject_kind, [new.subject_id])
    )
    return connection.execute(wanted.order_by(table.id.desc()).limit(1)).first()


def _row(key: str, new: NewItem, cause: str, at: dt.datetime) -> dict[str, Any]:
    return {
        "id": key,
        "kind": new.kind.value,
        "subject_kind": new.subject_kind.value,
        "subject_id": new.subject_id,
        "answer_id": new.subject_id if new.subject_kind is SubjectKind.ANSWER else new.answer_id,
        "question": new.question,
        "words": f"{new.question}\n{_told(new)}".lower().strip(),
        "language": new.language,
        "municipality": new.municipality,
        "topics": f" {' '.join(new.topics)} " if new.topics else "",
        "detail": dict(new.detail),
        "cause": cause,
        "times": 1,
        "importance": int(new.importance),
        "state": ItemState.NEW.value,
        "is_open": True,
        "assignee": None,
        "assignee_name": "",
        "note": "",
        "group_id": key,
        "grouped": not (new.kind.is_question and new.question.strip()),
        "revision": 1,
        "opened_at": at,
        "changed_at": at,
    }


def _told(new: NewItem) -> str:
    """What an official wrote beside the question."""
    return str(new.detail.get("comment", "")).lower()


def _about(subject_kind: SubjectKind, subjects: Collection[str]) -> Any:
    table = inbox_items.c
    return (table.subject_kind == subject_kind.value) & table.subject_id.in_(subjects)


def _batches(subjects: Iterable[str]) -> Iterable[list[str]]:
    every = list(dict.fromkeys(subjects))
    return (every[start : start + _ROWS] for start in range(0, len(every), _ROWS))


def _digest(detail: Mapping[str, Any]) -> str:
    told = json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode("utf-8")).hexdigest()
