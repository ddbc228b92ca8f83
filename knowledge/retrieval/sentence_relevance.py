"""How well sentences meet a question, so that an answer can be made of those that do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..seams import Encoder
from .analysis import Analyzer
from .encoders.static import StaticEncoder
from .late_interaction import DIMENSIONS

_LEXICAL_SHARE = 0.4
# The transformer sets what is near and what is not wider apart than words do: brought to their scale.
_SPREAD = 0.65


class SentenceRelevance:
    """Shared words and near pieces, weighed by how rare each is in the corpus; and what a transformer makes of it."""

    def __init__(self, encoder: StaticEncoder, texts: Sequence[str], transformer: Encoder | None = None) -> None:
        self._encoder, self._analyzer, self._transformer = encoder, Analyzer(), transformer
        vectors = encoder.piece_vectors.astype(np.float32)
        frequency = np.zeros(len(vectors))
        for pieces in encoder.pieces_of_all(texts):
            frequency[np.unique(pieces)] += 1
        rarity = np.log(1 + (len(texts) - frequency + 0.5) / (frequency + 0.5))
        self._weights = np.linalg.norm(vectors, axis=1) * rarity
        short = vectors[:, :DIMENSIONS]
        self._near = short / np.maximum(np.linalg.norm(short, axis=1, keepdims=True), 1e-9)

    def scores(self, question: str, sentences: Sequence[str]) -> list[float]:
        """0 to 1 for each sentence; 0 where the question has no known word."""
        asked = self._encoder.pieces(question)
        weights = self._weights[asked]
        tokens = set(self._analyzer.tokens(question))
        if not len(asked) or not tokens or not weights.sum():
            return [0.0] * len(sentences)
        return [
            (1 - _LEXICAL_SHARE) * self._met(asked, weights, pieces)
            + _LEXICAL_SHARE * len(tokens & set(self._analyzer.tokens(sentence))) / len(tokens)
            for sentence, pieces in zip(sentences, self._encoder.pieces_of_all(sentences), strict=True)
        ]

    def nearness(self, question: str, texts: Sequence[str]) -> list[float]:
        """About 0 to 1, by the transformer; the scores by words where there is no transformer."""
        if self._transformer is None or not texts:
            return self.scores(question, texts)
        (asked,) = self._transformer.encode_queries([question])
        cosines = self._transformer.encode_passages(texts) @ asked
        return [max(1 - _SPREAD * (1 - float(cosine)), 0.0) for cosine in cosines]

    def _met(self, asked: np.ndarray, weights: np.ndarray, pieces: np.ndarray) -> float:
        if not len(pieces):
            return 0.0
        best = (self._near[asked] @ self._near[pieces].T).max(axis=1)
        return float(weights @ np.maximum(best, 0) / weights.sum())
