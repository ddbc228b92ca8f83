"""Lists of the inbox: a page of groups or items, and what waits. Pages begin after a row, not at a number: the tenth is
as quick as the first, and what comes in meanwhile moves nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, false, func, literal, or_, select

from ..inbox.datatypes import Item, Kind, SeenGroup
from ..inbox.lists import NO_ONE, PAGE_SIZE, Cursor, Filters, ListPage, ListRow, Sort, Waiting, Which
from .engine import transaction
from .inbox import group_mark, id_from, item_from_row, question_asked
from .tables_inbox import inbox_items

_ITEM = inbox_items.c
_MANY = 5_000


class SqlInboxLists:
    """Reads only. From `many` items on, what costs more the more there are is counted or sought in another way."""

    def __init__(self, engine: Engine, many: int = _MANY) -> None:
        self._engine, self._many = engine, many

    def page(self, filters: Filters, after: Cursor | None = None) -> ListPage:
        """A page of what the filters let through, from the row after the cursor on."""
        with transaction(self._engine) as connection:
            wanted = _wanted(connection, filters, self._many)
            keys = _keys(filters, wanted)
            rows = connection.execute(_after(keys, filters.sort, after).limit(PAGE_SIZE + 1)).all()
            found = _items(connection, [row.last for row in rows[:PAGE_SIZE]])
            in_all, items = _counted(connection, filters.apart, wanted)
            questions = _questions(connection, wanted, items, self._many)
            around = _open_groups(connection, [row.group_id for row in rows[:PAGE_SIZE]])
        listed = tuple(_row(found[row.last], row.sorted_by, around) for row in rows[:PAGE_SIZE] if row.last in found)
        more = listed[-1].cursor if len(rows) > PAGE_SIZE and listed else None
        return ListPage(listed, questions, in_all, more)

    def waiting(self, person_id: str) -> Waiting:
        """What is open, and how much of it waits for this person or for anybody."""
        by_kind = select(_ITEM.kind, func.count().label("n")).where(_ITEM.is_open).group_by(_ITEM.kind)
        mine = [_ITEM.is_open, _ITEM.assignee == person_id]
        nobodys = [_ITEM.is_open, _ITEM.assignee.is_(None)]
        with transaction(self._engine) as connection:
            kinds = {Kind(row.kind): row.n for row in connection.execute(by_kind)}
            of_mine, of_nobody = _count(connection, mine), _count(connection, nobodys)
            return Waiting(
                mine=_questions(connection, mine, of_mine, self._many),
                unassigned=_questions(connection, nobodys, of_nobody, self._many),
                others=sum(kinds.values()) - of_mine - of_nobody,
                by_kind=kinds,
            )


def _count(connection: Connection, wanted: Sequence[ColumnElement[bool]]) -> int:
    return int(connection.execute(select(func.count()).select_from(inbox_items).where(*wanted)).scalar_one())


def _counted(connection: Connection, apart: bool, wanted: Sequence[ColumnElement[bool]]) -> tuple[int, int]:
    """How many rows there are on all pages, and of how many items. Beside the page itself, and not as a window of it:
    over 100,000 groups that took three times as long."""
    if apart:
        items = _count(connection, wanted)
        return items, items
    each = select(func.count().label("of_items")).where(*wanted).group_by(_ITEM.group_id).subquery()
    row = connection.execute(select(func.count(), func.coalesce(func.sum(each.c.of_items), 0))).one()
    return int(row[0]), int(row[1])


def _questions(connection: Connection, wanted: Sequence[ColumnElement[bool]], items: int, many: int) -> int:
    """How many questions so many items are about. Of very many the items are counted instead: two about one answer are
    rare, and to tell them apart took half of the time of a page."""
    if items > many or items < 2:
        return items
    return int(connection.execute(select(func.count(question_asked.distinct())).where(*wanted)).scalar_one())


def _row(item: Item, sorted_by: int, around: Mapping[str, tuple[SeenGroup, int, int]]) -> ListRow:
    group, in_group, questions = around.get(item.group_id, (None, 0, 0))
    return ListRow(item, group, in_group, questions, sorted_by)


def _keys(filters: Filters, wanted: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """What a page is sorted by, of every row: a group as a whole, or each item. From an index alone."""
    group: ColumnElement[Any] = _ITEM.group_id
    if filters.apart:
        value: ColumnElement[Any] = _ITEM.importance if filters.sort is Sort.IMPORTANT else literal(0)
        return select(_ITEM.id.label("last"), group, value.label("sorted_by")).where(*wanted)
    last = func.min(_ITEM.id) if filters.sort is Sort.OLDEST else func.max(_ITEM.id)
    by: dict[Sort, ColumnElement[Any]] = {Sort.IMPORTANT: func.max(_ITEM.importance), Sort.COMMON: func.count()}
    value = by.get(filters.sort, literal(0))
    return select(last.label("last"), group, value.label("sorted_by")).where(*wanted).group_by(group)


def _after(keys: Select[Any], sort: Sort, after: Cursor | None) -> Select[Any]:
    """From the row after the cursor on."""
    key = keys.subquery()
    rows = select(key)
    if sort is Sort.OLDEST:
        rows = rows.order_by(key.c.last)
        return rows.where(key.c.last > after.last) if after else rows
    rows = rows.order_by(key.c.sorted_by.desc(), key.c.last.desc())
    if after is None:
        return rows
    same = and_(key.c.sorted_by == after.value, key.c.last < after.last)
    return rows.where(or_(key.c.sorted_by < after.value, same))


def _wanted(connection: Connection, filters: Filters, many: int) -> list[ColumnElement[bool]]:
    """What the filters let through. Words are looked through once, not anew for each of a page's figures; where so
    many items hold them that to name each would cost more, they are looked through again."""
    if not filters.words:
        return _conditions(filters, _ITEM.is_open)
    table = inbox_items.alias("searched").c
    held = select(table.id).where(*(table.words.contains(word.lower(), autoescape=True) for word in filters.words))
    found = connection.execute(held.limit(many + 1)).scalars().all()
    if len(found) > many:
        return [*_conditions(filters, _ITEM.is_open), _ITEM.id.in_(held)]
    # As a computed value, which no index holds: SQLite then looks up the few by id, not every open one for its id.
    return [*_conditions(filters, func.coalesce(_ITEM.is_open, false())), _ITEM.id.in_(found)]


def _conditions(filters: Filters, is_open: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    wanted = _of_state(filters.which, is_open)
    if filters.kind:
        wanted.append(_ITEM.kind == filters.kind.value)
    if filters.assignee:
        wanted.append(_ITEM.assignee.is_(None) if filters.assignee == NO_ONE else _ITEM.assignee == filters.assignee)
    if filters.importance:
        wanted.append(_ITEM.importance == filters.importance)
    if filters.topic:
        wanted.append(_ITEM.topics.contains(f" {filters.topic} ", autoescape=True))
    if filters.municipality:
        wanted.append(_ITEM.municipality == filters.municipality)
    if filters.since:
        wanted.append(_ITEM.id >= id_from(filters.since))
    if filters.until:
        wanted.append(_ITEM.id < id_from(filters.until + timedelta(days=1)))
    if filters.group:
        wanted.append(_ITEM.group_id == filters.group)
    return wanted


def _of_state(which: Which, is_open: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    if which is Which.ALL:
        return [is_open.in_([True, False])]  # the index begins with it
    if which is Which.OPEN:
        return [is_open]
    return [is_open.is_(which in (Which.NEW, Which.IN_PROGRESS)), _ITEM.state == which.value]


def _items(connection: Connection, keys: Sequence[str]) -> dict[str, Item]:
    rows = connection.execute(select(inbox_items).where(_ITEM.id.in_(keys))).mappings()
    return {row["id"]: item_from_row(row) for row in rows}


def _open_groups(connection: Connection, groups: Sequence[str]) -> dict[str, tuple[SeenGroup, int, int]]:
    """What is open in each of these groups: how many items, of how many questions."""
    counted = (
        select(
            _ITEM.group_id,
            func.count().label("of_items"),
            func.count(question_asked.distinct()).label("questions"),
            func.sum(_ITEM.revision).label("revisions"),
            func.max(_ITEM.id).label("last"),
        )
        .where(_ITEM.is_open, _ITEM.group_id.in_(groups))
        .group_by(_ITEM.group_id)
    )
    found = {}
    for row in connection.execute(counted):
        seen = SeenGroup(row.group_id, row.last, group_mark(row.of_items, row.revisions))
        found[row.group_id] = (seen, row.of_items, row.questions)
    return found
