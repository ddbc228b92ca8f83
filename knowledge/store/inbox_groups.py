"""Questions that are alike: what grouping reads and writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Engine, select, update

from ..inbox.datatypes import Kind
from .engine import transaction
from .tables_inbox import inbox_items

_ITEM = inbox_items.c
_PAGE = 500
_ASKED = (_ITEM.kind.in_([kind.value for kind in Kind if kind.is_question]), _ITEM.question != "")


class SqlInboxGroups:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ungrouped(self, limit: int) -> tuple[tuple[str, str], ...]:
        """Items that no group was looked for yet, with their questions, oldest first."""
        wanted = select(_ITEM.id, _ITEM.question).where(_ITEM.grouped.is_(False)).order_by(_ITEM.id).limit(limit)
        with transaction(self._engine) as connection:
            return tuple((row.id, row.question) for row in connection.execute(wanted))

    def leaders(self) -> Iterator[tuple[tuple[str, str], ...]]:
        """The first item of each group that others may join, with its question; a page at a time."""
        after = ""
        while True:
            wanted = select(_ITEM.id, _ITEM.question).where(
                _ITEM.grouped, _ITEM.id == _ITEM.group_id, _ITEM.id > after, *_ASKED
            )
            with transaction(self._engine) as connection:
                rows = connection.execute(wanted.order_by(_ITEM.id).limit(_PAGE)).all()
            if not rows:
                return
            yield tuple((row.id, row.question) for row in rows)
            after = rows[-1].id

    def join(self, groups: Mapping[str, str]) -> None:
        """Item -> the group that it belongs to; its own where none is near. An item that has a group keeps it."""
        with transaction(self._engine) as connection:
            for key, group in groups.items():
                waiting = (_ITEM.id == key, _ITEM.grouped.is_(False))
                connection.execute(update(inbox_items).where(*waiting).values(group_id=group, grouped=True))
