"""A hub model's vectors, less what all texts have in common.

Many models put everything close together: multilingual-e5-small gives sentences that have nothing in common a cosine
of .75. Our scores are absolute, and whether there is support is judged by them (docs/adr/0006): taken as they are, such
vectors made the service answer a third of the questions that it should refuse (docs/adr/0031).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ...seams import Encoder, Vectors

_COMMON = Path(__file__).parent / "common_sentences.txt"
_WORD = re.compile(r"\w")


class CentredEncoder:
    """Encodes with another encoder, which it asks for the common sentences once, by each of its two prompts."""

    def __init__(self, inner: Encoder) -> None:
        common = _COMMON.read_text(encoding="utf-8").splitlines()
        self._inner = inner
        self._of_questions = inner.encode_queries(common).mean(axis=0)
        self._of_passages = inner.encode_passages(common).mean(axis=0)
        self.name = f"{inner.name}, centred"
        self.dimensions, self.weight = inner.dimensions, inner.weight

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return _centred(self._inner.encode_queries(texts), self._of_questions, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return _centred(self._inner.encode_passages(texts), self._of_passages, texts)


def _centred(vectors: Vectors, mean: Vectors, texts: Sequence[str]) -> Vectors:
    # A model with a prompt has a vector for an empty text too: that of the prompt.
    said = np.array([_WORD.search(text) is not None for text in texts], dtype=np.float32).reshape(-1, 1)
    moved = (vectors - mean) * said
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), dtype=np.float32)
