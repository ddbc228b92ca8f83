"""A result as tables: on the screen, in benchmarks/README.md, and its chief figures in README.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..intervals import shown
from ..result_files import put_between, where
from ..running_service import ROOT
from ..tables import Rows, in_markdown
from .answers import MEASURES, MORE_IS_BETTER
from .general_search import ALL, BM25S, OURS, SCORES

NAME = "quality"
BENCHMARKS_README, README = Path(__file__).parents[1] / "README.md", ROOT / "README.md"
FEWEST = 10  # questions of a group that gets a row: fewer say nothing, and stay in the result file

SWEDISH, ENGLISH, EVERYDAY = "lang=sv", "lang=en", "style=vardag"
CHIEF = (
    ("Swedish: right topic first (hit@1)", SWEDISH, "hit@1"),
    ("Swedish: right topic among three (hit@3)", SWEDISH, "hit@3"),
    ("English: right topic first (hit@1)", ENGLISH, "hit@1"),
    ("everyday wording: right topic first (hit@1)", EVERYDAY, "hit@1"),
    ("every key fact named (`complete`)", ALL, "complete"),
    ("a false claim (`wrong`)", ALL, "wrong"),
    ("in scope, wrongly refused", ALL, "wrongly_refused"),
    ("out of scope, rightly refused", ALL, "rightly_refused"),
    ("danger seen", ALL, "urgent_recall"),
    ("urgent where nothing is", ALL, "false_urgent"),
)


def tables(result: dict[str, Any]) -> list[Rows]:
    figures = result["figures"]
    found = [_answers(file) for file in figures["answers"]]
    found += [_robustness(file) for file in figures["answers"]]
    if figures["search"]:
        found += [_search(_shown_rows(figures["search"], score), score) for score in SCORES]
    return [table for table in found if table.rows]


def _answers(file: dict[str, Any]) -> Rows:
    groups = [
        (name, measures)
        for name, measures in file["groups"].items()
        if max((found["n"] for found in measures.values() if found), default=0) >= FEWEST
    ]
    rows = [[name, *(shown(measures[measure]) for measure in MEASURES)] for name, measures in groups]
    return Rows(f"{file['file']}, {file['questions']} questions", ["", *MEASURES], rows)


def _robustness(file: dict[str, Any]) -> Rows:
    rows = []
    for way, measures in file["robustness"].items():
        rows.append([f"Swedish in scope, {way}", *(shown(measures[name]["after"]) for name in MORE_IS_BETTER)])
        rows.append(["… cost", *(shown(measures[name]["cost"], signed=True) for name in MORE_IS_BETTER)])
    rows.append(["follow-ups cited rightly", shown(file["follow_ups"]), *[""] * (len(MORE_IS_BETTER) - 1)])
    return Rows(f"{file['file']}, as hurried people write", ["", *MORE_IS_BETTER], rows)


def _shown_rows(rows: list[dict[str, Any]], score: str) -> list[dict[str, Any]]:
    """The rest is in the result file: single files among distractors, and SweQUAD by MRR, which says the same again."""
    kept = [row for row in rows if row["file"] == ALL or not row["distractors"]]
    return [row for row in kept if score != "mrr@10" or row["pool"] == "SweFAQ"]


def _search(rows: list[dict[str, Any]], score: str) -> Rows:
    """Each system's score, and beside those of others how far ours is ahead on the same questions."""
    body = []
    for row in rows:
        others = [
            cell
            for system in BM25S
            for cell in (shown(row["systems"][system][score]), shown(row["ahead_of"][system][score], signed=True))
        ]
        body.append([_named(row), shown(row["systems"][OURS][score]), *others])
    headings = ["", OURS, *(heading for system in BM25S for heading in (system, "ahead of it"))]
    return Rows(f"General search, {score}", headings, body)


def _named(row: dict[str, Any]) -> str:
    parts = [row["pool"] if row["file"] == ALL else f"{row['pool']} ({row['file']})", f"{row['passages']:,} passages"]
    return ", ".join([*parts, row["written"]])


def chief(result: dict[str, Any]) -> Rows:
    """What the front page shows: a column for each file of questions."""
    files = result["figures"]["answers"]
    rows = [
        [name, *(shown(file["groups"].get(group, {}).get(measure)) for file in files)] for name, group, measure in CHIEF
    ]
    return Rows("", ["measure", *(f"{file['file']} ({file['questions']})" for file in files)], rows)


def in_benchmarks_readme(result: dict[str, Any]) -> str:
    return "\n\n".join([where(result), *map(in_markdown, tables(result))])


def in_readme(result: dict[str, Any]) -> str:
    return in_markdown(chief(result))


def write_into_readmes(result: dict[str, Any]) -> None:
    put_between(BENCHMARKS_README, NAME, in_benchmarks_readme(result))
    put_between(README, NAME, in_readme(result))
