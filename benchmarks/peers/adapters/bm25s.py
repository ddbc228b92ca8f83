"""bm25s as MTEB's baseline sets it up: method lucene, k1 1.5, b 0.75, Snowball stemmer, stop words, no vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import bm25s  # in the peer's own environment
import Stemmer

PACKAGES = ("bm25s", "PyStemmer", "numpy")


class Peer:
    def __init__(self, stopwords: str, stemmer: str) -> None:
        self._stopwords = stopwords
        self._stemmer = Stemmer.Stemmer(stemmer)

    def ingest(self, passages: Sequence[tuple[str, str]], vectors: Any) -> None:  # noqa: ARG002
        self._ids = [name for name, _ in passages]
        self._index = bm25s.BM25()
        self._index.index(self._tokens([text for _, text in passages]), show_progress=False)

    def search(self, text: str, vector: Any) -> list[str]:  # noqa: ARG002
        rows, _ = self._index.retrieve(self._tokens([text]), k=10, show_progress=False)
        return [self._ids[row] for row in rows[0]]

    def _tokens(self, texts: list[str]) -> Any:
        return bm25s.tokenize(texts, stopwords=self._stopwords, stemmer=self._stemmer, show_progress=False)
