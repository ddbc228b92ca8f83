"""Rows of a table -> sentences: "Ålder: 0–6 år, Belopp: 60 kr." can be quoted without its table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_MARKDOWN = re.compile(r"(?:^\|.*\|[ \t]*(?:\n|\Z))+", re.MULTILINE)
_RULE = re.compile(r"[\s:|-]+")
_PARTS = re.compile(r"(?<!\\)\|")


def read_out(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first row names the columns, where each of them has a name of its own."""
    head = rows[0] if rows else ()
    named = len(rows) > 1 and len(head) > 1 and all(head) and len(set(head)) == len(head)
    for row in rows[1:] if named else rows:
        names = head if named else [""] * len(row)
        cells = [f"{name}: {cell}" if name else cell for name, cell in zip(names, row, strict=False) if cell]
        if cells:
            yield ", ".join(dict.fromkeys(cells)) + "."  # a merged cell is given once for each column


def tables_read_out(markdown: str) -> str:
    """A text with its tables as such sentences, a paragraph each."""
    return _MARKDOWN.sub(lambda match: "\n" + "\n\n".join(read_out(_rows(match[0]))) + "\n\n", markdown)


def _rows(table: str) -> list[list[str]]:
    lines = (line.strip() for line in table.splitlines())
    return [[cell.strip() for cell in _PARTS.split(line)[1:-1]] for line in lines if not _RULE.fullmatch(line)]
