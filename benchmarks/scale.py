"""`python -m benchmarks.scale --corpora DIR…`: the library at several sizes, up to all of it (README.md beside this).

Each size is taken in, built and searched in processes of its own, in a folder of its own.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console

from . import machine, scale_report
from .running_service import ROOT

QUESTIONS = Path(__file__).parent / "questions" / "independent.jsonl"
ALL = "all"
SIZES = ("1000", "10000", "100000", ALL)


def main() -> int:
    options = _options()
    described = machine.describe()
    sizes = [_measured(size, options.corpora) for size in options.sizes]
    asked = f" --sizes {' '.join(options.sizes)}" if tuple(options.sizes) != SIZES else ""
    result = {
        "taken": dt.date.today().isoformat(),
        "command": f"python -m benchmarks.scale --corpora {' '.join(folder.name for folder in options.corpora)}{asked}",
        "machine": described,
        "load_after": round(os.getloadavg()[0], 2),
        "sizes": sizes,
    }
    _keep(result, options.json)
    Console(width=160).print(scale_report.screen_table(result))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--corpora", type=Path, nargs="+", required=True, help="folders with Markdown files")
    parser.add_argument("--sizes", nargs="+", default=list(SIZES), help="numbers of passages, and `all`", type=_size)
    parser.add_argument("--json", type=Path, help="write the result here, and leave results/ and the README alone")
    return parser.parse_args()


def _size(text: str) -> str:
    if text != ALL and not (text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is neither a number of passages nor {ALL!r}")
    return text


def _measured(size: str, corpora: list[Path]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="radgivaren-scale-") as folder:
        print(f"{size} passages: taking in and building …", file=sys.stderr, flush=True)
        wanted = [] if size == ALL else ["--passages", size]
        build = _worker("build", folder, *wanted, "--corpora", *(str(place.resolve()) for place in corpora))
        print(f"{size} passages: searching …", file=sys.stderr, flush=True)
        # One thread, as the service searches.
        search = _worker("search", folder, "--questions", str(QUESTIONS), OMP_NUM_THREADS="1")
    return {"size": size, "build": build, "search": search}


def _worker(phase: str, folder: str, *arguments: str, **environment: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale_worker", phase, folder, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _keep(result: dict[str, Any], elsewhere: Path | None) -> None:
    """A measurement of other sizes does not become the one that the README shows."""
    text = json.dumps(result, ensure_ascii=False, indent=2) + "\n"
    whole = [size["size"] for size in result["sizes"]] == list(SIZES)
    file = elsewhere or scale_report.RESULTS / f"{result['taken']}-{machine.name(result['machine'])}.json"
    if elsewhere is None and not whole:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    scale_report.draw(result, file.with_suffix(".png"))
    if elsewhere is None:
        scale_report.write_into_readme(file)


if __name__ == "__main__":
    sys.exit(main())
