"""What comes into the inbox: with its cause or not at all, once for each, and out of it when the cause is gone."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, select

from knowledge.clock import FixedClock
from knowledge.datatypes import (
    Answer,
    Citation,
    Notice,
    NoticeKind,
    Passage,
    Question,
    RefinedAnswerReference,
    ScoredPassage,
    Status,
)
from knowledge.errors import StoreUnavailable
from knowledge.inbox.datatypes import Importance, Item, ItemState, Kind, NewItem, SubjectKind
from knowledge.source_checks import Outcome, Reason, SourceCheck, SourceState
from knowledge.store import tables
from knowledge.store.conversations import SqlConversationStore
from knowledge.store.engine import transaction
from knowledge.store.inbox import erase, item_from_row, open_item, settle
from knowledge.store.source_checks import SqlSourceStore
from knowledge.store.tables_inbox import inbox_history, inbox_items

NOW = dt.datetime(2026, 3, 1, 8, 0, tzinfo=dt.UTC)
SURE_FROM = 0.7
SOURCE = "https://kommun.example/kalla"


@pytest.fixture
def store(engine: Engine) -> SqlConversationStore:
    return SqlConversationStore(engine, FixedClock(NOW), SURE_FROM)


@pytest.fixture
def answer(make_passage: Callable[..., Passage]) -> Answer:
    passage = make_passage("skola/start", "Börja här.")
    citations = (Citation(1, passage, passage.sources[0], "Börja här."),)
    return Answer("a1", Status.ANSWERED, "sv", "Börja här [1].", NOW.date(), 0.9, citations=citations)


@pytest.fixture
def refusal(make_passage: Callable[..., Passage]) -> Answer:
    near = ScoredPassage(make_passage("tandvard/akut", "Tand."), 0.2, {}, "no support")
    return Answer(
        "a2", Status.NO_SUPPORT, "sv", "Det vet jag inte.", NOW.date(), 0.2, reason="no_support", rejected=(near,)
    )


def _items(engine: Engine) -> list[Item]:
    with engine.connect() as connection:
        return [item_from_row(row) for row in connection.execute(select(inbox_items).order_by("id")).mappings()]


def _only(engine: Engine) -> Item:
    (item,) = _items(engine)
    return item


def _history(engine: Engine) -> list[tuple[str, dict[str, Any]]]:
    with engine.connect() as connection:
        rows = connection.execute(select(inbox_history).order_by("n"))
        return [(row.what, row.detail) for row in rows]


def _store_passages(engine: Engine, *passages: Passage) -> None:
    """As far as an answer's topics need them."""
    with engine.begin() as connection:
        for one in passages:
            connection.execute(
                tables.passages.insert().values(
                    id=one.id,
                    version=one.version,
                    document_id=one.document_id,
                    position=0,
                    heading=one.heading,
                    text=one.text,
                    content={"topics": list(one.topics)},
                    current=True,
                    stored_at=NOW.replace(tzinfo=None),
                )
            )


def _thumb(answer_id: str = "a1", **changed: Any) -> dict[str, object]:
    return {"answer_id": answer_id, "rating": "down", "reasons": ["outdated"], "comment": "Gammalt."} | changed


def test_a_question_without_an_answer_waits_for_staff(
    store: SqlConversationStore, engine: Engine, refusal: Answer
) -> None:
    store.record(Question("Vad kostar en tand?", "c1", municipality="Lund"), refusal)
    item = _only(engine)
    assert (item.kind, item.subject_kind, item.subject_id) == (Kind.UNANSWERED, SubjectKind.ANSWER, "a2")
    assert (item.question, item.municipality, item.topics) == ("Vad kostar en tand?", "Lund", ("tandvard",))
    assert (item.state, item.importance, item.times) == (ItemState.NEW, Importance.NORMAL, 1)
    assert item.detail == {"reason": "no_support", "confidence": 0.2}
    assert _history(engine) == [("opened", item.detail)]


@pytest.mark.parametrize(("confidence", "comes_in"), [(0.69, True), (0.7, False)])
def test_an_answer_with_little_support_waits_too(
    store: SqlConversationStore, engine: Engine, answer: Answer, confidence: float, comes_in: bool
) -> None:
    store.record(Question("Fråga?", "c1"), replace(answer, confidence=confidence))
    assert [item.kind for item in _items(engine)] == ([Kind.LOW_SUPPORT] if comes_in else [])


def test_what_was_never_judged_by_support_is_not_little_supported(
    store: SqlConversationStore, engine: Engine, answer: Answer
) -> None:
    from_contacts = replace(answer, confidence=0.0, citations=())
    refined = replace(answer, id="a3", confidence=0.1, refined_answer=RefinedAnswerReference("r1", 1, NOW))
    asked_back = Answer("a4", Status.CLARIFY, "sv", "Vem?", NOW.date(), 0.0)
    outside = Answer("a5", Status.OUT_OF_SCOPE, "sv", "Nej.", NOW.date(), 0.0, reason="out_of_scope")
    for one in (from_contacts, refined, asked_back, outside):
        store.record(Question("Fråga?"), one)
    assert _items(engine) == []


@pytest.mark.parametrize(
    ("change", "importance"),
    [
        ({"notices": (Notice(NoticeKind.CHILD, "Barn."),)}, Importance.HIGH),
        ({"notices": (Notice(NoticeKind.PRIVACY, "Borttaget."),)}, Importance.NORMAL),
        ({"reason": "individual_case"}, Importance.LOW),
    ],
)
def test_what_concerns_a_child_matters_most(
    store: SqlConversationStore, engine: Engine, refusal: Answer, change: dict[str, Any], importance: Importance
) -> None:
    store.record(Question("Fråga?"), replace(refusal, **change))
    assert _only(engine).importance is importance


def test_a_second_thumb_down_adds_to_the_first(store: SqlConversationStore, engine: Engine, answer: Answer) -> None:
    _store_passages(engine, answer.citations[0].passage)
    store.record(Question("Fråga?", "c1"), answer)
    store.record_feedback("f1", "c1", _thumb(reasons=["other"]))
    first = _only(engine)
    assert (first.kind, first.subject_id, first.topics, first.importance) == (
        Kind.THUMBS_DOWN,
        "a1",
        ("skola",),
        Importance.NORMAL,
    )
    store.record_feedback("f2", "c1", _thumb(comment="Fel lag."))
    again = _only(engine)
    assert (again.id, again.times, again.revision) == (first.id, 2, 2)
    assert again.detail == {"feedback_id": "f2", "reasons": ["outdated"], "comment": "Fel lag."}
    assert [what for what, _ in _history(engine)] == ["opened", "again"]


def test_a_thumb_up_leaves_nothing_to_do(store: SqlConversationStore, engine: Engine, answer: Answer) -> None:
    store.record(Question("Fråga?", "c1"), answer)
    store.record_feedback("f1", "c1", _thumb(rating="up", reasons=[]))
    assert _items(engine) == []


def test_a_thumb_down_on_a_refusal_has_the_topics_of_its_question(
    store: SqlConversationStore, engine: Engine, refusal: Answer
) -> None:
    store.record(Question("Vad kostar en tand?", "c1"), refusal)
    store.record_feedback("f1", "c1", _thumb("a2"))
    assert {(item.kind, item.topics) for item in _items(engine)} == {
        (Kind.UNANSWERED, ("tandvard",)),
        (Kind.THUMBS_DOWN, ("tandvard",)),
    }


def test_a_handover_shows_the_question_but_never_how_to_reach_the_official(
    store: SqlConversationStore, engine: Engine, answer: Answer
) -> None:
    store.record(Question("Fråga?", "c1"), answer)
    wish: dict[str, str | None] = {
        "conversation_id": "c1",
        "answer_id": None,
        "contact_way": "phone",
        "contact": "040-12 34 56",
        "municipality": "Malmö",
        "message": "Ring efter tolv.",
    }
    store.record_handover("h1", "R-ABC234", wish)
    item = _only(engine)
    assert (item.kind, item.subject_kind, item.subject_id) == (Kind.HANDED_OVER, SubjectKind.HANDOVER, "h1")
    assert (item.question, item.answer_id, item.municipality) == ("Fråga?", "a1", "Malmö")
    assert "040" not in repr(item) and "Ring" not in repr(item)


def _check(
    outcome: Outcome, reason: str, at: dt.datetime, needs_person: bool = False
) -> tuple[SourceState, SourceCheck]:
    state = SourceState(SOURCE, outcome, reason, "", at, at, at)
    return state, SourceCheck(SOURCE, "run", at, outcome, reason, needs_person=needs_person)


def test_a_source_that_is_gone_waits_until_it_is_back(engine: Engine) -> None:
    sources = SqlSourceStore(engine, FixedClock(NOW))
    sources.record(*_check(Outcome.GONE, Reason.NOT_FOUND, NOW, needs_person=True))
    sources.record(*_check(Outcome.GONE, Reason.NOT_FOUND, NOW + dt.timedelta(days=1)))
    item = _only(engine)
    assert (item.kind, item.subject_id, item.state) == (Kind.GONE_SOURCE, SOURCE, ItemState.NEW)
    assert item.detail["outcome"] == "gone"
    sources.record(*_check(Outcome.UNCHANGED, "", NOW + dt.timedelta(days=2)))
    assert _only(engine).state is ItemState.DONE
    assert _history(engine)[-1] == ("settled", {"why": "source_back"})


def test_a_source_that_a_person_has_dealt_with_leaves_the_inbox(engine: Engine) -> None:
    sources = SqlSourceStore(engine, FixedClock(NOW))
    sources.record(*_check(Outcome.REFUSED, Reason.ROBOTS, NOW, needs_person=True))
    assert sources.settle([SOURCE]) == 1
    assert _only(engine).state is ItemState.DONE


def _due(day: str) -> NewItem:
    return NewItem(Kind.REVIEW_DUE, SubjectKind.REFINED_ANSWER, "r1", "Får hon?", detail={"due": day})


def _open(engine: Engine, new: NewItem) -> str:
    with transaction(engine) as connection:
        return open_item(connection, new, NOW)


def test_the_same_cause_opens_nothing_again_and_another_one_does(engine: Engine) -> None:
    first = _open(engine, _due("2026-03-01"))
    assert _open(engine, _due("2026-03-01")) == first and _only(engine).times == 1
    with transaction(engine) as connection:
        assert settle(connection, Kind.REVIEW_DUE, SubjectKind.REFINED_ANSWER, ["r1", "r2"], "answered", NOW) == 1
    assert _open(engine, _due("2026-03-01")) == first and _only(engine).state is ItemState.DONE
    second = _open(engine, _due("2027-03-01"))
    assert [(item.id, item.state) for item in _items(engine)] == sorted(
        [(first, ItemState.DONE), (second, ItemState.NEW)]
    )


def test_a_cause_that_is_not_stored_leaves_no_item(
    engine: Engine, store: SqlConversationStore, refusal: Answer
) -> None:
    store.record(Question("Fråga?", "c1"), refusal)
    with pytest.raises(StoreUnavailable):
        store.record(Question("En annan?", "c1"), refusal)  # its id is taken
    store.record_feedback("f1", "c1", _thumb("a2"))
    with pytest.raises(StoreUnavailable):
        store.record_feedback("f1", "c1", _thumb("a2", comment="En gång till."))
    assert {(item.kind, item.times) for item in _items(engine)} == {(Kind.UNANSWERED, 1), (Kind.THUMBS_DOWN, 1)}


def test_what_is_erased_of_a_conversation_is_erased_here(
    store: SqlConversationStore, engine: Engine, answer: Answer
) -> None:
    store.record(Question("Hemlig fråga?", "c1"), answer)
    store.record_feedback("f1", "c1", _thumb(comment="Hemlig kommentar."))
    wish: dict[str, str | None] = {
        "conversation_id": "c1",
        "answer_id": "a1",
        "contact_way": "here",
        "contact": "",
        "municipality": "Malmö",
        "message": "",
    }
    store.record_handover("h1", "R-ABC234", wish)
    with transaction(engine) as connection:
        connection.execute(delete(tables.conversations))
        assert erase(connection, SubjectKind.ANSWER, ["a1"]) == 1
    item = _only(engine)
    assert (item.kind, item.question) == (Kind.HANDED_OVER, "")
    with engine.connect() as connection:
        left = [repr(tuple(row)) for table in (inbox_items, inbox_history) for row in connection.execute(select(table))]
    assert not [text for text in left if "Hemlig" in text]


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
    key = f"a{number}"
    answer = Answer(key, Status.NO_SUPPORT, "sv", "Nej.", dt.date(2026, 3, 1), 0.2, reason="no_support")
    store.record(Question(f"Fråga {number}", f"c{number % 7}"), answer)
    thumb = {"answer_id": key, "rating": "down", "reasons": ["other"], "comment": ""}
    store.record_feedback(f"f{number}", None, thumb)
    print(number, flush=True)
"""


def test_a_killed_process_loses_no_item_and_leaves_none_without_its_cause(database: Path) -> None:
    database.parent.mkdir(parents=True)
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(database)], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    assert process.stdout is not None
    for expected in range(1, 41):
        assert process.stdout.readline() == f"{expected}\n"
    process.kill()
    process.wait()
    process.stdout.close()
    connection = sqlite3.connect(database)

    def of(query: str) -> set[str]:
        return {key for (key,) in connection.execute(query)}

    waiting = "SELECT subject_id FROM inbox_items WHERE kind = '{}'"
    assert len(of("SELECT id FROM answers")) >= 40
    assert of(waiting.format("unanswered")) == of("SELECT id FROM answers WHERE status = 'no_support'")
    assert of(waiting.format("thumbs_down")) == of("SELECT answer_id FROM feedback")
    assert of("SELECT id FROM inbox_items") == of("SELECT item_id FROM inbox_history")
    connection.close()
