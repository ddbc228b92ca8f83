"""What staff do with items: nobody overwrites what another has done, and all of it is in the history and the log."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select, update

from knowledge.clock import FixedClock
from knowledge.errors import EditConflict, NotFound, NotPossible
from knowledge.inbox.datatypes import (
    NOBODY,
    Change,
    Importance,
    Item,
    ItemState,
    Kind,
    NewItem,
    Person,
    Seen,
    SubjectKind,
    What,
)
from knowledge.store.engine import transaction
from knowledge.store.inbox import open_item
from knowledge.store.inbox_work import SqlInboxWork
from knowledge.store.tables_audit import audit_log
from knowledge.store.tables_inbox import inbox_items

NOW = dt.datetime(2026, 3, 1, 8, 0, tzinfo=dt.UTC)
EDIT, EGON = Person("edit", "Edit Redaktör"), Person("egon", "Egon Redaktör")
TAKEN = Change(state=ItemState.IN_PROGRESS, assignee=EDIT)


@pytest.fixture
def work(engine: Engine) -> SqlInboxWork:
    return SqlInboxWork(engine, FixedClock(NOW))


def _add(engine: Engine, key: str, group: str = "", at: dt.datetime = NOW) -> str:
    with transaction(engine) as connection:
        item = open_item(connection, NewItem(Kind.UNANSWERED, SubjectKind.ANSWER, key, f"Fråga {key}?"), at)
        if group:
            connection.execute(update(inbox_items).where(inbox_items.c.id == item).values(group_id=group))
    return item


def _seen(item: Item) -> Seen:
    return Seen(item.id, item.revision)


def test_a_change_is_kept_and_told(work: SqlInboxWork, engine: Engine) -> None:
    item = work.get(_add(engine, "a1"))
    change = replace(TAKEN, importance=Importance.HIGH, note="Jag ringer Skolverket.")
    assert work.change([_seen(item)], [], change, EDIT) == 1
    now = work.get(item.id)
    assert (now.state, now.assignee, now.assignee_name) == (ItemState.IN_PROGRESS, "edit", "Edit Redaktör")
    assert (now.importance, now.note, now.revision) == (Importance.HIGH, "Jag ringer Skolverket.", 2)
    told = work.history(item.id)[0]
    assert (told.what, told.by_name) == (What.CHANGED, "Edit Redaktör")
    assert told.detail["state"] == ["new", "in_progress"] and told.detail["assignee"] == ["", "Edit Redaktör"]


def test_the_log_tells_of_it_and_never_what_was_written(work: SqlInboxWork, engine: Engine) -> None:
    item = work.get(_add(engine, "a1"))
    work.change([_seen(item)], [], replace(TAKEN, note="Hemligt."), EDIT)
    with engine.connect() as connection:
        (row,) = connection.execute(select(audit_log)).all()
    assert (row.actor, row.action, row.subject) == ("edit", "inbox.changed", item.id)
    assert json.loads(row.detail) == {
        "state": "in_progress",
        "assignee": "edit",
        "note": "written",
        "items": [item.id],
    }


def test_the_second_of_two_overwrites_nothing(work: SqlInboxWork, engine: Engine) -> None:
    seen = work.get(_add(engine, "a1"))
    work.change([_seen(seen)], [], replace(TAKEN, note="Edits."), EDIT)
    with pytest.raises(EditConflict) as conflict:
        work.change([_seen(seen)], [], Change(state=ItemState.DISMISSED, note="Egons."), EGON)
    now = work.get(seen.id)
    assert conflict.value.theirs == (now,) and now.note == "Edits."
    assert len(work.history(seen.id)) == 2


def test_another_cause_that_came_in_meanwhile_is_seen_first(work: SqlInboxWork, engine: Engine) -> None:
    first = NewItem(Kind.THUMBS_DOWN, SubjectKind.ANSWER, "a1", "Fråga?", detail={"feedback_id": "f1"})
    with transaction(engine) as connection:
        key = open_item(connection, first, NOW)
    seen = work.get(key)
    with transaction(engine) as connection:
        open_item(connection, replace(first, detail={"feedback_id": "f2"}), NOW)
    with pytest.raises(EditConflict):
        work.change([_seen(seen)], [], Change(state=ItemState.DISMISSED), EDIT)


def test_of_several_all_are_changed_or_none(work: SqlInboxWork, engine: Engine) -> None:
    items = [work.get(_add(engine, f"a{n}")) for n in range(3)]
    work.change([_seen(items[2])], [], TAKEN, EGON)
    with pytest.raises(EditConflict):
        work.change([_seen(one) for one in items], [], Change(state=ItemState.DONE), EDIT)
    with pytest.raises(NotFound):
        work.change([_seen(items[0]), Seen("nobody", 1)], [], Change(state=ItemState.DONE), EDIT)
    assert [work.get(one.id).state for one in items] == [ItemState.NEW, ItemState.NEW, ItemState.IN_PROGRESS]
    now = [work.get(one.id) for one in items]
    assert work.change([_seen(one) for one in now], [], Change(state=ItemState.DONE), EDIT) == 3


def test_what_is_so_already_makes_no_history(work: SqlInboxWork, engine: Engine) -> None:
    item = work.get(_add(engine, "a1"))
    assert work.change([_seen(item)], [], Change(state=ItemState.NEW, assignee=NOBODY, note=""), EDIT) == 0
    assert work.get(item.id) == item and len(work.history(item.id)) == 1


def test_a_group_is_worked_on_as_one(work: SqlInboxWork, engine: Engine) -> None:
    keys = [_add(engine, f"a{n}", "g", NOW + dt.timedelta(minutes=n)) for n in range(12)]
    other = _add(engine, "b", "another")
    item = work.get(keys[0])
    alike, others = work.alike(item)
    assert (others, {one.id for one in alike}) == (11, set(keys[1:]))
    seen, number = work.group_as_seen("g")
    later = _add(engine, "c", "g", NOW + dt.timedelta(hours=1))
    assert number == 12
    change = Change(state=ItemState.DONE, note="Svaret är skrivet.")
    assert work.change([_seen(item)], [seen], change, EDIT) == 12
    assert {work.get(key).state for key in keys} == {ItemState.DONE}
    assert [work.get(key).note for key in keys] == ["Svaret är skrivet.", *[""] * 11]
    assert (work.get(other).state, work.get(later).state) == (ItemState.NEW, ItemState.NEW)


def test_a_group_that_someone_else_works_on_is_left_alone(work: SqlInboxWork, engine: Engine) -> None:
    keys = [_add(engine, f"a{n}", "g", NOW + dt.timedelta(minutes=n)) for n in range(3)]
    seen, _ = work.group_as_seen("g")
    work.change([_seen(work.get(keys[1]))], [], TAKEN, EGON)
    with pytest.raises(EditConflict):
        work.change([], [seen], Change(state=ItemState.DISMISSED), EDIT)
    assert [work.get(key).state for key in keys] == [ItemState.NEW, ItemState.IN_PROGRESS, ItemState.NEW]


def test_a_closed_item_stays_closed_where_the_same_has_come_in_again(work: SqlInboxWork, engine: Engine) -> None:
    first = NewItem(Kind.THUMBS_DOWN, SubjectKind.ANSWER, "a1", "Fråga?", detail={"feedback_id": "f1"})
    with transaction(engine) as connection:
        key = open_item(connection, first, NOW)
    work.change([_seen(work.get(key))], [], Change(state=ItemState.DONE), EDIT)
    with transaction(engine) as connection:
        again = open_item(connection, replace(first, detail={"feedback_id": "f2"}), NOW)
    assert again != key
    with pytest.raises(NotPossible):
        work.change([_seen(work.get(key))], [], Change(state=ItemState.NEW), EDIT)
    work.change([_seen(work.get(again))], [], Change(state=ItemState.DONE), EDIT)
    assert work.change([_seen(work.get(key))], [], Change(state=ItemState.NEW), EDIT) == 1
