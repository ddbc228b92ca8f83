"""FAISS: exact search while it is cheap, a graph above that."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from ...errors import IndexUnavailable
from ...seams import Vectors

# Flat scans memory: 0.4 ms at 10,000 and 7 ms at 100,000 vectors of 256 dimensions (docs/adr/0004).
FLAT_UP_TO = 5_000
_NEIGHBOURS, _BUILD_EFFORT, SEARCH_EFFORT = 32, 100, 128
_ADDED_AT_ONCE = 10_000  # vectors in 32 bits at a time


def build_vector_index(path: Path, vectors: NDArray[np.floating[Any]], onto: Path | None = None) -> None:
    """Writes the index for unit vectors; row numbers follow the order given. The file is complete or absent.

    `onto` names an earlier index of the first of these vectors: a graph takes the rest in, and is not built anew.
    """
    index = _empty_index(vectors.shape[1], len(vectors))
    if onto is not None and index.ntotal == 0 and not isinstance(index, faiss.IndexFlat):
        earlier = faiss.read_index(str(onto))
        index = earlier if type(earlier) is type(index) else index
    for start in range(index.ntotal, len(vectors), _ADDED_AT_ONCE):
        index.add(np.ascontiguousarray(vectors[start : start + _ADDED_AT_ONCE], dtype=np.float32))
    partial = path.with_suffix(".partial")
    faiss.write_index(index, str(partial))
    with partial.open("rb") as file:
        os.fsync(file.fileno())  # a power cut must not leave a published name over an unwritten file
    os.replace(partial, path)


def _empty_index(dimensions: int, size: int) -> faiss.Index:
    return faiss.IndexFlatIP(dimensions) if size <= FLAT_UP_TO else empty_graph(dimensions)


def empty_graph(dimensions: int) -> faiss.Index:
    # Vectors in 16 bits: half the memory, and the same neighbours.
    kind: Any = faiss.ScalarQuantizer.QT_fp16
    graph = faiss.IndexHNSWSQ(dimensions, kind, _NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
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
            self._index.hnsw.efSearch = SEARCH_EFFORT
        self.dimensions = int(self._index.d)
        self.size = int(self._index.ntotal)

    def search(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        if not self.size:
            return []  # FAISS refuses to look for nothing
        scores, rows = self._index.search(vector.reshape(1, -1), min(k, self.size))
        return [(row, score) for row, score in zip(rows[0].tolist(), scores[0].tolist(), strict=True) if row >= 0]
