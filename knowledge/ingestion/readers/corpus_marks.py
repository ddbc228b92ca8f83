"""Marks in a topic's text: the sources that a sentence rests on, written as footnotes are.

"Kommunen prövar varje behov för sig.[^skr-2019][^sol-2025]" The keys are those of the passage's `sources`. What is
read and searched has no marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

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
    pieces = _MARKS.split(text)  # text, marks, text, marks, ... text
    *marked, rest = map(split_sentences, pieces[::2])
    if not marked:
        return ()
    if not all(marked):
        raise CorpusError(where, "a mark stands before its sentence, or apart from the mark before it")
    if [*chain(*marked), *rest] != split_sentences(without_marks(text)):
        raise CorpusError(where, f"a mark stands within a sentence: {_odd_one(pieces)}")
    bare = [*chain(*(said[:-1] for said in marked)), *rest]
    if bare:
        raise CorpusError(where, f"other sentences name their sources, this one none: {bare[0]!r}")
    keys = [_KEY.findall(marks) for marks in pieces[1::2]]
    unknown = {key for some in keys for key in some} - set(sources)
    if unknown:
        raise CorpusError(where, f"marks name {', '.join(map(repr, sorted(unknown)))}, which its sources do not hold")
    return tuple(
        Attribution(said[-1], tuple(place for place, key in enumerate(sources) if key in some))
        for said, some in zip(marked, keys, strict=True)
    )


def _odd_one(pieces: Sequence[str]) -> str:
    """The first marks that follow no end of a sentence."""
    return next(
        (marks for before, marks in zip(pieces[:-1:2], pieces[1::2], strict=True) if before[-1:] not in '.!?”")'), ""
    )
