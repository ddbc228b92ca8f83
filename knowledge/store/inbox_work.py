"""What staff do with items: seen by one, changed by another, and nothing overwritten. Every change is audited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from ..errors import EditConflict, NotFound, NotPossible
from ..inbox.datatypes import Change, HistoryEntry, Item, Person, Seen, SeenGroup, What
from ..seams import Clock
from .audit import AuditEntry, append, audited_transaction
from .engine import transaction
from .inbox import group_mark, item_from_row, question_asked
from .tables_inbox import inbox_history, inbox_items
from .times import aware, utc

_ITEM = inbox_items.c
_ALIKE = 20  # shown on the page of an item; the list has all
_IDS_OF_AN_ENTRY = 500  # in the audit log; a group may be larger

Row = Mapping[Any, Any]
Values = dict[str, Any]


class SqlInboxWork:
    """Each change is one transaction, with its rows in the items' history and its entry in the audit log."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def get(self, key: str) -> Item:
        """Raises NotFound."""
        with transaction(self._engine) as connection:
            row = connection.execute(select(inbox_items).where(_ITEM.id == key)).mappings().one_or_none()
        if row is None:
            raise NotFound("item", key)
        return item_from_row(row)

    def history(self, key: str) -> tuple[HistoryEntry, ...]:
        """Newest first."""
        wanted = select(inbox_history).where(inbox_history.c.item_id == key).order_by(inbox_history.c.n.desc())
        with transaction(self._engine) as connection:
            rows = connection.execute(wanted).all()
        return tuple(HistoryEntry(aware(row.at), row.by, row.by_name, What(row.what), row.detail) for row in rows)

    def alike(self, item: Item) -> tuple[tuple[Item, ...], int]:
        """The newest items of its group about other questions, and how many other questions there are."""
        mine = item.answer_id or item.id
        others = (_ITEM.is_open.in_([True, False]), _ITEM.group_id == item.group_id, question_asked != mine)
        newest = select(inbox_items).where(*others).order_by(_ITEM.id.desc()).limit(_ALIKE)
        counted = select(func.count(question_asked.distinct())).where(*others)
        with transaction(self._engine) as connection:
            rows = connection.execute(newest).mappings().all()
            return tuple(map(item_from_row, rows)), connection.execute(counted).scalar_one()

    def same(self, item: Item) -> tuple[Item, ...]:
        """The other items about the very same answer, newest first."""
        if item.answer_id is None:
            return ()
        wanted = select(inbox_items).where(_ITEM.answer_id == item.answer_id, _ITEM.id != item.id)
        with transaction(self._engine) as connection:
            rows = connection.execute(wanted.order_by(_ITEM.id.desc())).mappings().all()
        return tuple(map(item_from_row, rows))

    def group_as_seen(self, group: str) -> tuple[SeenGroup, int]:
        """What a page must send along to act on the whole group, and how many open items that is."""
        with transaction(self._engine) as connection:
            rows = connection.execute(_open_of(group)).mappings().all()
        return _as_seen(group, rows), len(rows)

    def change(self, seen: Sequence[Seen], groups: Sequence[SeenGroup], change: Change, person: Person) -> int:
        """Changes these items and every open item of these groups: all of them, or none. Returns how many became
        different. A note is for the items that are named; those of a group keep theirs.

        What came into a group after it was seen stays as it is. Raises EditConflict, with the items as they are now,
        where something else was changed since; NotFound.
        """
        with audited_transaction(self._engine) as connection:
            named = _as_they_were(connection, seen)
            alike = [row for group in groups for row in _group_as_it_was(connection, group)]
            known = {row["id"] for row in named}
            others = {row["id"]: row for row in alike if row["id"] not in known}
            told = self._apply(connection, named, change, person)
            told += self._apply(connection, list(others.values()), replace(change, note=None), person)
            if told:
                self._audit(connection, told, change, person)
        return len(told)

    def _apply(self, connection: Connection, rows: Sequence[Row], change: Change, person: Person) -> list[str]:
        """The ids of those that became different."""
        now = self._clock.now()
        wanted = _values(change)
        told: list[Values] = []
        for row in rows:
            different = {name: [row[name], value] for name, value in wanted.items() if row[name] != value}
            shown = {name: both for name, both in different.items() if name not in _BESIDE}
            if not shown:
                continue
            _refuse_second_open(connection, row, wanted)
            after = {name: value[1] for name, value in different.items()}
            after |= {"revision": row["revision"] + 1, "changed_at": utc(now)}
            as_read = (_ITEM.id == row["id"], _ITEM.revision == row["revision"])
            if not connection.execute(update(inbox_items).where(*as_read).values(after)).rowcount:
                raise EditConflict((item_from_row(row),))  # another cause came in at this moment
            told.append({"item_id": row["id"], "detail": _for_people(shown, row["assignee_name"], change)})
        if told:
            same = {"at": utc(now), "by": person.id, "by_name": person.name, "what": What.CHANGED.value}
            connection.execute(insert(inbox_history), [same | one for one in told])
        return [one["item_id"] for one in told]

    def _audit(self, connection: Connection, items: Sequence[str], change: Change, person: Person) -> None:
        detail: Values = {
            "state": change.state,
            "assignee": change.assignee.id if change.assignee else None,
            "importance": change.importance,
            "note": "written" if change.note is not None else None,  # never what it says: the log is not erased
        }
        detail = {name: value for name, value in detail.items() if value is not None}
        for start in range(0, len(items), _IDS_OF_AN_ENTRY):
            some = list(items[start : start + _IDS_OF_AN_ENTRY])
            subject = some[0] if len(items) == 1 else "inbox"
            entry = AuditEntry(person.id, "inbox.changed", subject, detail | {"items": some})
            append(connection, entry, self._clock.now())


_BESIDE = frozenset({"is_open", "assignee_name"})  # follow from the others


def _values(change: Change) -> Values:
    values: Values = {}
    if change.state is not None:
        values |= {"state": change.state.value, "is_open": change.state.is_open}
    if change.assignee is not None:
        values |= {"assignee": change.assignee.id or None, "assignee_name": change.assignee.name}
    if change.importance is not None:
        values["importance"] = int(change.importance)
    if change.note is not None:
        values["note"] = change.note
    return values


def _for_people(different: Values, assignee_before: str, change: Change) -> Values:
    """Names, as they were that day, instead of keys."""
    if "assignee" in different and change.assignee is not None:
        return different | {"assignee": [assignee_before, change.assignee.name]}
    return different


def _refuse_second_open(connection: Connection, row: Row, wanted: Values) -> None:
    """A closed item is not opened again where the same matter has a newer item that is open."""
    if row["is_open"] or not wanted.get("is_open"):
        return
    same = [_ITEM[name] == row[name] for name in ("kind", "subject_kind", "subject_id")]
    if connection.execute(select(_ITEM.id).where(_ITEM.is_open, *same)).first():
        raise NotPossible("item_open_elsewhere")


def _as_they_were(connection: Connection, seen: Sequence[Seen]) -> Sequence[Row]:
    revisions = {one.id: one.revision for one in seen}
    rows = connection.execute(select(inbox_items).where(_ITEM.id.in_(list(revisions)))).mappings().all()
    if missing := revisions.keys() - {row["id"] for row in rows}:
        raise NotFound("item", min(missing))
    if changed := [row for row in rows if row["revision"] != revisions[row["id"]]]:
        raise EditConflict(tuple(map(item_from_row, changed)))
    return rows


def _group_as_it_was(connection: Connection, seen: SeenGroup) -> Sequence[Row]:
    rows = connection.execute(_open_of(seen.id).where(_ITEM.id <= seen.last)).mappings().all()
    if not rows or _as_seen(seen.id, rows) != seen:
        raise EditConflict(tuple(map(item_from_row, rows)))
    return rows


def _open_of(group: str) -> Any:
    return select(inbox_items).where(_ITEM.is_open, _ITEM.group_id == group).order_by(_ITEM.id)


def _as_seen(group: str, rows: Sequence[Row]) -> SeenGroup:
    mark = group_mark(len(rows), sum(row["revision"] for row in rows))
    return SeenGroup(group, rows[-1]["id"] if rows else "", mark)
