"""The library at several sizes: a table on the screen and in benchmarks/README.md, and a plot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import matplotlib
from rich.table import Table

from .report import README, where
from .result_files import put_between

RESULTS = Path(__file__).parent / "results" / "scale"
MARKERS = "scale"
_LINES = (
    ("search, p50", "#b3261e", "o"),
    ("vectors alone, Flat", "#3d5a80", "s"),
    ("vectors alone, HNSW", "#2a9d8f", "^"),
)


def table_of(result: dict[str, Any]) -> str:
    """In Markdown: a column for each size."""
    heads, rows = _cells(result)
    lines = [f"| | {' | '.join(heads)} |", f"|---{'|--:' * len(heads)}|"]
    lines += [f"| {name} | {' | '.join(cells)} |" for name, cells in rows]
    return f"{where(result)}\n\n" + "\n".join(lines)


def screen_table(result: dict[str, Any]) -> Table:
    heads, rows = _cells(result)
    table = Table("", title=where(result))
    for head in heads:
        table.add_column(head, justify="right")
    for name, cells in rows:
        table.add_row(name, *cells)
    return table


def _cells(result: dict[str, Any]) -> tuple[list[str], list[tuple[str, list[str]]]]:
    columns = [_column(size["build"], size["search"]) for size in result["sizes"]]
    heads = [f"{size['build']['passages']:,} passages" for size in result["sizes"]]
    return heads, [(name, [column[name] for column in columns]) for name in columns[0]]


def _column(build: dict[str, Any], search: dict[str, Any]) -> dict[str, str]:
    vectors, more = search["vector_index"], build.get("hundred_more_s")
    return {
        "documents": f"{build['documents']:,}",
        "taken in, a second": f"{build['documents_per_second']:,} documents, {build['passages_per_second']:,} passages",
        "taken in": f"{build['ingest_s']} s",
        "index built": f"{build['index_s']} s",
        "100 documents more, index included": "–" if more is None else f"{more} s",
        "on disk: index / database": f"{build['index_mib']:,} / {build['database_mib']:,} MiB",
        "peak memory: building / searching": f"{build['peak_memory_mib']:,} / {search['serving_memory_mib']:,} MiB",
        "search, passages fetched: p50 / p95": f"{search['p50_ms']} / {search['p95_ms']} ms",
        "vectors alone, Flat: p50": f"{vectors['flat_p50_ms']:.2f} ms",
    } | {
        f"vectors alone, HNSW, effort {graph['effort']}: p50 / recall@10 of Flat's": (
            f"{graph['p50_ms']:.2f} ms / {graph['recall_at_10']:.3f}"
        )
        for graph in vectors["hnsw"]
    }


def draw(result: dict[str, Any], file: Path) -> None:
    """Time of a question against the number of passages."""
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, panel = pyplot.subplots(figsize=(6.4, 4.4), layout="constrained")
    sizes = [size["build"]["passages"] for size in result["sizes"]]
    searches = [size["search"] for size in result["sizes"]]
    series = (
        [search["p50_ms"] for search in searches],
        [search["vector_index"]["flat_p50_ms"] for search in searches],
        [search["vector_index"]["hnsw"][0]["p50_ms"] for search in searches],
    )
    for (name, colour, marker), values in zip(_LINES, series, strict=True):
        panel.plot(sizes, values, color=colour, marker=marker, label=name)
    panel.set_xscale("log")
    panel.set_yscale("log")
    panel.xaxis.set_major_formatter("{x:,.0f}")
    panel.yaxis.set_major_formatter("{x:g}")
    panel.set_xlabel("passages (log)")
    panel.set_ylabel("p50 of a question, ms (log; lower is better)")
    panel.grid(True, which="major", alpha=0.3)
    panel.legend(frameon=False)
    figure.savefig(file, dpi=150)
    pyplot.close(figure)


def write_into_readme(file: Path) -> None:
    """Puts the table of the result in the place of the one that stands there."""
    put_between(README, MARKERS, between_markers(file))


def between_markers(file: Path) -> str:
    """What stands in the README for this result: the table, and the plot that lies beside the file."""
    result = json.loads(file.read_text(encoding="utf-8"))
    plot = file.with_suffix(".png").relative_to(README.parent) if file.is_relative_to(README.parent) else file.name
    return f"{table_of(result)}\n\n![Time of a question against the number of passages]({plot})"
