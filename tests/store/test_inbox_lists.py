"""Lists of the inbox: every row on exactly one page, whatever the order, and what filters let through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, update

from knowledge.inbox.datatypes import Importance, Kind, NewItem, SubjectKind
from knowledge.inbox.lists import NO_ONE, PAGE_SIZE, Filters, ListPage, Sort, Which
from knowledge.store.engine import transaction
from knowledge.store.inbox import open_item
from knowledge.store.inbox_lists import SqlInboxLists
from knowledge.store.tables_inbox import inbox_items

START = dt.datetime(2026, 3, 1, 8, 0, tzinfo=dt.UTC)
Add = Callable[..., str]


@pytest.fixture
def add(engine: Engine) -> Add:
    """Adds an item an hour after the one before; named values are columns, set as they are."""
    count = 0

    def add(question: str = "Fråga?", kind: Kind = Kind.UNANSWERED, group: str = "", **values: Any) -> str:
        nonlocal count
        count += 1
        named = {
            name: values.pop(name) for name in ("municipality", "topics", "importance", "detail") if name in values
        }
        new = NewItem(kind, SubjectKind.ANSWER, f"a{count}", question, **named)
        with transaction(engine) as connection:
            key = open_item(connection, new, START + dt.timedelta(hours=count))
            if group:
                values["group_id"] = group
            if values:
                connection.execute(update(inbox_items).where(inbox_items.c.id == key).values(values))
        return key

    return add


@pytest.fixture
def lists(engine: Engine) -> SqlInboxLists:
    return SqlInboxLists(engine)


def _all(lists: SqlInboxLists, filters: Filters) -> list[str]:
    """Leafs through every page."""
    found: list[str] = []
    page = lists.page(filters)
    while True:
        found += [row.item.id for row in page.rows]
        if page.next is None:
            return found
        page = lists.page(filters, page.next)


def _keys(page: ListPage) -> list[str]:
    return [row.item.id for row in page.rows]


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize("sort", list(Sort))
def test_leafing_through_shows_every_row_once(lists: SqlInboxLists, add: Add, sort: Sort, apart: bool) -> None:
    number = 2 * PAGE_SIZE + 10
    keys = [add(importance=Importance(1 + n % 3), group=f"g{n // 3}") for n in range(number)]
    found = _all(lists, Filters(sort=sort, apart=apart))
    page = lists.page(Filters(sort=sort, apart=apart))
    groups = -(-number // 3)
    assert len(found) == len(set(found)) == page.rows_in_all == (number if apart else groups)
    assert page.questions == number
    if apart and sort in (Sort.NEWEST, Sort.OLDEST):
        assert found == (keys if sort is Sort.OLDEST else keys[::-1])


def test_the_most_important_and_the_most_common_come_first(lists: SqlInboxLists, add: Add) -> None:
    low = add(importance=Importance.LOW)
    high = add(importance=Importance.HIGH)
    common = [add(group="g") for _ in range(3)]
    newest = add()
    assert _keys(lists.page(Filters(sort=Sort.IMPORTANT))) == [high, newest, common[-1], low]
    assert _keys(lists.page(Filters(sort=Sort.COMMON)))[0] == common[-1]
    assert _keys(lists.page(Filters(sort=Sort.OLDEST))) == [low, high, common[0], newest]


def test_what_comes_in_while_someone_leafs_moves_nothing(lists: SqlInboxLists, add: Add) -> None:
    keys = [add() for _ in range(PAGE_SIZE + 5)]
    first = lists.page(Filters())
    add("Kom in senare?")
    assert first.next is not None
    assert _keys(first) + _keys(lists.page(Filters(), first.next)) == keys[::-1]


def test_a_row_tells_of_its_whole_group(lists: SqlInboxLists, add: Add) -> None:
    for n in range(12):
        add(group="g", kind=Kind.THUMBS_DOWN if n < 2 else Kind.UNANSWERED)
    add(group="g", state="done", is_open=False)
    (row,) = lists.page(Filters(kind=Kind.THUMBS_DOWN)).rows
    assert (row.in_group, row.questions) == (12, 12)
    assert lists.page(Filters(kind=Kind.THUMBS_DOWN)).questions == 2


def test_two_items_about_one_answer_are_one_question(lists: SqlInboxLists, add: Add) -> None:
    add(group="g", answer_id="a1")
    add(group="g", answer_id="a1", kind=Kind.THUMBS_DOWN)
    (row,) = lists.page(Filters()).rows
    assert (row.in_group, row.questions, lists.page(Filters()).questions) == (2, 1, 1)
    waiting = lists.waiting("me")
    assert (waiting.in_all, sum(waiting.by_kind.values())) == (1, 2)


MARKED: dict[str, tuple[dict[str, Any], Filters]] = {
    "kind": ({"kind": Kind.VALIDITY}, Filters(kind=Kind.VALIDITY)),
    "in progress": ({"state": "in_progress"}, Filters(which=Which.IN_PROGRESS)),
    "done": ({"state": "done", "is_open": False}, Filters(which=Which.DONE)),
    "dismissed": ({"state": "dismissed", "is_open": False}, Filters(which=Which.DISMISSED)),
    "assignee": ({"assignee": "me"}, Filters(assignee="me")),
    "importance": ({"importance": Importance.HIGH}, Filters(importance=3)),
    "topic": ({"topics": ("tandvard", "barn")}, Filters(topic="tandvard")),
    "municipality": ({"municipality": "Malmö"}, Filters(municipality="Malmö")),
    "words": ({"question": "Vad kostar ÅRETS 100 % fiskekort?"}, Filters(words=("årets", "100 %"))),
    "comment": ({"detail": {"comment": "Lagen är NY."}}, Filters(words=("lagen är ny",))),
    "group": ({"group": "g"}, Filters(group="g")),
}


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize("name", MARKED)
def test_a_filter_lets_through_what_it_names(lists: SqlInboxLists, add: Add, name: str, apart: bool) -> None:
    values, filters = MARKED[name]
    add("Vad kostar året?", topics=("tandvard-barn",), municipality="Mölndal")
    wanted = add(**values)
    add("Något annat?", assignee="you", group="another")
    page = lists.page(Filters(**{field: getattr(filters, field) for field in Filters.__slots__} | {"apart": apart}))
    assert (_keys(page), page.questions, page.rows_in_all) == ([wanted], 1, 1)


@pytest.mark.parametrize("many", [2, 1_000])
def test_words_are_found_whether_few_or_many_items_hold_them(engine: Engine, add: Add, many: int) -> None:
    held = [add(f"Gäller det akut tandvård ({n})?", group=f"g{n // 2}") for n in range(6)]
    add("Får barnet gå i skolan?")
    lists = SqlInboxLists(engine, many)
    page = lists.page(Filters(words=("TANDVÅRD", "akut"), apart=True))
    assert _keys(page) == held[::-1]
    assert (page.rows_in_all, page.questions) == (6, 6)
    assert lists.page(Filters(words=("tandvård",))).rows_in_all == 3
    assert lists.page(Filters(words=("tandvård", "skolan"))).rows == ()


def test_what_nobody_has_taken(lists: SqlInboxLists, add: Add) -> None:
    add(assignee="me")
    free = add()
    assert _keys(lists.page(Filters(assignee=NO_ONE))) == [free]


def test_a_period_is_of_days_in_sweden(lists: SqlInboxLists, engine: Engine) -> None:
    def came_in(key: str, at: dt.datetime) -> str:
        with transaction(engine) as connection:
            return open_item(connection, NewItem(Kind.UNANSWERED, SubjectKind.ANSWER, key, "Fråga?"), at)

    came_in("a1", dt.datetime(2026, 6, 1, 21, 59, tzinfo=dt.UTC))
    late = came_in("a2", dt.datetime(2026, 6, 1, 22, 1, tzinfo=dt.UTC))  # already the second of June
    day = dt.date(2026, 6, 2)
    assert _keys(lists.page(Filters(since=day, until=day))) == [late]


def test_what_waits_for_me_is_mine_or_nobodys(lists: SqlInboxLists, add: Add) -> None:
    add(assignee="me")
    add()
    add()
    add(assignee="you", kind=Kind.VALIDITY)
    add(assignee="me", state="done", is_open=False)
    waiting = lists.waiting("me")
    assert (waiting.mine, waiting.unassigned, waiting.others) == (1, 2, 1)
    assert waiting.by_kind == {Kind.UNANSWERED: 3, Kind.VALIDITY: 1}
