"""`python -m knowledge ingest`: what it says, how it ends, and that no moment is a bad one to be killed in."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from knowledge.retrieval import library_index
from knowledge.retrieval.encoders.static import embedded_encoder

Run = Callable[..., subprocess.CompletedProcess[str]]


def write(folder: Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = f"# Stöd {number}\n\nKommunen betalar stöd nummer {number} till den som söker.\n"
        (folder / f"f{number:05}.md").write_text(text, encoding="utf-8")


def documents(data: Path) -> int:
    try:
        connection = sqlite3.connect(f"file:{data / 'radgivaren.db'}?mode=ro", uri=True)
        (count,) = connection.execute("SELECT count(*) FROM documents WHERE collection = 'library'").fetchone()
        connection.close()
    except sqlite3.Error:
        return 0
    return int(count)


def test_files_are_taken_once_and_bad_ones_named(run_here: Run, tmp_path: Path) -> None:
    write(tmp_path / "in", 20)
    (tmp_path / "in" / "bad.md").write_bytes(b"caf\xe9")
    first = run_here("ingest", str(tmp_path / "in"), data=tmp_path / "data")
    assert first.returncode == 1
    assert first.stdout.splitlines() == [
        "21 filer: 20 intagna, 0 oförändrade, 1 avvisade.",
        "Indexet är byggt från början: 20 avsnitt i biblioteket.",
    ]
    assert f"{tmp_path / 'in' / 'bad.md'}:1: texten är inte UTF-8. Spara om filen" in first.stderr
    (tmp_path / "in" / "bad.md").unlink()
    (tmp_path / "in" / "f00003.md").write_text("# Stöd 3\n\nRegionen betalar.\n", encoding="utf-8")
    second = run_here("ingest", str(tmp_path / "in"), data=tmp_path / "data")
    assert second.returncode == 0, second.stderr
    assert second.stdout.splitlines() == [
        "20 filer: 1 intagna, 19 oförändrade, 0 avvisade.",
        "Indexet är uppdaterat (1 nya avsnitt, 1 borttagna): 20 avsnitt i biblioteket.",
    ]
    third = run_here("ingest", str(tmp_path / "in"), data=tmp_path / "data")
    assert third.stdout.splitlines()[1] == "Indexet är oförändrat: 20 avsnitt i biblioteket."


def test_a_killed_run_is_completed_by_the_next(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in", 3000)
    data = tmp_path / "data"
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", "knowledge", "ingest", str(tmp_path / "in")],
        env=environment | {"RADGIVAREN_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while not documents(data) and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    stored = documents(data)
    assert 0 < stored <= 3000 and (stored % 300 == 0 or stored == 3000)
    done = run("ingest", str(tmp_path / "in"), data=data)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"3000 filer: {3000 - stored} intagna, {stored} oförändrade, 0 avvisade.\n")
    index = library_index.open_current(data / "library", embedded_encoder())
    assert index.size == documents(data) == 3000
