"""A fake encoder for tests: words hashed into dimensions. No model, no files, same answers on every machine."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from ...seams import Vectors
from ..analysis import content_words


class HashingEncoder:
    name = "hashing"
    dimensions = 256
    weight = 0.2

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in content_words(text):
                vectors[row, zlib.crc32(word.encode()) % self.dimensions] += 1
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
