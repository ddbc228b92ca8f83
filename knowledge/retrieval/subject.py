"""Is a question about our subject at all? A linear model over the question's tokens, hashed.

It knows what the search can't: that "asylsökande" and "dagersättning" lead away, however well some passage matches.
Fitted by `python -m training.support`; a file of 64 kB that needs no encoder.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from ..errors import IndexUnavailable

BUCKETS = 1 << 15
_LIMIT = 5.0  # logits beyond this say nothing more


def bucket(token: str) -> int:
    return zlib.crc32(token.encode()) % BUCKETS


def token_weights(tokens: Sequence[str]) -> dict[int, float]:
    """Hashed token counts, of length 1, so that long and short questions weigh alike."""
    counts: dict[int, float] = {}
    for token in tokens:
        place = bucket(token)
        counts[place] = counts.get(place, 0.0) + 1.0
    length = float(np.sqrt(sum(value * value for value in counts.values()))) or 1.0
    return {place: value / length for place, value in counts.items()}


class SubjectModel:
    def __init__(self, weights: NDArray[np.float32], intercept: float) -> None:
        self._weights, self._intercept = weights, intercept

    @classmethod
    def load(cls, path: Path) -> SubjectModel:
        try:
            with path.open("rb") as file, np.load(file) as stored:
                return cls(stored["weights"].astype(np.float32), float(stored["intercept"]))
        except (OSError, EOFError, BadZipFile, KeyError, ValueError) as error:
            raise IndexUnavailable(f"subject model {path}: {error}") from error

    def save(self, path: Path) -> None:
        np.savez_compressed(path, weights=self._weights.astype(np.float16), intercept=np.float32(self._intercept))

    def score(self, tokens: Sequence[str]) -> float:
        """-1 (surely another subject) to 1 (surely ours)."""
        logit = self._intercept + sum(
            float(self._weights[place]) * value for place, value in token_weights(tokens).items()
        )
        return max(-_LIMIT, min(_LIMIT, logit)) / _LIMIT
