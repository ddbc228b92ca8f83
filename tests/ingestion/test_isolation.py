"""A file that brings its reader down costs itself and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from knowledge.datatypes import Document
from knowledge.errors import CorpusError, KnowledgeError
from knowledge.ingestion.files import RawFile
from knowledge.ingestion.isolation import Isolated

from .made_files import LONG, PAGE

_HOSTILE = "tests.ingestion.hostile:read"


def raw(said: str) -> RawFile:
    return RawFile(f"/in/{said}.txt", f"in/{said}.txt", f"{said}.txt", said.encode(), said)


def outcome(found: Document | CorpusError) -> str:
    return found.code if isinstance(found, CorpusError) else found.id


def the_worker() -> psutil.Process:
    """The one that reads; this process may have other children, whatever earlier tests keep."""
    (worker,) = (child for child in psutil.Process().children() if "knowledge.ingestion.worker" in child.cmdline())
    return worker


def test_what_brings_the_reader_down_is_refused_and_the_rest_is_read() -> None:
    told = ["a", "crash", "b", "c", "hang", "swallow", "d", "spin", "raise", "refuse", "crash", "hang", "e"]
    with Isolated(deadline_s=0.5, target=_HOSTILE) as reader:
        found = [(file.where, outcome(result)) for file, result in reader.read_all(map(raw, told))]
    expected = {
        "crash": "crashed",
        "hang": "took_too_long",
        "spin": "took_too_long",
        "swallow": "too_much_memory",
        "raise": "corrupt",
        "refuse": "empty",
    }
    assert found == [(f"/in/{said}.txt", expected.get(said, said)) for said in told]


def test_a_reader_that_is_not_there_is_no_fault_of_the_file(capfd: pytest.CaptureFixture[str]) -> None:
    with Isolated(target="tests.ingestion.nowhere:read") as reader, pytest.raises(KnowledgeError) as caught:
        reader.read(raw("a"))
    assert not isinstance(caught.value, CorpusError)
    assert "No module named 'tests.ingestion.nowhere'" in capfd.readouterr().err


def test_a_worker_that_was_killed_while_it_waited_costs_no_file() -> None:
    with Isolated(target=_HOSTILE) as reader:
        assert reader.read(raw("a")).id == "a"
        worker = the_worker()
        worker.kill()
        psutil.wait_procs([worker], timeout=10)
        assert reader.read(raw("b")).id == "b"


def test_files_larger_than_the_line_between_them_pass_both_ways() -> None:
    files = [raw(f"{number}{'x' * 1_000_000}") for number in range(24)]
    with Isolated(target=_HOSTILE) as reader:
        assert [outcome(found) for _, found in reader.read_all(files)] == [file.content_hash for file in files]


def test_time_is_limited_for_real_readers() -> None:
    """Memory is held with a reader of the tests' own: where it ends inside a C library differs from run to run."""
    page = PAGE.replace("</article>", f"<p>{LONG}</p>" * 100_000 + "</article>").encode()
    large = RawFile("/in/a.html", "in/a.html", "a.html", page, "1")
    with Isolated(deadline_s=0.2) as reader, pytest.raises(CorpusError) as caught:
        reader.read(large)
    assert caught.value.code == "took_too_long"


def test_no_secret_reaches_the_worker_and_it_ends_with_its_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWLEDGE_TOKEN", "hemlig")
    with Isolated(target=_HOSTILE) as reader:
        reader.read(raw("a"))
        worker = the_worker()
        assert "KNOWLEDGE_TOKEN" not in worker.environ()
    assert not worker.is_running()


def test_it_ends_when_its_owner_is_killed_even_while_it_hangs() -> None:
    script = (
        "from knowledge.ingestion.isolation import Isolated\nfrom knowledge.ingestion.files import RawFile\n"
        f"reader = Isolated(deadline_s=2, target={_HOSTILE!r})\n"
        "reader.read(RawFile('a', 'a', 'a.txt', b'a', ''))\nprint(reader._worker.pid, flush=True)\n"
        "reader.read(RawFile('a', 'a', 'a.txt', b'hang', ''))\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=Path.cwd())
    assert owner.stdout is not None
    worker = psutil.Process(int(owner.stdout.readline()))
    owner.kill()
    owner.wait()
    owner.stdout.close()
    until = time.monotonic() + 20
    while worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE and time.monotonic() < until:
        time.sleep(0.05)
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE
    assert os.getpid() != worker.pid
