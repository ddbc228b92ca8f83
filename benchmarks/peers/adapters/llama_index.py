"""LlamaIndex's hybrid retrieval: FAISS and BM25, joined by QueryFusionRetriever without a language model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import faiss
import Stemmer
from llama_index.core import (  # type: ignore[import-not-found]  # in the peer's own environment
    MockEmbedding,
    StorageContext,
    VectorStoreIndex,
)
from llama_index.core.llms import MockLLM  # type: ignore[import-not-found]
from llama_index.core.retrievers import QueryFusionRetriever  # type: ignore[import-not-found]
from llama_index.core.schema import QueryBundle, TextNode  # type: ignore[import-not-found]
from llama_index.retrievers.bm25 import BM25Retriever  # type: ignore[import-not-found]
from llama_index.vector_stores.faiss import FaissVectorStore  # type: ignore[import-not-found]

PACKAGES = (
    "llama-index-core",
    "llama-index-vector-stores-faiss",
    "llama-index-retrievers-bm25",
    "faiss-cpu",
    "bm25s",
    "numpy",
)


class Peer:
    def __init__(self, language: str, stemmer: str) -> None:
        self._language, self._stemmer = language, Stemmer.Stemmer(stemmer)

    def ingest(self, passages: Sequence[tuple[str, str]], vectors: Any) -> None:
        nodes = [
            TextNode(id_=name, text=text, embedding=vector.tolist())
            for (name, text), vector in zip(passages, vectors, strict=True)
        ]
        dimensions = vectors.shape[1]
        # Inner products: the fusion takes the largest score for the best, which a distance (IndexFlatL2 of the
        # examples) would turn round.
        store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(dimensions))
        index = VectorStoreIndex(
            nodes,
            storage_context=StorageContext.from_defaults(vector_store=store),
            embed_model=MockEmbedding(embed_dim=dimensions),
        )
        bm25 = BM25Retriever.from_defaults(
            nodes=nodes, similarity_top_k=10, stemmer=self._stemmer, language=self._language
        )
        self._retriever = QueryFusionRetriever(
            [index.as_retriever(similarity_top_k=10), bm25],
            llm=MockLLM(),
            mode="reciprocal_rerank",
            similarity_top_k=10,
            num_queries=1,
            use_async=False,
        )

    def search(self, text: str, vector: Any) -> list[str]:
        found = self._retriever.retrieve(QueryBundle(query_str=text, embedding=vector.tolist()))
        return [hit.node.node_id for hit in found]
