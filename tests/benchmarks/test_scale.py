"""The library at scale: what README.md shows, and the parts that measure it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks import scale, scale_report
from benchmarks.result_files import between

ROOT = Path(__file__).parents[2]


def latest() -> Path:
    return sorted(scale_report.RESULTS.glob("*.json"))[-1]


def test_the_readme_shows_the_latest_result() -> None:
    assert between(scale_report.README, scale_report.MARKERS) == scale_report.between_markers(latest())
    assert latest().with_suffix(".png").is_file()


def test_the_result_is_of_all_sizes_and_says_how_and_where() -> None:
    result = json.loads(latest().read_text(encoding="utf-8"))
    assert result["command"].startswith("python -m benchmarks.scale")
    assert {"cores", "memory_gib", "python", "load_before"} <= result["machine"].keys()
    assert latest().name.startswith(result["taken"])
    assert tuple(size["size"] for size in result["sizes"]) == scale.SIZES
    assert all(size["build"]["refused"] == 0 for size in result["sizes"])


def test_a_small_size_is_measured_and_shown(tmp_path: Path) -> None:
    for number in range(160):
        text = f"# Stöd {number}\n\nKommunen betalar stöd nummer {number}.\n\n## Mer\n\nRegionen prövar {number}.\n"
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    file = tmp_path / "result.json"
    readme = scale_report.README.read_text(encoding="utf-8")
    options = ["--corpora", str(tmp_path), "--sizes", "40", "all", "--json", str(file)]
    command = [sys.executable, "-m", "benchmarks.scale", *options]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=240)
    result = json.loads(file.read_text(encoding="utf-8"))
    some, every = (size["build"] for size in result["sizes"])
    assert (every["documents"], every["passages"]) == (160, 320)
    assert 20 <= some["documents"] <= 20 + 64  # files are read ahead
    assert some["passages"] == 2 * some["documents"]
    assert "hundred_more_s" in some and "hundred_more_s" not in every
    assert str(tmp_path.parent) not in result["command"]
    assert f"| documents | {some['documents']} | 160 |" in scale_report.table_of(result)
    assert file.with_suffix(".png").stat().st_size > 1000
    assert scale_report.README.read_text(encoding="utf-8") == readme
