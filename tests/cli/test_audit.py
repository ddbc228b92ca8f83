"""`audit` and `retention` from the command line: one changed byte is found, what was erased is told."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from knowledge import bootstrap
from knowledge.datatypes import Question
from knowledge.settings import read_settings

from .conftest import Run

QUESTION = "Vem är skyldig att göra en orosanmälan?"


@pytest.fixture(scope="module")
def own(data: Path, run_here: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with some rows in its audit log and one answer."""
    folder = tmp_path_factory.mktemp("audited") / "data"
    shutil.copytree(data, folder)
    for _ in range(3):
        assert run_here("retention", "run", data=folder).returncode == 0
    service = bootstrap.build(read_settings({"RADGIVAREN_DATA": str(folder), "ENCODER": "hashing"}))
    service.answering.answer(Question(QUESTION))
    service.engine.dispose()
    return folder


@pytest.fixture
def damaged(own: Path, tmp_path: Path) -> Path:
    """A copy, to be damaged."""
    shutil.copytree(own, tmp_path / "data")
    return tmp_path / "data"


def test_verify_says_that_it_is_whole_and_gives_the_hash_to_note(run_here: Run, own: Path) -> None:
    whole = run_here("audit", "verify", data=own)
    assert whole.returncode == 0, whole.stderr
    assert whole.stdout.startswith("Loggen är hel. Rader: 3.\nKontrollsumma: ")
    noted = re.findall(r"Kontrollsumma: ([0-9a-f]{64})", whole.stdout)
    assert run_here("audit", "verify", "--expect", *noted, data=own).returncode == 0
    other = run_here("audit", "verify", "--expect", "0" * 64, data=own)
    assert (other.returncode, other.stdout) == (1, "")
    assert "Kontrollsumman i --expect finns inte i loggen" in other.stderr


def test_one_changed_byte_in_the_file_is_found_and_the_row_named(run_here: Run, damaged: Path) -> None:
    database = damaged / "radgivaren.db"
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    row = connection.execute("SELECT at, actor, action, subject, detail FROM audit_log WHERE n = 2").fetchone()
    connection.close()
    stored = bytearray(database.read_bytes())
    place = stored.index("".join(row).encode())
    stored[place + len(row[0])] ^= 1
    database.write_bytes(stored)
    found = run_here("audit", "verify", data=damaged)
    assert found.returncode == 1
    assert found.stderr.splitlines()[0] == "Rad 2 är ändrad: den stämmer inte med sin kontrollsumma."


def test_export_is_logged_and_verified_by_itself(run_here: Run, damaged: Path, tmp_path: Path) -> None:
    file = tmp_path / "logg.ndjson"
    assert run_here("audit", "export", str(file), data=damaged).stdout == "Skrivna rader: 4.\n"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [row["action"] for row in rows] == ["retention.ran"] * 3 + ["audit.exported"]
    assert run_here("audit", "verify", str(file), data=damaged).returncode == 0
    assert "finns redan" in run_here("audit", "export", str(file), data=damaged).stderr
    file.write_text(file.read_text(encoding="utf-8").replace("command line", "någon annan", 1), encoding="utf-8")
    assert "Rad 1 är ändrad" in run_here("audit", "verify", str(file), data=damaged).stderr
    file.write_text("inte json\n", encoding="utf-8")
    assert "Rad 1 i filen är ingen rad ur en export" in run_here("audit", "verify", str(file), data=damaged).stderr


def test_list_shows_the_newest_last(run_here: Run, own: Path) -> None:
    lines = run_here("audit", "list", "--action", "retention", "--limit", "2", "--json", data=own).stdout.splitlines()
    assert [json.loads(line)["n"] for line in lines] == [2, 3]
    assert "retention.ran" in run_here("audit", "list", data=own).stdout


def test_answer_and_erase(run_here: Run, damaged: Path) -> None:
    connection = sqlite3.connect(damaged / "radgivaren.db")
    ((key,),) = connection.execute("SELECT id FROM answers").fetchall()
    shown = run_here("audit", "answer", key, data=damaged).stdout
    assert QUESTION in shown
    assert "Källa [1]" in shown
    told = json.loads(run_here("audit", "answer", key, "--json", data=damaged).stdout)
    assert told["citations"][0]["text"]
    assert "Inget svar har id x" in run_here("audit", "answer", "x", data=damaged).stderr

    gone = run_here("retention", "erase", key, "--yes", data=damaged)
    assert gone.returncode == 0, gone.stderr
    assert gone.stdout.splitlines()[-1].startswith("Borttaget: ")
    assert connection.execute("SELECT count(*) FROM answers").fetchone() == (0,)
    connection.close()
    assert "Inget har id" in run_here("retention", "erase", key, "--yes", data=damaged).stderr
    assert ".erased" in run_here("audit", "list", data=damaged).stdout
