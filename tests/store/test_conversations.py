"""What was asked and said: whole or not at all, in order, each conversation for itself."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.sql.schema import Table

from knowledge.clock import FixedClock
from knowledge.datatypes import Answer, Citation, Notice, NoticeKind, Passage, Question, Status
from knowledge.errors import NotFound, StoreUnavailable
from knowledge.fakes import ForgetfulConversations, MemoryConversations
from knowledge.seams import ConversationStore
from knowledge.store import tables
from knowledge.store.conversations import SqlConversationStore

START = dt.datetime(2026, 3, 1, 8, 0, tzinfo=dt.UTC)


class TickingClock:
    """A second later at each look."""

    def __init__(self) -> None:
        self._now = START

    def today(self) -> dt.date:
        return self._now.date()

    def now(self) -> dt.datetime:
        self._now += dt.timedelta(seconds=1)
        return self._now


@pytest.fixture
def store(engine: Engine) -> SqlConversationStore:
    return SqlConversationStore(engine, TickingClock())


@pytest.fixture
def answer(make_passage: Callable[..., Passage]) -> Answer:
    passage = make_passage("skola/start", "Börja här.", version="v7")
    return Answer(
        id="a1",
        status=Status.ANSWERED,
        language="sv",
        text="Börja här [1].",
        as_of=dt.date(2026, 3, 1),
        confidence=0.9,
        citations=(Citation(1, passage, passage.sources[0], "Börja här."),),
        notices=(Notice(NoticeKind.CHILD, "Anmäl."),),
    )


def _count(engine: Engine, table: Table) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_an_answer_is_stored_with_what_it_rests_on(store: SqlConversationStore, engine: Engine, answer: Answer) -> None:
    store.record(Question("Var börjar jag?", "c1", "web", "Malmö"), answer)
    with engine.connect() as connection:
        said = connection.execute(select(tables.answers)).one()
        cited = connection.execute(select(tables.answer_citations)).one()
        talk = connection.execute(select(tables.conversations)).one()
    assert (said.id, said.conversation_id, said.channel, said.municipality) == ("a1", "c1", "web", "Malmö")
    assert (said.question, said.text, said.status) == ("Var börjar jag?", "Börja här [1].", "answered")
    assert said.notices == [{"kind": "child", "text": "Anmäl."}]
    assert said.asked_at == dt.datetime(2026, 3, 1, 8, 0, 1)
    assert (cited.answer_id, cited.passage_id, cited.passage_version) == ("a1", "skola/start", "v7")
    assert (cited.url, cited.quote) == ("https://kommun.example/kalla", "Börja här.")
    assert (talk.id, talk.channel, talk.started_at, talk.last_at) == ("c1", "web", said.asked_at, said.asked_at)


def test_a_failing_insert_leaves_nothing_at_all(store: SqlConversationStore, engine: Engine, answer: Answer) -> None:
    twice = replace(answer, citations=answer.citations * 2)  # the same number twice
    with pytest.raises(StoreUnavailable):
        store.record(Question("Fråga?", "c1"), twice)
    for table in (tables.conversations, tables.answers, tables.answer_citations):
        assert _count(engine, table) == 0, table.name


def test_a_question_without_a_conversation_is_recorded_too(
    store: SqlConversationStore, engine: Engine, answer: Answer
) -> None:
    store.record(Question("Fråga?"), answer)
    assert (_count(engine, tables.answers), _count(engine, tables.conversations)) == (1, 0)


@pytest.mark.parametrize("kind", ["sql", "memory"])
def test_earlier_questions_last_ones_oldest_first(engine: Engine, answer: Answer, kind: str) -> None:
    store: ConversationStore = SqlConversationStore(engine, TickingClock()) if kind == "sql" else MemoryConversations()
    for number in range(4):
        store.record(Question(f"Fråga {number}", "c1"), replace(answer, id=f"a{number}"))
        store.record(Question(f"Annan {number}", "c2"), replace(answer, id=f"b{number}"))
    assert store.earlier_questions("c1", 3) == ("Fråga 1", "Fråga 2", "Fråga 3")
    assert store.earlier_questions("c2", 9) == ("Annan 0", "Annan 1", "Annan 2", "Annan 3")
    assert store.earlier_questions("c3", 3) == ()


def test_the_forgetful_fake_has_no_earlier_questions(answer: Answer) -> None:
    store = ForgetfulConversations()
    store.record(Question("Fråga", "c1"), answer)
    assert store.earlier_questions("c1", 3) == ()


def test_order_holds_through_the_night_when_the_clock_goes_back(engine: Engine, answer: Answer) -> None:
    sweden = ZoneInfo("Europe/Stockholm")
    before = dt.datetime(2026, 10, 25, 2, 50, tzinfo=sweden, fold=0)
    after = dt.datetime(2026, 10, 25, 2, 10, tzinfo=sweden, fold=1)  # twenty minutes later
    for number, moment in enumerate((before, after)):
        store = SqlConversationStore(engine, FixedClock(moment))
        store.record(Question(f"Fråga {number}", "c1"), replace(answer, id=f"a{number}"))
    assert SqlConversationStore(engine, TickingClock()).earlier_questions("c1", 5) == ("Fråga 0", "Fråga 1")


def test_eight_at_once_in_one_new_conversation(engine: Engine, answer: Answer) -> None:
    store = SqlConversationStore(engine, TickingClock())
    errors: list[Exception] = []
    gate = threading.Barrier(8)

    def ask(number: int) -> None:
        gate.wait()
        try:
            store.record(Question(f"Fråga {number}", "c1"), replace(answer, id=f"a{number}"))
        except StoreUnavailable as error:
            errors.append(error)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert (_count(engine, tables.answers), _count(engine, tables.conversations)) == (8, 1)


def _opinion(**named: object) -> dict[str, object]:
    return {"answer_id": "a1", "rating": "down", "reasons": ["outdated", "other"], "comment": "Fel år."} | named


def test_feedback_belongs_to_a_known_answer(store: SqlConversationStore, engine: Engine, answer: Answer) -> None:
    with pytest.raises(NotFound) as raised:
        store.record_feedback("f1", None, _opinion(answer_id="nobody"))
    assert raised.value.kind == "answer"
    assert _count(engine, tables.feedback) == 0
    store.record(Question("Fråga?"), answer)
    store.record_feedback("f1", None, _opinion())
    with engine.connect() as connection:
        row = connection.execute(select(tables.feedback)).one()
    assert (row.answer_id, row.rating, row.reasons, row.comment) == ("a1", "down", ["outdated", "other"], "Fel år.")


def test_nobody_judges_or_hands_over_an_answer_of_anothers_conversation(
    store: SqlConversationStore, engine: Engine, answer: Answer
) -> None:
    store.record(Question("Fråga?", "c1"), answer)
    with pytest.raises(NotFound):
        store.record_feedback("f1", "c2", _opinion())
    with pytest.raises(NotFound):
        store.record_handover("h1", "R-ABC234", _wish(conversation_id="c2", answer_id="a1"))
    assert (_count(engine, tables.feedback), _count(engine, tables.handovers)) == (0, 0)
    store.record_feedback("f1", "c1", _opinion())
    store.record_handover("h1", "R-ABC234", _wish(conversation_id="c1", answer_id="a1"))
    assert (_count(engine, tables.feedback), _count(engine, tables.handovers)) == (1, 1)


def _wish(**named: str | None) -> dict[str, str | None]:
    wish = {"conversation_id": "c1", "answer_id": None, "contact_way": "phone", "contact": "040-12 34 56"}
    return wish | {"municipality": "Malmö", "message": "Ring gärna."} | named


def test_a_handover_waits_and_marks_its_answer(store: SqlConversationStore, engine: Engine, answer: Answer) -> None:
    store.record(Question("Fråga?", "c1"), answer)
    store.record_handover("h1", "R-ABC234", _wish(answer_id="a1"))
    with engine.connect() as connection:
        wish = connection.execute(select(tables.handovers)).one()
        status = connection.execute(select(tables.answers.c.status)).scalar_one()
    assert (wish.reference, wish.state, wish.contact, wish.municipality) == (
        "R-ABC234",
        "waiting",
        "040-12 34 56",
        "Malmö",
    )
    assert status == "handed_over"


def test_a_handover_of_an_unknown_answer_is_not_kept(store: SqlConversationStore, engine: Engine) -> None:
    with pytest.raises(NotFound):
        store.record_handover("h1", "R-ABC234", _wish(answer_id="nobody"))
    assert _count(engine, tables.handovers) == 0


def test_a_handover_that_fails_leaves_its_answer_as_it_was(
    store: SqlConversationStore, engine: Engine, answer: Answer
) -> None:
    store.record(Question("Fråga?", "c1"), answer)
    store.record_handover("h1", "R-ABC234", _wish())
    with pytest.raises(StoreUnavailable):
        store.record_handover("h2", "R-ABC234", _wish(answer_id="a1"))  # the reference is taken
    with engine.connect() as connection:
        assert connection.execute(select(tables.answers.c.status)).scalar_one() == "answered"
    assert _count(engine, tables.handovers) == 1


_WRITER = """
import datetime as dt, sys
from knowledge.clock import SystemClock
from knowledge.datatypes import Answer, Question, Status
from knowledge.store.conversations import SqlConversationStore
from knowledge.store.engine import migrate, open_engine
engine = open_engine("sqlite:///" + sys.argv[1])
migrate(engine)
store = SqlConversationStore(engine, SystemClock())
number = 0
while True:
    number += 1
    answer = Answer(f"a{number}", Status.ANSWERED, "sv", "Svar.", dt.date(2026, 3, 1), 0.5)
    store.record(Question(f"Fråga {number}", f"c{number % 7}"), answer)
    print(number, flush=True)
"""


def test_a_killed_writer_loses_nothing_it_acknowledged(database: Path) -> None:
    acknowledged = 57
    database.parent.mkdir(parents=True)
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(database)], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    assert process.stdout is not None
    for expected in range(1, acknowledged + 1):
        assert process.stdout.readline() == f"{expected}\n"
    process.kill()
    process.wait()
    # What it said before it died and nobody had read yet counts as well.
    seen = max([acknowledged, *map(int, process.stdout.read().split())])
    process.stdout.close()
    connection = sqlite3.connect(database)
    stored = {number for (number,) in connection.execute("SELECT id FROM answers")}
    assert {f"a{number}" for number in range(1, seen + 1)} <= stored
    assert len(stored) <= seen + 1
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    orphans = "SELECT count(*) FROM answers WHERE conversation_id NOT IN (SELECT id FROM conversations)"
    assert connection.execute(orphans).fetchone() == (0,)
    connection.close()
