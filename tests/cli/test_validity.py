"""`python -m knowledge validity report`: what rests on law that is no more."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]
STATUTE = """---
beteckning: "1999:1"
rubrik: Lag om provning
utfardad_datum: 1999-01-01
publicerad_datum: 2025-05-26
---

# Lag om provning

### 1 §

Biståndet prövas enligt 4 kap. 1 § socialtjänstlagen (2001:453).

### 2 §

Anmälan görs enligt 7 kap. 3 § socialtjänstlagen (2001:453).
"""


def test_it_lists_what_rests_on_the_older_act_with_its_successor(run_here: Run, data: Path, tmp_path: Path) -> None:
    own = tmp_path / "data"
    file = tmp_path / "statutes" / "1999-1.md"
    file.parent.mkdir()
    file.write_text(STATUTE, encoding="utf-8")
    assert run_here("ingest", str(file), data=own).returncode == 0
    done = run_here("validity", "report", "--json", data=own)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    library = {row["address"]: row for row in rows if row["kind"] == "library"}
    assert library["4 kap. 1 §"]["successor"].startswith("11 kap. 1 § SoL (2025:400) (hög)")
    assert library["7 kap. 3 §"]["successor"] == "ingen säker motsvarighet"
    assert not library["4 kap. 1 §"]["says_so"]
    starter = [row for row in rows if row["kind"] == "starter" and row["statute"] == "2001:453"]
    assert len(starter) > 50
    assert all(row["successor"] for row in starter)
    assert {row["repealed"] for row in starter} == {"2025-07-01"}


def test_in_words_it_ends_with_the_counts(run_here: Run, data: Path) -> None:
    done = run_here("validity", "report", "--no-library", data=data)
    assert done.returncode == 0, done.stderr
    assert "14 kap. 1 § SoL (2001:453): upphävd 2025-07-01 → 19 kap. 1 § SoL (2025:400) (hög)" in done.stdout
    assert "ny lydelse från 2026-01-15 (SFS 2025:1501)" in done.stdout
    assert "hänvisningar till upphävda" in done.stdout.splitlines()[-1]


def test_before_the_change_nothing_was_repealed(run_here: Run, data: Path) -> None:
    done = run_here("validity", "report", "--no-library", "--as-of", "2025-06-30", data=data)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("0 hänvisningar till upphävda och 0 till ändrade")
