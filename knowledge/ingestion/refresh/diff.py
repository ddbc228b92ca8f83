"""What changed in a text, short enough to be read by a person."""

from __future__ import annotations

import difflib
from itertools import islice

_MOST_LINES, _LONGEST_LINE = 60, 300
_COMPARED_LINES = 4_000  # difflib's time grows with the square


def text_diff(before: str, after: str) -> str:
    """A unified diff of lines without its head. What is too much is said to be left out."""
    old, new = before.splitlines(), after.splitlines()
    if max(len(old), len(new)) > _COMPARED_LINES:
        return f"({len(old)} → {len(new)} rader: för mycket text för att jämföras här)"
    lines = list(islice(difflib.unified_diff(old, new, lineterm="", n=1), 2, None))
    shown = [line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} …" for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        shown.append(f"(… och {len(lines) - _MOST_LINES} rader till)")
    return "\n".join(shown)
