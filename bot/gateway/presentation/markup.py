"""The two marks in an answer's text, **bold** and [n], apart from the words; each channel writes them its own way."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_MARK = re.compile(r"\[(\d{1,2})\]")


class Span(NamedTuple):
    """A run of text. With `n`, it is the mark of that citation, and `text` reads "[n]"."""

    text: str
    bold: bool = False
    n: int | None = None


def spans(text: str, numbers: Collection[int]) -> list[Span]:
    """The text in runs; a number in brackets that is none of `numbers` is plain text."""
    found: list[Span] = []
    start = 0
    for bold in _BOLD.finditer(text):
        found += _marks(text[start : bold.start()], numbers, bold=False)
        found += _marks(bold[1], numbers, bold=True)
        start = bold.end()
    return [*found, *_marks(text[start:], numbers, bold=False)]


def _marks(text: str, numbers: Collection[int], bold: bool) -> Iterator[Span]:
    start = 0
    for mark in _MARK.finditer(text):
        if int(mark[1]) not in numbers:
            continue
        if mark.start() > start:
            yield Span(text[start : mark.start()], bold)
        yield Span(mark[0], bold, int(mark[1]))
        start = mark.end()
    if text[start:]:
        yield Span(text[start:], bold)
