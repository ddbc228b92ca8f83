"""A result as a table: on the screen, and in Markdown in benchmarks/README.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.table import Table

from ..report import where
from ..result_files import put_between

README = Path(__file__).parents[1] / "README.md"
RESULTS = Path(__file__).parent / "results"
MARKERS = "peers"
HEADINGS = ("nDCG@10", "hit@1", "p50", "p95", "ingest", "peak memory")


def table_of(result: dict[str, Any]) -> str:
    """In Markdown: one table for each number of passages, the best peer first."""
    tables = [where(result)]
    for size in result["sizes"]:
        lines = [f"| | {' | '.join(HEADINGS)} |", f"|---{'|--:' * len(HEADINGS)}|"]
        lines += [f"| `{name}` | {' | '.join(cells)} |" for name, cells in _rows(size)]
        tables.append(f"{_title(size)}:\n\n" + "\n".join(lines))
    return "\n\n".join(tables)


def screen_tables(result: dict[str, Any]) -> list[Table]:
    tables = []
    for size in result["sizes"]:
        table = Table("", title=_title(size))
        for heading in HEADINGS:
            table.add_column(heading, justify="right")
        for name, cells in _rows(size):
            table.add_row(name, *cells)
        tables.append(table)
    return tables


def _title(size: dict[str, Any]) -> str:
    return f"{size['passages']:,} passages, {size['questions']} questions (vectors made in {size['encoded_s']} s)"


def _rows(size: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Who failed stands last, without figures."""
    done = {name: figures for name, figures in size["peers"].items() if "failed" not in figures}
    best_first = sorted(done.items(), key=lambda pair: -pair[1]["ndcg_at_10"])
    rows = [(name, _cells(figures)) for name, figures in best_first]
    return rows + [(name, ["failed", *[""] * (len(HEADINGS) - 1)]) for name in size["peers"] if name not in done]


def _cells(figures: dict[str, Any]) -> list[str]:
    return [
        f"{figures['ndcg_at_10']:.3f}",
        f"{figures['hit_at_1']:.3f}",
        _ms(figures["p50_ms"]),
        _ms(figures["p95_ms"]),
        f"{figures['ingest_s']:.1f} s",
        f"{figures['peak_memory_mib']} MiB",
    ]


def _ms(value: float) -> str:
    return f"{value:.2f} ms" if value < 1 else f"{value:.1f} ms"


def write_into_readme(file: Path) -> None:
    """Puts the tables of the result in the place of those that stand there."""
    put_between(README, MARKERS, between_markers(file))


def between_markers(file: Path) -> str:
    """What stands in the README for this result: the tables, and the plot that lies beside the file."""
    result = json.loads(file.read_text(encoding="utf-8"))
    plot = file.with_suffix(".png").relative_to(README.parent) if file.is_relative_to(README.parent) else file.name
    return f"{table_of(result)}\n\n![nDCG@10 against the time of a question]({plot})"
