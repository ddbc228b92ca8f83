"""`documents …` and `index …` for a library beside the curated corpus."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
STATUTE = """---
beteckning: 1977:67
rubrik: Lag om tilläggsavgift i kollektiv persontrafik
---

# Lag (1977:67) om tilläggsavgift i kollektiv persontrafik

## 1 §

Tilläggsavgift får tas ut.
"""


@pytest.fixture(scope="module")
def library(run_here: Run, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three documents beside the curated ones, to be copied: never written to."""
    folder = tmp_path_factory.mktemp("library")
    shutil.copytree(data, folder / "data")
    (folder / "in").mkdir()
    for name in ("kanot", "cykel", "skida"):
        (folder / "in" / f"{name}.md").write_text(f"# Om {name}\n\nLeden för {name} är öppen.\n", encoding="utf-8")
    done = run_here("ingest", str(folder / "in"), data=folder / "data")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def own(library: Path, tmp_path: Path) -> Path:
    shutil.copytree(library, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data"


def listed(run_here: Run, data: Path, *words: str) -> list[dict[str, object]]:
    done = run_here("documents", "list", "--json", *words, data=data)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def key_of(run_here: Run, data: Path, title: str) -> str:
    (found,) = listed(run_here, data, "--search", title)
    return str(found["document_id"])


def test_lists_by_collection_state_and_words(run_here: Run, library: Path) -> None:
    data = library / "data"
    assert len(listed(run_here, data)) == 51
    kept = listed(run_here, data, "--collection", "library")
    assert sorted(str(one["title"]) for one in kept) == ["Om cykel", "Om kanot", "Om skida"]
    assert {str(one["origin"]) for one in kept} == {
        str(library / "in" / f"{name}.md") for name in ("kanot", "cykel", "skida")
    }
    assert listed(run_here, data, "--state", "retired") == []
    done = run_here("documents", "list", "--search", "OM KANOT", data=data)
    assert done.stdout.startswith("kanot-") and done.stdout.endswith("  i bruk  1 avsnitt  Om kanot\n")
    assert done.stderr == "1 dokument.\n"


def test_retired_it_stays_away_and_restored_it_is_back(run_here: Run, own: Path) -> None:
    key = key_of(run_here, own, "Om kanot")
    done = run_here("documents", "retire", key, "--why", "Leden är stängd.", data=own)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"python -m knowledge documents restore {key}" in done.stdout
    assert [one["document_id"] for one in listed(run_here, own, "--state", "retired")] == [key]
    again = run_here("ingest", str(own.parent / "in"), data=own)
    assert again.stdout.splitlines() == [
        "3 filer: 0 intagna, 3 oförändrade, 0 avvisade.",
        "Indexet är oförändrat: 2 avsnitt i biblioteket.",
    ]
    assert "Leden är stängd." in run_here("documents", "show", key, data=own).stdout
    assert run_here("documents", "restore", key, data=own).stdout == f"{key} är i bruk igen.\n"
    verified = run_here("index", "verify", data=own)
    assert verified.returncode == 0 and verified.stdout.splitlines()[1].endswith("stämmer: 3 avsnitt.")


def test_show_has_every_version(run_here: Run, own: Path) -> None:
    key = key_of(run_here, own, "Om kanot")
    (own.parent / "in" / "kanot.md").write_text("# Om kanot\n\nLeden är stängd.\n", encoding="utf-8")
    assert run_here("ingest", str(own.parent / "in"), data=own).returncode == 0
    shown = json.loads(run_here("documents", "show", key, "--versions", "--json", data=own).stdout)
    assert [one["text"] for one in shown["passages"]] == ["Leden är stängd."]
    newest, earlier = shown["versions"]
    assert (newest["state"], earlier["state"]) == ("live", "replaced") and earlier["replaced_at"]
    old = run_here("documents", "show", key, "--version", earlier["version"], data=own).stdout
    assert "Leden för kanot är öppen." in old and f"ersatt {earlier['replaced_at']}" in old


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("retire", "nowhere", "--why", "Fel."), "Dokumentet finns inte."),
        (("retire", "tandvard", "--why", "Fel."), "Dokumentet hör till grundmaterialet."),
        (("restore", "nowhere"), "Dokumentet finns inte."),
        (("show", "nowhere"), "Dokumentet finns inte."),
    ],
)
def test_what_cannot_be_done_is_said_in_swedish(
    run_here: Run, library: Path, words: tuple[str, ...], said: str
) -> None:
    done = run_here("documents", *words, data=library / "data")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Fel: {said}") and "Traceback" not in done.stderr


def test_verify_finds_a_library_index_that_lacks_or_has_too_much(run_here: Run, own: Path) -> None:
    assert "Bibliotekets index" in run_here("index", "verify", data=own).stdout
    kept = own.with_name("kept")
    shutil.copytree(own / "library", kept)
    (own.parent / "in" / "ny.md").write_text("# Om ny\n\nNy led.\n", encoding="utf-8")
    assert run_here("ingest", str(own.parent / "in"), data=own).returncode == 0
    shutil.rmtree(own / "library")
    shutil.copytree(kept, own / "library")  # as if the publication had not come
    done = run_here("index", "verify", data=own)
    assert done.returncode == 1 and "1 avsnitt saknas" in done.stderr
    assert "python -m knowledge index rebuild" in done.stderr
    rebuilt = run_here("index", "rebuild", data=own)
    assert rebuilt.stdout.splitlines() == ["Indexet är byggt.", "Bibliotekets index är byggt: 4 avsnitt."]
    assert run_here("index", "verify", data=own).returncode == 0


def test_verify_finds_a_damaged_library_index(run_here: Run, own: Path) -> None:
    current = (own / "library" / "CURRENT").read_text()
    (own / "library" / current / "vectors.faiss").write_bytes(b"")
    done = run_here("index", "verify", data=own)
    assert done.returncode == 1 and "Bibliotekets index går inte att öppna" in done.stderr
    assert "stämmer" in done.stdout  # the other one


def test_verify_finds_an_index_that_does_not_find(run_here: Run, own: Path) -> None:
    """Every part opens and the counts are right, but the rows belong to other passages."""
    import numpy as np

    for number in range(30):
        text = f"# Led {number}\n\n{' '.join(f'{word}{number}' for word in ('stig', 'bro', 'vad', 'spång'))}\n"
        (own.parent / "in" / f"led{number}.md").write_text(text, encoding="utf-8")
    assert run_here("ingest", str(own.parent / "in"), data=own).returncode == 0
    rows = own / "library" / (own / "library" / "CURRENT").read_text() / "rows.npy"
    np.save(rows, np.roll(np.load(rows), 15))
    done = run_here("index", "verify", data=own)
    assert done.returncode == 1 and "hittar inte avsnitt" in done.stderr


def test_a_statutes_everyday_questions_are_indexed_verified_and_rebuilt(run_here: Run, own: Path) -> None:
    (own.parent / "in" / "sfs-1977-67.md").write_text(STATUTE, encoding="utf-8")
    assert run_here("ingest", str(own.parent / "in"), data=own).returncode == 0
    (own / "everyday" / "CURRENT").unlink()
    done = run_here("index", "verify", data=own)
    assert done.returncode == 1 and "Vardagsfrågornas index går inte att öppna" in done.stderr
    assert run_here("index", "rebuild", data=own).returncode == 0
    done = run_here("index", "verify", data=own)
    (line,) = [line for line in done.stdout.splitlines() if "Vardagsfrågornas" in line]
    assert done.returncode == 0 and line.endswith(" frågor.")
