"""How near a question is to what each passage says: to its conclusion, and to the nearest of its sentences.

The first sentence of a passage is its conclusion (CONTRIBUTING.md, "Write a topic"). A whole passage's vector lies
between all that it says; two passages on one matter are told apart by what each concludes (docs/adr/0034).

    <generation>/sentences.npy        float16, one row a Swedish sentence, passage after passage
                 sentence_begins.npy  int64: each passage's first row
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Passage
from ..errors import IndexUnavailable
from ..seams import Encoder, Vectors
from ..sentences import split_sentences

CONCLUSION_SHARE = 0.6
_VECTORS, _BEGINS = "sentences.npy", "sentence_begins.npy"


def write_sentence_vectors(folder: Path, passages: Sequence[Passage], encoder: Encoder) -> None:
    said = [split_sentences(passage.text) or [passage.heading] for passage in passages]
    begins = list(accumulate(map(len, said), initial=0))[:-1]
    vectors = encoder.encode_passages([sentence for sentences in said for sentence in sentences])
    np.save(folder / _VECTORS, vectors.astype(np.float16))
    np.save(folder / _BEGINS, np.array(begins, dtype=np.int64))


class SentenceVectors:
    """One opened generation."""

    def __init__(self, folder: Path) -> None:
        try:
            self._vectors = np.load(folder / _VECTORS).astype(np.float32)
            self._begins = np.load(folder / _BEGINS)
        except (OSError, ValueError) as error:
            raise IndexUnavailable(f"sentence vectors in {folder}: {error}") from error
        self.passages = len(self._begins)

    def nearness(self, vector: Vectors) -> NDArray[np.float32]:
        """For each passage, the cosines of its conclusion and of its nearest sentence as one. Shape (passages,)."""
        if not self.passages:
            return np.zeros(0, np.float32)
        cosines = self._vectors @ vector.reshape(-1)
        nearest = np.maximum.reduceat(cosines, self._begins)
        return np.asarray(CONCLUSION_SHARE * cosines[self._begins] + (1 - CONCLUSION_SHARE) * nearest)
