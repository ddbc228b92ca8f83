"""The audit log is only added to, stays one chain whoever writes, and shows what was done to it."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from knowledge.clock import FixedClock
from knowledge.errors import StoreUnavailable
from knowledge.store.audit import AuditEntry, append, audited_transaction
from knowledge.store.audit_chain import Break, Fault
from knowledge.store.audit_log import AuditFilters, SqlAuditLog, verify_rows
from knowledge.store.engine import library_transaction, transaction

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
COLUMNS = ("n", "at", "actor", "action", "subject", "detail", "previous", "hash")
# What someone who may change the database's file would do first.
NO_TRIGGERS = ("audit_log_appended", "audit_log_unchanged", "audit_log_kept", "audit_head_forward", "audit_head_kept")


@pytest.fixture
def log(engine: Engine, clock: FixedClock) -> SqlAuditLog:
    return SqlAuditLog(engine, clock)


@pytest.fixture
def filled(engine: Engine, log: SqlAuditLog) -> SqlAuditLog:
    with audited_transaction(engine) as connection:
        for number in range(1, 10):
            detail = {"comment": f"Skäl {number}", "rows": number}
            append(connection, AuditEntry(f"anna{number}", "answer.approved", f"svar{number}", detail), NOW)
    return log


@pytest.fixture
def tamper(engine: Engine, database: Path) -> Callable[..., None]:
    """SQL past the triggers, by someone with the file in hand."""

    def tamper(*statements: str) -> None:
        engine.dispose()
        connection = sqlite3.connect(database, isolation_level=None)
        for trigger in NO_TRIGGERS:
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
        connection.close()

    return tamper


def test_an_entry_is_kept_as_it_was_told(log: SqlAuditLog, engine: Engine) -> None:
    with audited_transaction(engine) as connection:
        append(connection, AuditEntry("anna", "answer.approved", "a1", {"version": 2, "comment": "Å, ja"}), NOW)
    (entry,) = log.entries(AuditFilters(), 10)
    assert (entry.n, entry.at, entry.actor, entry.action, entry.subject) == (1, NOW, "anna", "answer.approved", "a1")
    assert json.loads(entry.detail) == {"version": 2, "comment": "Å, ja"}
    assert log.verify().is_whole
    assert log.verify().head == log.head().hash


def test_an_empty_log_is_whole(log: SqlAuditLog) -> None:
    verdict = log.verify()
    assert (verdict.rows, verdict.head, verdict.breaks) == (0, "", ())


@pytest.mark.parametrize("opened", [audited_transaction, transaction, library_transaction])
def test_what_is_told_goes_with_the_change_or_not_at_all(log: SqlAuditLog, engine: Engine, opened: Callable) -> None:
    with pytest.raises(RuntimeError), opened(engine) as connection:
        append(connection, AuditEntry("anna", "answer.approved", "a1"), NOW)
        connection.execute(text("INSERT INTO conversations VALUES ('c', 'web', '2026-01-01', '2026-01-01')"))
        raise RuntimeError
    with opened(engine) as connection:
        connection.execute(text("INSERT INTO conversations VALUES ('d', 'web', '2026-01-01', '2026-01-01')"))
        append(connection, AuditEntry("anna", "answer.approved", "a2"), NOW)
    assert [entry.subject for entry in log.entries(AuditFilters(), 10)] == ["a2"]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id FROM conversations")).scalars().all() == ["d"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET actor = 'someone'",
        "UPDATE audit_log SET detail = '{}' WHERE n = 3",
        "DELETE FROM audit_log",
        "DELETE FROM audit_log WHERE n = 9",
        "INSERT OR REPLACE INTO audit_log SELECT n, at, 'x', action, subject, detail, previous, hash FROM audit_log",
        "UPDATE audit_head SET n = 3",
        "UPDATE audit_head SET hash = 'x'",
        "DELETE FROM audit_head",
        "INSERT INTO audit_head VALUES (2, 0, '')",
    ],
)
def test_the_database_refuses_to_change_it(filled: SqlAuditLog, engine: Engine, statement: str) -> None:
    with pytest.raises(StoreUnavailable, match="audit log"), transaction(engine) as connection:
        connection.execute(text(statement))
    assert filled.verify().is_whole


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("number", [1, 5, 9])
def test_one_changed_character_in_any_column_is_found(
    filled: SqlAuditLog, tamper: Callable[..., None], column: str, number: int
) -> None:
    if column == "n":
        change = f"n = {number} + 100"
    else:
        change = f"{column} = CASE {column} WHEN '' THEN 'x' ELSE substr({column}, 1, length({column}) - 1) || 'x' END"
    tamper(f"UPDATE audit_log SET {change} WHERE n = {number}")
    found = filled.verify()
    assert not found.is_whole
    if column == "n":
        assert Break(Fault.CHANGED, number + 100, number + 100) in found.breaks
        assert found.breaks[0].fault is Fault.MISSING or number == 9
    else:
        assert [(one.fault, one.first) for one in found.breaks if one.fault is not Fault.CUT] == [
            (Fault.CHANGED, number)
        ]


@pytest.mark.parametrize("column", ["actor", "subject", "detail", "at"])
def test_the_same_text_as_another_type_is_found(filled: SqlAuditLog, tamper: Callable[..., None], column: str) -> None:
    tamper(f"UPDATE audit_log SET {column} = CAST({column} AS BLOB) WHERE n = 4")
    assert filled.verify().breaks == (Break(Fault.CHANGED, 4, 4),)


def test_a_flipped_byte_in_the_file_is_found(filled: SqlAuditLog, engine: Engine, database: Path) -> None:
    """Every byte of what row 5 says, one at a time, each with a bit that leaves a letter or breaks the text."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        row = connection.execute(text("SELECT at, actor, subject, detail FROM audit_log WHERE n = 5")).one()
    engine.dispose()
    whole = database.read_bytes()
    # The row lies in its table's page with its columns side by side; the indexes hold copies of some, not of this.
    record = f"{row.at}{row.actor}answer.approved{row.subject}{row.detail}".encode()
    (start,) = [place for place in range(len(whole)) if whole.startswith(record, place)]
    for place in range(start, start + len(record), 3):
        for bit in (0x01, 0x80):
            damaged = bytearray(whole)
            damaged[place] ^= bit
            database.write_bytes(damaged)
            assert filled.verify().breaks == (Break(Fault.CHANGED, 5, 5),), (place - start, bit)
            engine.dispose()
    database.write_bytes(whole)
    assert filled.verify().is_whole


def test_damaged_rows_are_listed_all_the_same(filled: SqlAuditLog, tamper: Callable[..., None]) -> None:
    tamper("UPDATE audit_log SET at = 'igår', detail = '{' WHERE n = 9")
    newest = filled.entries(AuditFilters(), 1)[0]
    assert (newest.n, newest.at, newest.told()) == (9, None, {"?": "{"})


def test_a_removed_row_is_named(filled: SqlAuditLog, tamper: Callable[..., None]) -> None:
    tamper("DELETE FROM audit_log WHERE n IN (4, 5)")
    assert filled.verify().breaks == (Break(Fault.MISSING, 4, 5),)


def test_two_rows_that_changed_places_are_named(filled: SqlAuditLog, tamper: Callable[..., None]) -> None:
    tamper(
        "UPDATE audit_log SET n = 99 WHERE n = 3",
        "UPDATE audit_log SET n = 3 WHERE n = 4",
        "UPDATE audit_log SET n = 4 WHERE n = 99",
    )
    assert filled.verify().breaks == (Break(Fault.CHANGED, 3, 3), Break(Fault.CHANGED, 4, 4))


def test_a_row_written_anew_with_its_hash_does_not_fit_the_next(
    filled: SqlAuditLog, engine: Engine, tamper: Callable[..., None]
) -> None:
    from knowledge.store.audit import chained_hash

    row = next(row for row in filled.rows(9) if row["n"] == 6)
    forged = chained_hash(row | {"actor": "bertil"})
    tamper(f"UPDATE audit_log SET actor = 'bertil', hash = '{forged}' WHERE n = 6")
    assert filled.verify().breaks == (Break(Fault.UNCHAINED, 7, 7),)


def test_rows_cut_off_the_end_are_noticed(filled: SqlAuditLog, tamper: Callable[..., None]) -> None:
    tamper("DELETE FROM audit_log WHERE n > 7")
    assert filled.verify().breaks == (Break(Fault.CUT, 8, 9),)


def test_rows_cut_off_together_with_the_head_are_noticed_by_a_hash_kept_elsewhere(
    filled: SqlAuditLog, tamper: Callable[..., None]
) -> None:
    noted = filled.head().hash
    assert filled.verify([noted]).is_whole
    tamper(
        "DELETE FROM audit_log WHERE n > 7",
        "UPDATE audit_head SET n = 7, hash = (SELECT hash FROM audit_log WHERE n = 7)",
    )
    assert filled.verify().is_whole
    assert filled.verify([noted]).breaks == (Break(Fault.NOT_EXPECTED, 7, 7),)


def test_a_database_that_gives_no_more_rows_says_after_which(
    filled: SqlAuditLog, engine: Engine, tamper: Callable[..., None]
) -> None:
    tamper("ALTER TABLE audit_log RENAME COLUMN detail TO other")
    assert filled.verify().breaks[0] == Break(Fault.UNREADABLE, 1, 1)


_WRITER = """
import datetime as dt, sys
from knowledge.store.audit import AuditEntry, append, audited_transaction
from knowledge.store.engine import open_engine
engine = open_engine(sys.argv[1])
for number in range(150):
    with audited_transaction(engine) as connection:
        append(connection, AuditEntry(sys.argv[2], "tried", str(number)), dt.datetime.now(dt.UTC))
"""


def test_two_processes_keep_one_chain(log: SqlAuditLog, database: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, f"sqlite:///{database}", name]) for name in ("anna", "bertil")
    ]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    verdict = log.verify()
    assert (verdict.rows, verdict.breaks) == (300, ())
    assert {log.count(AuditFilters(actor=name)) for name in ("anna", "bertil")} == {150}


def test_it_is_filtered_and_paged(filled: SqlAuditLog, engine: Engine) -> None:
    with audited_transaction(engine) as connection:
        append(connection, AuditEntry("anna1", "answer_rejected", "svar1"), NOW + dt.timedelta(days=1))
    assert filled.count(AuditFilters(actor="anna1")) == 2
    assert filled.count(AuditFilters(action="answer")) == 9  # "answer_rejected" is no kind of "answer"
    assert filled.count(AuditFilters(action="answer.approved", subject="svar3")) == 1
    assert [entry.n for entry in filled.entries(AuditFilters(), 3, 2)] == [8, 7, 6]
    assert filled.count(AuditFilters(since=NOW, until=NOW + dt.timedelta(hours=1))) == 9
    assert filled.actions() == ("answer.approved", "answer_rejected")


def test_an_export_is_told_in_the_log_and_can_be_verified_by_itself(filled: SqlAuditLog) -> None:
    rows = list(filled.export("anna", "audit.ndjson"))
    assert (rows[-1]["action"], rows[-1]["actor"], len(rows)) == ("audit.exported", "anna", 10)
    assert verify_rows(rows, [filled.head().hash]).is_whole
    rows[3]["subject"] = "svar5"
    assert verify_rows(rows).breaks == (Break(Fault.CHANGED, 4, 4),)
