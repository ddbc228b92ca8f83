"""Is a question about our subject at all? A linear model over the question's tokens, hashed.

It knows what the search can't: that "asylsökande" and "dagersättning" lead away, however well some passage matches.
Fitted by `python -m training.support`; a file of 64 kB that needs no encoder. A second one, over what the transformer
makes of the question, knows words that the first has never seen ("får man leva här på sparade pengar?").
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Passage
from ..errors import IndexUnavailable
from .directions import PassageDirections

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
        return cls(*_read(path))

    def save(self, path: Path) -> None:
        _write(path, self._weights, self._intercept)

    def score(self, tokens: Sequence[str]) -> float:
        """-1 (surely another subject) to 1 (surely ours)."""
        logit = self._intercept + sum(
            float(self._weights[place]) * value for place, value in token_weights(tokens).items()
        )
        return scaled(logit)


class SaidSubject:
    """The same of what a question says as a whole, and how near it is to what the leading passage is asked and says."""

    def __init__(self, directions: PassageDirections, weights: NDArray[np.float32], intercept: float) -> None:
        """`directions` hold the transformer whose vectors the weights were fitted to; they are of its dimensions."""
        self._directions, self._weights, self._intercept = directions, weights, intercept

    @classmethod
    def load(cls, path: Path, directions: PassageDirections) -> SaidSubject:
        weights, intercept = _read(path)
        if len(weights) != directions.dimensions:
            raise IndexUnavailable(
                f"subject model {path}: {len(weights)} weights for {directions.dimensions} dimensions"
            )
        return cls(directions, weights, intercept)

    def save(self, path: Path) -> None:
        _write(path, self._weights, self._intercept)

    def values(self, question: str, passage: Passage) -> dict[str, float]:
        """The features of the support probability that this knows (answering/support.py).

        `said` is -1 (surely another subject) to 1 (surely ours), the others are cosines.
        """
        vector = self._directions.question(question)
        (direction,) = self._directions.of([passage])
        return {
            "said": scaled(float(vector @ self._weights) + self._intercept),
            "said_direction": float(vector @ direction),
            "said_conclusion": float(vector @ self._directions.conclusion(passage)),
        }


def scaled(logit: float) -> float:
    return max(-_LIMIT, min(_LIMIT, logit)) / _LIMIT


def _read(path: Path) -> tuple[NDArray[np.float32], float]:
    try:
        with path.open("rb") as file, np.load(file) as stored:
            return stored["weights"].astype(np.float32), float(stored["intercept"])
    except (OSError, EOFError, BadZipFile, KeyError, ValueError) as error:
        raise IndexUnavailable(f"subject model {path}: {error}") from error


def _write(path: Path, weights: NDArray[np.float32], intercept: float) -> None:
    np.savez_compressed(path, weights=weights.astype(np.float16), intercept=np.float32(intercept))
