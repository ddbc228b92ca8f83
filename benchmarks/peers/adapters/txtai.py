"""txtai's hybrid index: its own BM25 beside FAISS, with our vectors by an external transform; the rest by default."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from txtai import Embeddings  # type: ignore[import-not-found]  # in the peer's own environment

PACKAGES = ("txtai", "faiss-cpu", "torch", "transformers", "numpy")


class Peer:
    def __init__(self) -> None:
        # txtai hands a text to its transform and wants a vector; ours are made before.
        self._vectors: dict[str, Any] = {}

        def transform(texts: Sequence[str]) -> Any:
            return np.stack([self._vectors[text] for text in texts])

        self._embeddings = Embeddings(method="external", transform=transform, hybrid=True)

    def ingest(self, passages: Sequence[tuple[str, str]], vectors: Any) -> None:
        # txtai divides by a vector's length: a passage of signs alone has none, and would make its index fail.
        vectors = np.array(vectors)
        vectors[~vectors.any(axis=1), 0] = 1e-6
        self._vectors = dict(zip((text for _, text in passages), vectors, strict=True))
        self._embeddings.index((name, text, None) for name, text in passages)
        self._vectors = {}

    def search(self, text: str, vector: Any) -> list[str]:
        self._vectors = {text: vector}
        return [name for name, _ in self._embeddings.search(text, 10)]
