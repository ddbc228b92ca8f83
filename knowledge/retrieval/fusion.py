"""One score from several: a weighted sum whose weight belongs to the encoder.

Reciprocal rank fusion with equal weights harms when the encoder is small: .836 -> .746 on SweQUAD (docs/adr/0003).
The parts stay absolute (BM25 over its ceiling, cosine), so that scores of different questions can be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .entries import EntryKind

# How much of a leg's score comes from the best phrasing rather than from the body; chosen on the development questions.
PHRASING_SHARE = 0.7
# BM25 over its ceiling runs to about 1.3, cosine and late interaction to about 1: brought to one scale.
LEXICAL_SCALE = 1.3
# What late interaction says of the whole; the rest is shared by the two searches, as the encoder's weight has it.
LATE_SHARE = 0.2

# What the neighbouring passages add to a passage's score, and how many of them.
NEIGHBOUR_SHARE, _NEIGHBOURS = 0.5, 3

# What the document found for the question before adds to the score of a follow-up.
CONTEXT_DOCUMENT_SHARE = 0.3

LEGS = ("lexical_body", "lexical_phrasing", "dense_body", "dense_phrasing", "late_body", "late_phrasing")
Legs = dict[str, float]
Hits = Sequence[tuple[int, float]]


class Rows:
    """Which passage and which leg each row of the indexes belongs to."""

    def __init__(self, rows: Sequence[tuple[int, str]]) -> None:
        self._passage = np.array([passage for passage, _ in rows], dtype=np.int64)
        self._phrasing = np.array([kind == EntryKind.PHRASING.value for _, kind in rows], dtype=np.int64)
        self._passages = int(self._passage.max()) + 1 if len(rows) else 0
        # A passage's rows lie together (entries.py).
        self._starts = np.searchsorted(self._passage, np.arange(self._passages + 1))

    def legs(self, lexical: Hits, ceiling: float, dense: Hits) -> dict[int, Legs]:
        """Best score of each leg (lexical or dense, body or phrasing) for each passage that either found."""
        best = np.zeros((self._passages, len(LEGS)))
        for first, hits, scale in ((0, lexical, ceiling * LEXICAL_SCALE), (2, dense, 1.0)):
            if hits:
                numbers = np.array([row for row, _ in hits], dtype=np.int64)
                scores = np.array([score for _, score in hits]) / scale
                np.maximum.at(best, (self._passage[numbers], first + self._phrasing[numbers]), scores)
        found = np.flatnonzero(best.any(axis=1)).tolist()
        return {
            passage: dict(zip(LEGS, values, strict=True))
            for passage, values in zip(found, best[found].tolist(), strict=True)
        }

    def of(self, passages: Sequence[int]) -> NDArray[np.int64]:
        """The rows of these passages."""
        return np.concatenate([np.arange(self._starts[p], self._starts[p + 1]) for p in passages])

    def add_late(self, legs: dict[int, Legs], rows: NDArray[np.int64], scores: NDArray[np.float32]) -> None:
        """Writes the best late interaction of each passage's rows, body and phrasing, into its legs."""
        for row, score in zip(rows.tolist(), scores.tolist(), strict=True):
            leg = "late_phrasing" if self._phrasing[row] else "late_body"
            found = legs[int(self._passage[row])]
            found[leg] = max(found[leg], score)


def fuse(legs: Legs, encoder_weight: float, late_share: float = 0.0) -> float:
    """The fused score, about 0 to 1. Without `late_share`: of the two searches alone."""
    lexical = (1 - PHRASING_SHARE) * legs["lexical_body"] + PHRASING_SHARE * legs["lexical_phrasing"]
    dense = (1 - PHRASING_SHARE) * legs["dense_body"] + PHRASING_SHARE * legs["dense_phrasing"]
    late = (1 - PHRASING_SHARE) * legs["late_body"] + PHRASING_SHARE * legs["late_phrasing"]
    searched = (1 - encoder_weight) * lexical + encoder_weight * dense
    return (1 - late_share) * searched + late_share * late


def with_neighbours(scores: dict[int, float], document_of: Sequence[str]) -> dict[int, float]:
    """Adds what the document as a whole says for itself: the mean of its best three passages.

    A passage whose neighbours also fit is more likely right than one that fits by a word. Scores keep their scale.
    """
    by_document: dict[str, list[float]] = defaultdict(list)
    for passage, score in scores.items():
        by_document[document_of[passage]].append(score)
    whole = {key: sum(sorted(found)[-_NEIGHBOURS:]) / _NEIGHBOURS for key, found in by_document.items()}
    return {
        passage: (score + NEIGHBOUR_SHARE * whole[document_of[passage]]) / (1 + NEIGHBOUR_SHARE)
        for passage, score in scores.items()
    }


def near_documents(scores: dict[int, float], before: dict[int, float], document_of: Sequence[str]) -> dict[int, float]:
    """Draws the scores of a follow-up towards the documents that the question before found. Scores keep their scale."""
    best: dict[str, float] = defaultdict(float)
    for passage, score in before.items():
        best[document_of[passage]] = max(best[document_of[passage]], score)
    return {
        passage: (score + CONTEXT_DOCUMENT_SHARE * best[document_of[passage]]) / (1 + CONTEXT_DOCUMENT_SHARE)
        for passage, score in scores.items()
    }
