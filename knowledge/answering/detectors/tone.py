"""What a text sounds like: linear models over its words, pairs of words and parts of words.

The phrase lists know what danger or an order is called; nobody can list every way to say it. Fitted on the sentences in
tests/answering/sentences by training.tones.py; one file of weights each, no encoder.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .folding import padded, tokens

BUCKETS = 1 << 16
_PARTS = (3, 4, 5)
_SIGNS = 2000  # read of a text; the service takes no more
_SENTENCE = re.compile(r"[^.?!\n]+[.?!]*")
_SHORTEST = 4  # words
_ALONE = 0.5  # a sentence out of its text says less surely what it is about


class Tone:
    """The first row of weights says how much a text sounds so; the others, if any, of which kind it is."""

    def __init__(self, weights: NDArray[np.float32], intercepts: NDArray[np.float32], kinds: tuple[str, ...]) -> None:
        self._weights, self._intercepts, self._kinds = weights, intercepts, kinds

    @classmethod
    def load(cls, name: str) -> Tone:
        """Raises what numpy raises: the file ships with the code, and without it the service must not start."""
        with np.load(_path(name)) as stored:
            kinds = tuple(str(kind) for kind in stored["kinds"])
            return cls(stored["weights"].astype(np.float32), stored["intercepts"].astype(np.float32), kinds)

    def save(self, name: str) -> None:
        """Half precision: a quarter of the size, the same answers."""
        np.savez_compressed(
            _path(name),
            weights=self._weights.astype(np.float16),
            intercepts=self._intercepts,
            kinds=np.array(self._kinds, dtype="U32"),
        )

    def score(self, text: str) -> float:
        """The log-odds for the whole or for its worst sentence: it may stand in the middle of a story."""
        parts = parts_of(text)
        alone = [self._row(0, part) - _ALONE for part in parts] if len(parts) > 1 else []
        return max(self._row(0, text), *alone) if alone else self._row(0, text)

    def kind(self, text: str) -> str:
        """The likeliest kind."""
        return max(self._kinds, key=lambda kind: self._row(1 + self._kinds.index(kind), text))

    def _row(self, row: int, text: str) -> float:
        features = tone_features(text)
        places = np.fromiter(features, dtype=np.int64, count=len(features))
        values = np.fromiter(features.values(), dtype=np.float32, count=len(features))
        return float(self._weights[row, places] @ values + self._intercepts[row])


def parts_of(text: str) -> list[str]:
    """The sentences of a text, without the shortest, which say nothing on their own."""
    return [part.strip() for part in _SENTENCE.findall(text[:_SIGNS]) if len(part.split()) >= _SHORTEST]


def tone_features(text: str) -> dict[int, float]:
    """Hashed words and pairs, and parts of words, each kind of length 1, so that long and short texts weigh alike."""
    words = tokens(text[:_SIGNS])
    features: dict[int, float] = {}
    for names in (_words_and_pairs(words), _parts(words)):
        counts = Counter(zlib.crc32(name.encode()) % BUCKETS for name in names)
        damped = {place: 1.0 + log(count) if count > 1 else 1.0 for place, count in counts.items()}
        length = sum(value * value for value in damped.values()) ** 0.5
        for place, value in damped.items():
            features[place] = features.get(place, 0.0) + value / length
    return features


def _words_and_pairs(words: list[str]) -> Iterator[str]:
    yield from words
    yield from (f"{left} {right}" for left, right in pairwise(words))


def _parts(words: list[str]) -> Iterator[str]:
    for word in words:
        whole = padded([word])
        yield from (f"~{whole[at : at + n]}" for n in _PARTS for at in range(len(whole) - n + 1))


def _path(name: str) -> Path:
    return Path(__file__).with_name(f"{name}_tone.npz")
