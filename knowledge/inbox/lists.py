"""What a list of the inbox shows: filters, order, one page of rows. All of it lives in the page's address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .datatypes import Item, Kind, SeenGroup

NO_ONE = "none"  # as the assignee of a filter: items without one
PAGE_SIZE = 50


class Which(StrEnum):
    """Items by their state; `open` is new or in progress."""

    OPEN = "open"
    NEW = "new"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DISMISSED = "dismissed"
    ALL = "all"


class Sort(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    IMPORTANT = "important"
    COMMON = "common"  # the most questions that are alike


@dataclass(frozen=True, slots=True)
class Cursor:
    """After which row a page begins: what it is sorted by, and the row's newest item."""

    value: int
    last: str


@dataclass(frozen=True, slots=True)
class Filters:
    """An empty value lets everything through. `apart`: a row each item, not each group."""

    which: Which = Which.OPEN
    kind: Kind | None = None
    assignee: str = ""
    importance: int = 0
    topic: str = ""
    municipality: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    words: tuple[str, ...] = ()
    group: str = ""
    apart: bool = False
    sort: Sort = Sort.NEWEST


@dataclass(frozen=True, slots=True)
class ListRow:
    """A group by its newest item that the filters let through, or an item alone.

    `group` is what is open in its group: `in_group` items, of `questions` that were asked, whether or not the filters
    let them through. An answer may be the subject of several.
    """

    item: Item
    group: SeenGroup | None
    in_group: int
    questions: int
    sorted_by: int

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.sorted_by, self.item.id)


@dataclass(frozen=True, slots=True)
class ListPage:
    """`questions` and `rows_in_all` count what the filters let through, on all pages."""

    rows: tuple[ListRow, ...]
    questions: int
    rows_in_all: int
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is open. `mine` and `unassigned` count questions, `others` (colleagues') and `by_kind` items.

    One question may be of several kinds.
    """

    mine: int
    unassigned: int
    others: int
    by_kind: Mapping[Kind, int]

    @property
    def in_all(self) -> int:
        return self.mine + self.unassigned + self.others
