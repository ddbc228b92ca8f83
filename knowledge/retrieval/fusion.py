"""One score from several: a weighted sum whose weight belongs to the encoder.

Reciprocal rank fusion with equal weights harms when the encoder is small: .836 -> .746 on SweQUAD (docs/adr/0003).
The parts stay absolute (BM25 over its ceiling, cosine), so that scores of different questions can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..datatypes import LEGS
from .entries import EntryKind

# How much of a leg's score comes from the best phrasing rather than from the body; chosen on the development questions.
PHRASING_SHARE = 0.6
# The second best phrasing's share of that: one phrasing alone may fit by a word.
SECOND_SHARE = 0.25
# BM25 over its ceiling runs to about 1.3, cosine and late interaction to about 1: brought to one scale.
LEXICAL_SCALE = 1.3
# What late interaction says of the whole; the rest is shared by the two searches, as the encoder's weight has it.
LATE_SHARE = 0.3
# What the passage's conclusion and its nearest sentence add, beside all of the above.
SENTENCE_SHARE = 0.3

# What the neighbouring passages add to a passage's score, and how many of them.
NEIGHBOUR_SHARE, _NEIGHBOURS = 0.4, 3

# What the document found for the question before adds to the score of a follow-up.
CONTEXT_DOCUMENT_SHARE = 0.3

_DENSE, _LATE, SENTENCES = 2, 4, 6  # in LEGS: where each search's two legs begin, and the leg of the sentences
Legs = NDArray[np.float64]  # shape (passages, legs); a passage that nothing found holds zeros
Scores = NDArray[np.float64]  # shape (passages,)
Hits = Sequence[tuple[int, float]]


class Rows:
    """Which passage and which leg each row of the indexes belongs to."""

    def __init__(self, rows: Sequence[tuple[int, str]]) -> None:
        self._passage = np.array([passage for passage, _ in rows], dtype=np.int64)
        self._phrasing = np.array([kind == EntryKind.PHRASING.value for _, kind in rows], dtype=np.int64)
        self._passages = int(self._passage.max()) + 1 if len(rows) else 0

    def legs(self, lexical: Hits, ceiling: float, dense: Hits) -> Legs:
        """What each leg (lexical or dense, body or phrasing) says of each passage."""
        legs = np.zeros((self._passages, len(LEGS)))
        for first, hits, scale in ((0, lexical, ceiling * LEXICAL_SCALE), (_DENSE, dense, 1.0)):
            if hits:
                numbers = np.array([row for row, _ in hits], dtype=np.int64)
                scores = np.array([score for _, score in hits]) / scale
                phrasing = self._phrasing[numbers] == 1
                np.maximum.at(legs[:, first], self._passage[numbers[~phrasing]], scores[~phrasing])
                legs[:, first + 1] = np.maximum(self._best_two(numbers[phrasing], scores[phrasing]), 0.0)
        return legs

    def of(self, passages: NDArray[np.int64], found: Sequence[int]) -> NDArray[np.int64]:
        """Those of the found rows that belong to these passages, and the passages' bodies."""
        wanted = np.zeros(self._passages, dtype=bool)
        wanted[passages] = True
        chosen = wanted[self._passage] & (self._phrasing == 0)
        rows = np.asarray(found, dtype=np.int64)
        chosen[rows[wanted[self._passage[rows]]]] = True
        return np.flatnonzero(chosen)

    def add_late(self, legs: Legs, rows: NDArray[np.int64], scores: NDArray[np.float32]) -> None:
        """Writes the best late interaction of each passage's rows, body and phrasing, into its legs."""
        np.maximum.at(legs, (self._passage[rows], _LATE + self._phrasing[rows]), scores)

    def _best_two(self, numbers: NDArray[np.int64], scores: Scores) -> Scores:
        """For each passage, its best row's score, drawn towards the second best's (0 where there is none)."""
        order = np.lexsort((-scores, self._passage[numbers]))
        passages, scores = self._passage[numbers[order]], scores[order]
        first = np.diff(passages, prepend=-1) != 0
        second = ~first & np.roll(first, 1)
        found = np.zeros(self._passages)
        found[passages[first]] = (1 - SECOND_SHARE) * scores[first]
        found[passages[second]] += SECOND_SHARE * scores[second]
        return found


def fuse(legs: Legs, encoder_weight: float, late_share: float = 0.0, sentence_share: float = 0.0) -> Scores:
    """The fused scores, about 0 to 1. Without the shares: of the two searches alone."""
    lexical, dense, late = (
        (1 - PHRASING_SHARE) * legs[..., first] + PHRASING_SHARE * legs[..., first + 1] for first in (0, _DENSE, _LATE)
    )
    searched = (1 - encoder_weight) * lexical + encoder_weight * dense
    both = (1 - late_share) * searched + late_share * late
    return np.asarray((both + sentence_share * legs[..., SENTENCES]) / (1 + sentence_share))


def with_neighbours(scores: Scores, document_of: NDArray[np.int64]) -> Scores:
    """Adds what the document as a whole says for itself: the mean of its best three passages.

    A passage whose neighbours also fit is more likely right than one that fits by a word. Scores keep their scale.
    """
    order = np.lexsort((-scores, document_of))
    documents = document_of[order]
    begins = np.flatnonzero(np.diff(documents, prepend=-1))
    place = np.arange(len(order)) - np.repeat(begins, np.diff(np.append(begins, len(order))))
    best = order[place < _NEIGHBOURS]
    whole = np.bincount(document_of[best], scores[best], minlength=int(document_of.max(initial=0)) + 1) / _NEIGHBOURS
    return np.asarray((scores + NEIGHBOUR_SHARE * whole[document_of]) / (1 + NEIGHBOUR_SHARE))


def near_documents(scores: Scores, before: Scores, document_of: NDArray[np.int64]) -> Scores:
    """Draws the scores of a follow-up towards the documents that the question before found. Scores keep their scale."""
    best = np.zeros(int(document_of.max(initial=0)) + 1)
    np.maximum.at(best, document_of, before)
    return np.asarray((scores + CONTEXT_DOCUMENT_SHARE * best[document_of]) / (1 + CONTEXT_DOCUMENT_SHARE))
