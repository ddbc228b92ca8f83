"""`python -m benchmarks.quality`: how good answers and search are, with 95 % intervals (../README.md)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..knowledge_alone import knowledge_alone
from ..peers.pool import unpacked
from ..result_files import described, hand_over, say
from ..running_service import ROOT
from . import answers, general_search, pools, report

SHARED = Path("..") / "shared"
DEFAULTS: dict[str, list[Path]] = {
    "questions": [SHARED / "questions" / "dev.jsonl", Path("benchmarks") / "questions" / "independent.jsonl"],
    "swefaq": [SHARED / "swefaq" / "dev.jsonl"],
    "swequad": [SHARED / "swequad" / f"{part}.json" for part in ("training", "dev", "test")],
    "distractors": [SHARED / "corpora" / "regeringen.tar.xz"],
}
CORPORA = ROOT / "build" / "peers" / "corpora"  # where benchmarks.peers unpacks the same archives


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    result = described("benchmarks.quality", arguments)
    given = {name: there(getattr(options, name), default) for name, default in DEFAULTS.items()}
    result["figures"] = {
        "answers": _answers(given["questions"], options.bootstrap),
        "search": _search(given, options.distractor_counts, options.bootstrap),
    }
    file = hand_over(result, options.json, report.NAME, report.tables(result))
    if file:
        report.write_into_readmes(result)
        say(f"written: {file.relative_to(ROOT)}, and the tables in benchmarks/README.md and README.md")
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality",
        description=__doc__,
        epilog="Files beside this checkout (../shared) are the defaults; what is absent is named and left out.",
    )
    helps = {
        "questions": "files in the format of docs/evaluation.md",
        "swefaq": "SweFAQ's dev.jsonl",
        "swequad": "SweQUAD-MC's files",
        "distractors": "folders of Markdown documents, or .tar.xz archives of such",
    }
    for name, text in helps.items():
        count = "?" if name == "swefaq" else "*"
        parser.add_argument(f"--{name}", type=Path, nargs=count, metavar="FILE", help=f"{text}; none: leave it out")
    parser.add_argument("--distractor-counts", type=int, nargs="+", default=[0, 8_000, 40_000], metavar="N")
    parser.add_argument("--bootstrap", type=int, default=1000, metavar="ROUNDS", help="draws for each interval")
    parser.add_argument("--json", metavar="FILE|-", help="the result here, and results/ and the READMEs left alone")
    parser.set_defaults(**DEFAULTS)
    return parser.parse_args(arguments)


def there(given: Path | Sequence[Path] | None, default: Sequence[Path]) -> list[Path]:
    """A default that is absent is said and left out; a file that was asked for has to be there."""
    paths = [given] if isinstance(given, Path) else list(given or ())
    absent = [path for path in paths if not path.exists()]
    if absent and paths != list(default):
        raise SystemExit(f"not there: {', '.join(map(str, absent))}")
    for path in absent:
        say(f"not beside this checkout, left out: {path}")
    return [path for path in paths if path not in absent]


def _answers(files: Sequence[Path], rounds: int) -> list[dict[str, Any]]:
    if not files:
        return []
    found = []
    with knowledge_alone() as knowledge:
        for file in files:
            say(f"{file.name} …")
            found.append(answers.figures_of_file(knowledge.answering, file, rounds))
    return found


def _search(given: dict[str, list[Path]], counts: Sequence[int], rounds: int) -> list[dict[str, Any]]:
    swefaq, swequad = given["swefaq"], given["swequad"]
    read = pools.read_pools(swefaq[0] if swefaq else None, swequad)
    distractors: list[str] = []
    most = max(counts)
    if read and most and given["distractors"]:
        say("distractors …")
        folders = unpacked(given["distractors"], CORPORA)
        known = [text for pool in read for text in pool.texts]
        distractors = pools.read_distractors(folders, most, known)
    return general_search.measure(read, distractors, counts, rounds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
