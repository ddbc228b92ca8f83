"""What is old goes, with all that repeats it; what is younger stays; the log counts it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from knowledge.clock import FixedClock
from knowledge.datatypes import Answer, Citation, Passage, Question, Status
from knowledge.errors import ConfigurationError, NotFound
from knowledge.settings import RetentionDays, read_settings
from knowledge.store.audit_log import AuditFilters, SqlAuditLog
from knowledge.store.conversations import SqlConversationStore
from knowledge.store.engine import transaction
from knowledge.store.erasure import Erased, SqlErasure
from knowledge.store.retention import KINDS, SqlRetention

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
DAYS = RetentionDays(conversations=100, feedback=50, handovers=30, inbox=100, source_checks=100)
OLD, YOUNG = dt.timedelta(days=101), dt.timedelta(days=99)


@pytest.fixture
def record(engine: Engine, make_passage: Callable[..., Passage]) -> Callable[..., None]:
    """A conversation of one answer with a source, a thumbs down and a hand-over, so long ago."""

    def record(key: str, ago: dt.timedelta, conversation: str | None = "") -> None:
        passage = make_passage(f"amne/{key}", "Text.")
        store = SqlConversationStore(engine, FixedClock(NOW - ago), 0.9)
        conversation_id = f"samtal-{key}" if conversation == "" else conversation
        answer = Answer(
            f"svar-{key}",
            Status.ANSWERED,
            "sv",
            "Text [1].",
            NOW.date(),
            0.5,
            citations=(Citation(1, passage, passage.sources[0], "Text."),),
        )
        store.record(Question(f"Fråga {key}", conversation_id, "web"), answer)
        judged = {"answer_id": answer.id, "rating": "down", "reasons": ["other"], "comment": f"Omdöme {key}"}
        store.record_feedback(f"omdöme-{key}", conversation_id, judged)
        asked: dict[str, str | None] = {
            "conversation_id": conversation_id,
            "answer_id": answer.id,
            "contact_way": "email",
            "contact": f"{key}@kommun.example",
            "municipality": "Malmö",
            "message": f"Meddelande {key}",
        }
        store.record_handover(f"överlämnad-{key}", f"R-{key}", asked)

    return record


@pytest.fixture
def count(engine: Engine) -> Callable[[str], int]:
    def count(table: str) -> int:
        with engine.connect() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())

    return count


@pytest.fixture
def log(engine: Engine, clock: FixedClock) -> SqlAuditLog:
    return SqlAuditLog(engine, clock)


def told(log: SqlAuditLog, action: str) -> list[dict[str, object]]:
    return [json.loads(entry.detail) for entry in log.entries(AuditFilters(action=action), 100)]


def test_each_kind_goes_when_its_time_is_over(
    engine: Engine, clock: FixedClock, record: Callable[..., None], count: Callable[[str], int], log: SqlAuditLog
) -> None:
    record("gammal", OLD)
    record("ung", YOUNG)
    erased = SqlRetention(engine, clock, DAYS).run("anna")
    assert erased == {"conversations": 1, "feedback": 1, "handovers": 2, "inbox": 0, "source_checks": 0}
    with engine.connect() as connection:
        assert connection.execute(text("SELECT question FROM answers")).scalars().all() == ["Fråga ung"]
        assert connection.execute(text("SELECT id FROM conversations")).scalars().all() == ["samtal-ung"]
    # The thumbs down of the younger one is older than 50 days, and its hand-over than 30.
    assert [count(table) for table in ("answer_citations", "feedback", "handovers")] == [1, 0, 0]
    (done,) = told(log, "retention.ran")
    assert done == {"erased": erased}
    assert {"kind": "conversations", "count": 1, "older_than_days": 100} in told(log, "retention.erased")
    assert log.verify().is_whole


def test_the_inbox_repeats_nothing_of_what_is_gone(
    engine: Engine, clock: FixedClock, record: Callable[..., None], count: Callable[[str], int]
) -> None:
    record("gammal", OLD)
    assert count("inbox_items") > 1
    SqlRetention(engine, clock, DAYS).run("anna")
    assert (count("inbox_items"), count("inbox_history")) == (0, 0)


def test_feedback_goes_from_the_inbox_with_its_comment(
    engine: Engine, clock: FixedClock, record: Callable[..., None]
) -> None:
    record("ung", YOUNG)
    SqlRetention(engine, clock, DAYS).run("anna")
    with engine.connect() as connection:
        kinds = connection.execute(text("SELECT kind FROM inbox_items")).scalars().all()
    assert "thumbs_down" not in kinds
    assert "low_support" in kinds


def test_an_answer_outside_any_conversation_goes_by_its_own_day(
    engine: Engine, clock: FixedClock, record: Callable[..., None], count: Callable[[str], int]
) -> None:
    record("gammal", OLD, conversation=None)
    record("ung", YOUNG, conversation=None)
    assert SqlRetention(engine, clock, DAYS).run("anna")["conversations"] == 1
    assert count("answers") == 1


def test_counts_for_reports_outlive_the_answers(
    engine: Engine, clock: FixedClock, record: Callable[..., None], count: Callable[[str], int]
) -> None:
    record("gammal", OLD)
    before = count("daily_counts")
    SqlRetention(engine, clock, DAYS).run("anna")
    assert count("daily_counts") == before > 0


def test_zero_days_keep_it(
    engine: Engine, clock: FixedClock, record: Callable[..., None], count: Callable[[str], int], log: SqlAuditLog
) -> None:
    record("gammal", dt.timedelta(days=3000))
    SqlRetention(engine, clock, RetentionDays(0, 0, 0, 0, 0)).run("anna")
    assert [count(table) for table in ("conversations", "feedback", "handovers")] == [1, 1, 1]
    assert told(log, "retention.erased") == []


def test_more_than_a_batch_goes_in_one_run(engine: Engine, clock: FixedClock, count: Callable[[str], int]) -> None:
    with transaction(engine) as connection:
        rows = [{"id": f"c{number}", "at": NOW.replace(tzinfo=None) - OLD} for number in range(450)]
        connection.execute(text("INSERT INTO conversations VALUES (:id, 'web', :at, :at)"), rows)
    assert SqlRetention(engine, clock, DAYS).run("anna")["conversations"] == 450
    assert count("conversations") == 0


def test_checks_that_wait_for_somebody_stay(engine: Engine, clock: FixedClock, count: Callable[[str], int]) -> None:
    row = "INSERT INTO source_checks VALUES (:id, 'r', 'https://a.example', :at, 'gone', '', '', '', :waits, :settled)"
    at = NOW.replace(tzinfo=None) - OLD
    with transaction(engine) as connection:
        for number, (waits, settled) in enumerate(((True, None), (True, at), (False, None)), start=1):
            connection.execute(text(row), {"id": number, "at": at, "waits": waits, "settled": settled})
    assert SqlRetention(engine, clock, DAYS).run("anna")["source_checks"] == 2
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id FROM source_checks")).scalars().all() == [1]


def test_it_is_due_once_a_day_whoever_ran_it(engine: Engine, clock: FixedClock) -> None:
    assert SqlRetention(engine, clock, DAYS).due()
    SqlRetention(engine, clock, DAYS).run("anna")
    assert not SqlRetention(engine, clock, DAYS).due()
    assert not SqlRetention(engine, FixedClock(NOW + dt.timedelta(hours=19)), DAYS).due()
    assert SqlRetention(engine, FixedClock(NOW + dt.timedelta(hours=21)), DAYS).due()


def test_what_is_erased_is_no_longer_in_the_file(
    engine: Engine, clock: FixedClock, record: Callable[..., None], database: Path
) -> None:
    record("gammal", OLD)
    record("ung", YOUNG)
    SqlRetention(engine, clock, DAYS).run("anna")
    stored = b"".join(file.read_bytes() for file in database.parent.glob("radgivaren.db*"))
    assert "Fråga ung".encode() in stored
    for gone in ("Fråga gammal", "Omdöme gammal", "gammal@kommun.example", "Meddelande gammal"):
        assert gone.encode() not in stored, gone


def test_a_number_of_days_that_is_none_stops_the_start() -> None:
    for value in ("-1", "ett år", "1000000"):
        with pytest.raises(ConfigurationError, match="RETENTION_FEEDBACK_DAYS"):
            read_settings({"RETENTION_FEEDBACK_DAYS": value})
    assert read_settings({"RETENTION_FEEDBACK_DAYS": "0"}).retention.feedback == 0


def test_every_setting_has_its_kind(engine: Engine, clock: FixedClock) -> None:
    assert set(SqlRetention(engine, clock, DAYS).days) == set(KINDS)


# On request


@pytest.mark.parametrize("key", ["samtal-a", "svar-a", "överlämnad-a", "R-a", " r-A "])
def test_a_conversation_is_found_by_every_key_and_goes_as_a_whole(
    engine: Engine,
    clock: FixedClock,
    record: Callable[..., None],
    count: Callable[[str], int],
    log: SqlAuditLog,
    key: str,
) -> None:
    record("a", YOUNG)
    record("b", YOUNG)
    erasure = SqlErasure(engine, clock)
    found = erasure.find(key)
    assert (found.kind, found.id) == (Erased.CONVERSATION, "samtal-a")
    assert (found.answers, found.feedback, found.handovers) == (1, 1, 1)
    assert count("answers") == 2
    erasure.erase(key, "frida")
    for table in ("conversations", "answers", "answer_citations", "feedback", "handovers"):
        assert count(table) == 1, table
    (entry,) = log.entries(AuditFilters(action="conversation.erased"), 10)
    assert (entry.actor, entry.subject) == ("frida", "samtal-a")
    assert json.loads(entry.detail) == {"answers": 1, "feedback": 1, "handovers": 1}
    with pytest.raises(NotFound):
        erasure.erase(key, "frida")
    assert log.count(AuditFilters(action="conversation.erased")) == 1


def test_what_stands_outside_any_conversation_goes_alone(
    engine: Engine, clock: FixedClock, record: Callable[..., None], count: Callable[[str], int]
) -> None:
    record("a", YOUNG, conversation=None)
    record("b", YOUNG, conversation=None)
    erasure = SqlErasure(engine, clock)
    assert erasure.erase("svar-a", "frida").kind is Erased.ANSWER
    assert [count(table) for table in ("answers", "feedback", "handovers")] == [1, 1, 1]


def test_a_hand_over_without_an_answer_goes_alone(
    engine: Engine, clock: FixedClock, count: Callable[[str], int]
) -> None:
    store = SqlConversationStore(engine, clock, 0.9)
    asked: dict[str, str | None] = {"contact_way": "phone", "contact": "1", "municipality": "Malmö", "message": ""}
    store.record_handover("h", "R-1", asked | {"conversation_id": None, "answer_id": None})
    assert SqlErasure(engine, clock).erase("R-1", "frida").kind is Erased.HANDOVER
    assert (count("handovers"), count("inbox_items")) == (0, 0)


def test_an_erased_conversation_leaves_nothing_in_the_file(
    engine: Engine, clock: FixedClock, record: Callable[..., None], database: Path
) -> None:
    record("a", YOUNG)
    SqlErasure(engine, clock).erase("R-a", "frida")
    stored = b"".join(file.read_bytes() for file in database.parent.glob("radgivaren.db*"))
    for gone in ("Fråga a", "Omdöme a", "a@kommun.example", "Meddelande a"):
        assert gone.encode() not in stored, gone
