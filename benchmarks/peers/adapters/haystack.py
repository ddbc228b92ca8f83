"""Haystack's hybrid retrieval: BM25 and embeddings of the in-memory store, joined by reciprocal rank fusion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from haystack import Document, Pipeline  # type: ignore[import-not-found]  # in the peer's own environment
from haystack.components.joiners import DocumentJoiner  # type: ignore[import-not-found]
from haystack.components.retrievers.in_memory import (  # type: ignore[import-not-found]
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore  # type: ignore[import-not-found]

PACKAGES = ("haystack-ai", "numpy")


class Peer:
    def __init__(self) -> None:
        self._store = InMemoryDocumentStore()
        self._pipeline = Pipeline()
        self._pipeline.add_component("bm25", InMemoryBM25Retriever(self._store, top_k=10))
        self._pipeline.add_component("embedding", InMemoryEmbeddingRetriever(self._store, top_k=10))
        self._pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=10))
        self._pipeline.connect("bm25", "joiner")
        self._pipeline.connect("embedding", "joiner")

    def ingest(self, passages: Sequence[tuple[str, str]], vectors: Any) -> None:
        # A Document takes a list of Python's floats and nothing else.
        self._store.write_documents(
            [
                Document(id=name, content=text, embedding=vector.tolist())
                for (name, text), vector in zip(passages, vectors, strict=True)
            ]
        )

    def search(self, text: str, vector: Any) -> list[str]:
        found = self._pipeline.run({"bm25": {"query": text}, "embedding": {"query_embedding": vector.tolist()}})
        return [document.id for document in found["joiner"]["documents"]]
