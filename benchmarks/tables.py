"""A table once, shown twice: on the screen and in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.table import Table


class Rows(NamedTuple):
    title: str
    headings: Sequence[str]  # the first column's heading first
    rows: Sequence[Sequence[str]]


def on_screen(rows: Rows) -> Table:
    table = Table(title=rows.title, title_justify="left")
    for at, heading in enumerate(rows.headings):
        table.add_column(heading, justify="right" if at else "left")
    for row in rows.rows:
        table.add_row(*row)
    return table


def in_markdown(rows: Rows) -> str:
    title = f"{rows.title}:\n\n" if rows.title else ""
    rule = f"|---{'|--:' * (len(rows.headings) - 1)}|"
    return title + "\n".join([_line(rows.headings), rule, *map(_line, rows.rows)])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
