"""The commands of the runbook that touch stored data, run on a database of their own."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from knowledge.store.engine import migrate, open_engine, transaction

RUNBOOK = (Path(__file__).parents[2] / "docs" / "runbook.md").read_text(encoding="utf-8")
OLD, NEW = "2001-01-01 12:00:00.000000", "2999-01-01 12:00:00.000000"
ANSWER = (
    "INSERT INTO answers (id, conversation_id, channel, asked_at, question, language, status, text, as_of, confidence,"
    " notices) VALUES (:id, :conversation, 'web', :at, :question, 'sv', 'answered', 'svar', '2026-11-22', 1, '[]')"
)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """An old and a new conversation, each with answer, citation, feedback and hand-over, and an old answer alone."""
    file = tmp_path / "radgivaren.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    with transaction(engine) as connection:
        for age, at in (("old", OLD), ("new", NEW)):
            for statement in (
                "INSERT INTO conversations (id, channel, started_at, last_at) VALUES (:id, 'web', :at, :at)",
                ANSWER,
                "INSERT INTO answer_citations (answer_id, n, passage_id, passage_version, url, quote)"
                " VALUES (:id, 1, 'p', 'v', 'https://kommun.example', 'citat')",
                "INSERT INTO feedback (id, answer_id, rating, reasons, comment, given_at)"
                " VALUES (:id, :id, 'up', '[]', '', :at)",
                "INSERT INTO handovers (id, reference, contact_way, contact, municipality, message, state, asked_at)"
                " VALUES (:id, :id, 'email', 'handlaggare@kommun.example', 'Umeå', '', 'waiting', :at)",
            ):
                values = {"id": age, "conversation": age, "at": at, "question": f"fråga-{age}"}
                connection.execute(text(statement), {k: v for k, v in values.items() if f":{k}" in statement})
        connection.execute(text(ANSWER), {"id": "alone", "conversation": None, "at": OLD, "question": "fråga-ensam"})
    engine.dispose()
    return file


def rows(file: Path, table: str) -> set[str]:
    column = "answer_id" if table == "answer_citations" else "id"
    connection = sqlite3.connect(file)
    try:
        return {row[0] for row in connection.execute(f"SELECT {column} FROM {table}")}
    finally:
        connection.close()


def run_python(code: str) -> None:
    subprocess.run([sys.executable, "-"], input=code, encoding="utf-8", check=True, timeout=60)


def test_erasing_takes_what_is_old_and_all_that_hangs_on_it(database: Path) -> None:
    (words,) = re.findall(r"exec knowledge python (-m knowledge retention run)$", RUNBOOK, re.MULTILINE)
    settings = {"DATABASE_URL": f"sqlite:///{database}", "RADGIVAREN_DATA": str(database.parent)}
    subprocess.run([sys.executable, *words.split()], env=os.environ | settings, check=True, timeout=60)
    for table in ("conversations", "answers", "answer_citations", "feedback", "handovers"):
        assert rows(database, table) == {"new"}, table
    left = b"".join(file.read_bytes() for file in database.parent.glob("radgivaren.db*"))
    assert "fråga-new".encode() in left
    assert "fråga-old".encode() not in left and "fråga-ensam".encode() not in left


def test_the_backup_is_whole_while_the_database_is_in_use(database: Path) -> None:
    (command,) = re.findall(
        r'python -c "(import sqlite3; .*VACUUM INTO \'/data/copy-\$day\.db\'.*)"$', RUNBOOK, re.MULTILINE
    )
    copy = database.parent / "copy.db"
    code = command.replace('\\"', '"').replace("/data/copy-$day.db", str(copy))
    in_use = sqlite3.connect(database)
    in_use.execute("SELECT * FROM answers").fetchone()
    run_python(code.replace("/data/radgivaren.db", str(database)))
    in_use.close()
    assert rows(copy, "answers") == {"old", "new", "alone"}
