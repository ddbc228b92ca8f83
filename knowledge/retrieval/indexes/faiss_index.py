"""FAISS: exact search while it is cheap, a graph above that."""

from __future__ import annotations

import os
from pathlib import Path

import faiss

from ...errors import IndexUnavailable
from ...seams import Vectors

# Flat scans memory: 0.4 ms at 10,000 and 7 ms at 100,000 vectors of 256 dimensions (docs/adr/0004).
FLAT_UP_TO = 50_000
_NEIGHBOURS, _BUILD_EFFORT, _SEARCH_EFFORT = 32, 100, 64


def build_vector_index(path: Path, vectors: Vectors) -> None:
    """Writes the index for unit vectors; row numbers follow the order given. The file is complete or absent."""
    index = _empty_index(vectors.shape[1], len(vectors))
    index.add(vectors)
    partial = path.with_suffix(".partial")
    faiss.write_index(index, str(partial))
    with partial.open("rb") as file:
        os.fsync(file.fileno())  # a power cut must not leave a published name over an unwritten file
    os.replace(partial, path)


def _empty_index(dimensions: int, size: int) -> faiss.Index:
    if size <= FLAT_UP_TO:
        return faiss.IndexFlatIP(dimensions)
    graph = faiss.IndexHNSWFlat(dimensions, _NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    graph.hnsw.efConstruction = _BUILD_EFFORT
    return graph


class FaissIndex:
    """One opened, unchanging generation: adding to a FAISS index that is being searched crashes the process."""

    def __init__(self, path: Path) -> None:
        try:
            self._index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise IndexUnavailable(f"vector index {path}: {error}") from error
        if hasattr(self._index, "hnsw"):
            self._index.hnsw.efSearch = _SEARCH_EFFORT
        self.dimensions = int(self._index.d)
        self.size = int(self._index.ntotal)

    def search(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        scores, rows = self._index.search(vector.reshape(1, -1), min(k, self.size))
        return [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]
