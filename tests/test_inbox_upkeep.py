"""The inbox's background: one process of several does it, and what it did once it does not do again."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from knowledge.bootstrap import Knowledge
from knowledge.clock import FixedClock
from knowledge.datatypes import Answer, Question, Status
from knowledge.inbox.datatypes import ItemState, Kind
from knowledge.inbox.lists import Filters, Which
from knowledge.inbox_upkeep import InboxUpkeep
from knowledge.store.inbox_groups import SqlInboxGroups
from knowledge.store.tables_inbox import inbox_items
from tests.conftest import MakePassage

PATIENCE_S = 20.0


@pytest.fixture
def knowledge(build_knowledge: Callable[..., Knowledge], tmp_path: Path) -> Iterator[Knowledge]:
    built = build_knowledge(tmp_path)
    yield built
    built.inbox_upkeep.stop()
    built.engine.dispose()


def _ask(knowledge: Knowledge, *questions: str) -> None:
    for number, question in enumerate(questions):
        day = dt.date(2026, 11, 23)
        answer = Answer(f"{question}{number}"[:40], Status.NO_SUPPORT, "sv", "Nej.", day, 0.2, reason="no_support")
        knowledge.conversations.record(Question(question, "c1"), answer)


def _sizes(knowledge: Knowledge) -> list[int]:
    page = knowledge.inbox.lists.page(Filters(kind=Kind.UNANSWERED))
    return sorted(row.in_group for row in page.rows)


def _second(knowledge: Knowledge, lock: Path) -> InboxUpkeep:
    first = knowledge.inbox_upkeep
    groups = SqlInboxGroups(knowledge.engine)
    return InboxUpkeep(groups, first.encoder, first.scan, FixedClock(knowledge.clock.now()), lock, 0.02)


def test_questions_that_are_alike_come_together(knowledge: Knowledge) -> None:
    _ask(knowledge, "Vad kostar ett fiskekort?", "Vad kostar ett fiskekort här?", "Får man grilla i parken?")
    assert _sizes(knowledge) == [1, 1, 1]
    knowledge.inbox_upkeep.work()
    assert _sizes(knowledge) == [1, 2]


def test_a_process_that_starts_later_knows_the_groups(knowledge: Knowledge) -> None:
    _ask(knowledge, "Vad kostar ett fiskekort?")
    knowledge.inbox_upkeep.work()
    _ask(knowledge, "Får man grilla i parken?", "Vad kostar ett fiskekort här?")
    _second(knowledge, knowledge.settings.data / "other.lock").work()
    assert _sizes(knowledge) == [1, 2]


def test_the_daily_scan_opens_each_matter_once_and_closes_what_is_mended(
    knowledge: Knowledge, make_passage: MakePassage
) -> None:
    silent = make_passage("gammalt/ett", "Anmäl genast när ett barn far illa.")
    silent = replace(silent, laws=("14 kap. 1 § SoL (2001:453)",))  # repealed, and the passage does not say so
    scan = replace(knowledge.inbox_upkeep.scan, curated=lambda: (silent,))
    scan.run()
    found = knowledge.inbox.lists.page(Filters(kind=Kind.VALIDITY)).rows
    assert len(found) == 1
    scan.run()
    assert knowledge.inbox.lists.page(Filters(kind=Kind.VALIDITY)).rows == found
    replace(knowledge.inbox_upkeep.scan, curated=tuple).run()
    assert knowledge.inbox.lists.page(Filters(kind=Kind.VALIDITY)).rows == ()
    closed = knowledge.inbox.lists.page(Filters(kind=Kind.VALIDITY, which=Which.DONE, apart=True)).rows
    assert {row.item.state for row in closed} == {ItemState.DONE} and len(closed) == len(found)


def test_one_of_two_processes_does_it_and_the_other_takes_over(knowledge: Knowledge) -> None:
    lock = knowledge.settings.data / "both.lock"
    one, other = _second(knowledge, lock), _second(knowledge, lock)
    one.start()
    _wait_until(lambda: one.holds)
    other.start()
    _ask(knowledge, "Vad kostar ett fiskekort?")
    _wait_until(lambda: _all_grouped(knowledge))
    assert not other.holds
    one.stop()
    _wait_until(lambda: other.holds)
    _ask(knowledge, "Får man grilla i parken?")
    _wait_until(lambda: _all_grouped(knowledge))
    other.stop()


def _all_grouped(knowledge: Knowledge) -> bool:
    with knowledge.engine.connect() as connection:
        return not connection.execute(select(inbox_items.c.id).where(inbox_items.c.grouped.is_(False))).first()


def _wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.02)
