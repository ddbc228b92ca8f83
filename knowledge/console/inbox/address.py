"""The list in its address: filters, order and where a page begins, read from a query and written into one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from ...inbox.datatypes import Importance, Kind
from ...inbox.lists import Cursor, Filters, Sort, Which

PATH = "/console/inbox"
ME = "me"
_LONGEST = 200  # characters of a value
_WORDS = 8
_GROUPED = (Which.OPEN, Which.NEW, Which.IN_PROGRESS)
_APART = "apart"
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Address:
    """`unread` names the fields whose value means nothing: they are told to whoever wrote them, and let all through."""

    filters: Filters
    after: Cursor | None
    given: Mapping[str, str]
    unread: tuple[str, ...]

    @property
    def is_narrowed(self) -> bool:
        return any(name not in ("sort", "view", "after") for name in self.given)

    @property
    def query(self) -> str:
        """Taken along to an item and back again."""
        return f"?{urlencode(self.given)}" if self.given else ""

    def having(self, **changed: str) -> str:
        """The same list with other values; an empty one takes its field away. It begins at the first page."""
        values = {name: value for name, value in (dict(self.given) | changed).items() if value and name != "after"}
        return f"{PATH}?{urlencode(values)}" if values else PATH

    def from_row(self, cursor: Cursor) -> str:
        """The page that begins after a row."""
        return f"{PATH}?{urlencode(dict(self.given) | {'after': f'{cursor.value}.{cursor.last}'})}"


FIELDS = (
    "words",
    "kind",
    "state",
    "assignee",
    "importance",
    "topic",
    "municipality",
    "from",
    "to",
    "group",
    "sort",
    "view",
    "after",
)


def read(query: Mapping[str, str], person_id: str) -> Address:
    given = {name: query[name].strip()[:_LONGEST] for name in FIELDS if query.get(name, "").strip()}
    unread: list[str] = []

    which = _choice(given, "state", Which, unread) or Which.OPEN
    group = given.get("group", "")
    filters = Filters(
        which=which,
        kind=_choice(given, "kind", Kind, unread),
        assignee=person_id if given.get("assignee") == ME else given.get("assignee", ""),
        importance=_importance(given, unread),
        topic=given.get("topic", ""),
        municipality=given.get("municipality", ""),
        since=_day(given, "from", unread),
        until=_day(given, "to", unread),
        words=tuple(given.get("words", "").split()[:_WORDS]),
        group=group,
        apart=bool(group) or which not in _GROUPED or given.get("view") == _APART,
        sort=_choice(given, "sort", Sort, unread) or Sort.NEWEST,
    )
    after = _cursor(given, unread)
    return Address(filters, after, {name: value for name, value in given.items() if name not in unread}, tuple(unread))


def _choice(given: Mapping[str, str], name: str, choices: type[Choice], unread: list[str]) -> Choice | None:
    if name not in given:
        return None
    if given[name] in {one.value for one in choices}:
        return choices(given[name])
    unread.append(name)
    return None


def _importance(given: Mapping[str, str], unread: list[str]) -> int:
    if "importance" not in given:
        return 0
    if given["importance"] in {str(int(one)) for one in Importance}:
        return int(given["importance"])
    unread.append("importance")
    return 0


def _day(given: Mapping[str, str], name: str, unread: list[str]) -> dt.date | None:
    if name not in given:
        return None
    try:
        day = dt.date.fromisoformat(given[name])
    except ValueError:
        day = None
    # What a key can hold: nothing is older, and there are a hundred years until one would be too long.
    if day is None or not 1971 <= day.year <= 2120:
        unread.append(name)
        return None
    return day


def _cursor(given: Mapping[str, str], unread: list[str]) -> Cursor | None:
    if "after" not in given:
        return None
    value, _, last = given["after"].partition(".")
    if value.isdecimal() and len(value) < 10 and last.isalnum():
        return Cursor(int(value), last)
    unread.append("after")
    return None
