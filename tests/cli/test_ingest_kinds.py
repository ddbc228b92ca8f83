"""`ingest` of every kind of file, end to end: what is read, what is refused and why, and that the counts add up."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.cli.ingest import REMEDIES
from knowledge.clock import SystemClock
from knowledge.datatypes import Passage
from knowledge.store.engine import open_engine
from knowledge.store.library import SqlLibraryStore

from ..ingestion import made_files

Run = Callable[..., subprocess.CompletedProcess[str]]

_SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def passages(data: Path) -> list[Passage]:
    store = SqlLibraryStore(open_engine(f"sqlite:///{data / 'radgivaren.db'}"), SystemClock())
    found = store.passages_of(list(store.keys()))
    return list(found.values())


def test_every_kind_is_read_and_every_broken_file_refused_by_name(run_here: Run, tmp_path: Path) -> None:
    good, broken = made_files.good(tmp_path / "in" / "hela"), made_files.broken(tmp_path / "in" / "trasiga")
    (tmp_path / "in" / ".dold").write_bytes(b"\x00")
    assert len(good) == 20
    first = run_here("ingest", str(tmp_path / "in"), data=tmp_path / "data")
    assert first.returncode == 1
    total = len(good) + len(broken)
    assert first.stdout.startswith(f"{total} filer: 20 intagna, 0 oförändrade, {len(broken)} avvisade.\n"), first.stderr
    told = dict(line.split(": ", 1) for line in first.stderr.splitlines() if line.startswith(str(tmp_path)))
    partly = told.pop(str(tmp_path / "in" / "hela" / "delvis.pdf"))
    assert partly == "Sidorna 2–3 är inskannade bilder och ingår inte."
    lines = {
        path: f"{path}:1" if code == "not_utf8" and path.name == "latin.txt" else str(path)
        for path, code in broken.items()
    }
    assert told == {lines[path]: REMEDIES[code] for path, code in broken.items()}

    second = run_here("ingest", str(tmp_path / "in"), data=tmp_path / "data")
    assert second.stdout.startswith(f"{total} filer: 0 intagna, 20 oförändrade, {len(broken)} avvisade.\nIndexet är of")

    stored = passages(tmp_path / "data")
    assert len({passage.document_id for passage in stored}) == 20
    addresses = {p.sources[0].url: p.heading for p in stored if p.title == "Om riktlinjer.pdf"}
    assert {address.partition("#")[2] for address in addresses} == {"page=1", "page=2", "page=3"}
    assert addresses[f"{made_files.ADDRESS}/riktlinjer.pdf#page=2"].endswith(" – sida 2")
    talk = {p.sources[0].url: p.heading for p in stored if p.title == "Om foredrag.vtt"}
    assert talk[f"{made_files.ADDRESS}/foredrag.vtt#t=1"].startswith("0:01–")
    assert talk[f"{made_files.ADDRESS}/foredrag.vtt#t=3725"] == "1:02:05–1:02:09"
    assert {p.topics for p in stored if p.title == "Om talare.srt"} == {("hemresa",)}


@pytest.mark.skipif(not _SEEDS.is_dir(), reason="the seeds are not here")
def test_the_documents_that_the_service_came_from_are_read(run_here: Run, tmp_path: Path) -> None:
    done = run_here("ingest", str(_SEEDS), data=tmp_path / "data")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("5 filer: 5 intagna, 0 oförändrade, 0 avvisade.\n")
    titles = {passage.title for passage in passages(tmp_path / "data")}
    assert "Samordning för socialt utsatta EES-medborgare som vistas i Sverige" in titles
    assert not any(title.startswith("Innehållet publicerades") for title in titles)
