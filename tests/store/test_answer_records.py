"""The proof of an answer: its sources as they were then, whatever became of them since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from knowledge.clock import FixedClock
from knowledge.datatypes import (
    Answer,
    Citation,
    Document,
    Notice,
    NoticeKind,
    Passage,
    Question,
    RefinedAnswerReference,
    Status,
)
from knowledge.errors import NotFound
from knowledge.store.answer_records import SqlAnswerRecords
from knowledge.store.conversations import SqlConversationStore
from knowledge.store.documents import SqlDocumentStore
from knowledge.store.engine import transaction

NOW = dt.datetime(2026, 11, 23, 9, 30)
REFINED = """
INSERT INTO refined_answers
  (id, revision, question, words, state, topics, municipalities, created_at, changed_at, changed_by)
VALUES ('g', 1, 'F', 'f', 'approved', '[]', '[]', :at, :at, 'Edit')
"""
VERSION = """
INSERT INTO refined_versions
  (answer_id, n, state, content, written_by, written_by_name, written_at, editors, decided_by, decided_by_name,
   decided_at, comment, reason_for_breaks)
VALUES ('g', 3, 'approved', '{}', 'e', 'Edit', :at, '[]', 'a', 'Anders', :at, 'Stämmer.', '')
"""


@pytest.fixture
def record(engine: Engine, clock: FixedClock) -> Callable[..., None]:
    def record(passage: Passage, refined: RefinedAnswerReference | None = None) -> None:
        answer = Answer(
            "svar",
            Status.ANSWERED,
            "sv",
            "Ja [1].",
            NOW.date(),
            0.9,
            citations=(Citation(1, passage, passage.sources[0], "Ja."),),
            notices=(Notice(NoticeKind.CHILD, "När ett barn berörs."),),
            refined_answer=refined,
        )
        SqlConversationStore(engine, clock, 0.9).record(Question("Fråga?", "samtal", "slack", "Malmö"), answer)

    return record


def test_a_source_is_shown_in_the_version_that_the_answer_rests_on(
    engine: Engine,
    clock: FixedClock,
    make_passage: Callable[..., Passage],
    make_document: Callable[..., Document],
    record: Callable[..., None],
) -> None:
    then, now = make_passage("skola/ratt", "Så var det."), make_passage("skola/ratt", "Så är det.", version="v2")
    store = SqlDocumentStore(engine, clock)
    store.replace_corpus([make_document(then)])
    record(then)
    store.replace_corpus([make_document(now, content_hash="h2")])
    found = SqlAnswerRecords(engine).get("svar")
    assert (found.question, found.channel, found.municipality, found.asked_at) == ("Fråga?", "slack", "Malmö", NOW)
    assert found.notices == ("När ett barn berörs.",)
    (cited,) = found.citations
    assert (cited.version, cited.text, cited.quote) == ("v1", "Så var det.", "Ja.")
    assert (cited.publisher, cited.date) == ("Exempelkommunen", "2024-05-01")
    assert cited.replaced_at == clock.today()


def test_a_version_that_is_no_longer_stored_says_so(
    engine: Engine, make_passage: Callable[..., Passage], record: Callable[..., None]
) -> None:
    record(make_passage("skola/ratt", "Så var det."))
    (cited,) = SqlAnswerRecords(engine).get("svar").citations
    assert not cited.is_stored
    assert (cited.quote, cited.text) == ("Ja.", "")


def test_a_refined_answer_names_its_version_and_who_approved_it(
    engine: Engine, make_passage: Callable[..., Passage], record: Callable[..., None]
) -> None:
    with transaction(engine) as connection:
        for statement in (REFINED, VERSION):
            connection.execute(text(statement), {"at": "2026-11-20 08:00:00"})
    record(make_passage("skola/ratt", "Ja."), RefinedAnswerReference("g", 3, NOW))
    approval = SqlAnswerRecords(engine).get("svar").approval
    assert approval is not None
    assert (approval.refined_id, approval.version, approval.written_by) == ("g", 3, "Edit")
    assert (approval.decided_by, approval.comment) == ("Anders", "Stämmer.")
    assert approval.decided_at == dt.datetime(2026, 11, 20, 8, 0)


def test_one_that_is_none_is_not_found(engine: Engine) -> None:
    with pytest.raises(NotFound):
        SqlAnswerRecords(engine).get("svar")
