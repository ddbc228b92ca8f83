"""Marks in a topic's text: the sources that a sentence rests on, written as footnotes are.

"Kommunen prövar varje behov för sig.[^skr-2019][^sol-2025]" The keys are those of the passage's `sources`. What is
read and searched has no marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...datatypes import Attribution
from ...errors import CorpusError
from ...sentences import split_sentences

_MARKS = re.compile(r"((?:\[\^[^\]\s]+\])+)")
_KEY = re.compile(r"\[\^([^\]\s]+)\]")


def without_marks(text: str) -> str:
    return _MARKS.sub("", text)


def attributions(text: str, sources: Sequence[str], where: str) -> tuple[Attribution, ...]:
    """Of each sentence of a text with marks, the places of its sources; none where nothing is marked.

    Raises CorpusError for a mark within a sentence, for a key that the passage does not have, and for a text with
    marks that leaves a sentence without.
    """
    *marked, rest = _MARKS.split(text)
    said = [split_sentences(piece) for piece in marked[::2]]
    if not said:
        return ()
    if [sentence for piece in said for sentence in piece] + split_sentences(rest) != split_sentences(
        without_marks(text)
    ):
        raise CorpusError(where, f"a mark stands within a sentence: {_odd_one(marked)}")
    bare = [sentence for piece in said for sentence in piece[:-1]] + split_sentences(rest)
    if bare:
        raise CorpusError(where, f"other sentences name their sources, this one none: {bare[0]!r}")
    keys = [_KEY.findall(marks) for marks in marked[1::2]]
    unknown = {key for some in keys for key in some} - set(sources)
    if unknown:
        raise CorpusError(where, f"marks name {', '.join(map(repr, sorted(unknown)))}, which its sources do not hold")
    return tuple(
        Attribution(piece[-1], tuple(place for place, key in enumerate(sources) if key in some))
        for piece, some in zip(said, keys, strict=True)
    )


def _odd_one(marked: Sequence[str]) -> str:
    """The first marks that follow no end of a sentence."""
    return next(
        (marks for before, marks in zip(marked[::2], marked[1::2], strict=True) if before[-1:] not in '.!?”")'), ""
    )
