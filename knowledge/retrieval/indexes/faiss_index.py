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


class VectorWriter:
    """Takes unit vectors in the order of their rows, after an earlier index's; the file is complete or absent."""

    def __init__(self, path: Path, dimensions: int, onto: Path | None = None) -> None:
        self._path, self._dimensions = path, dimensions
        self._index = faiss.IndexFlatIP(dimensions) if onto is None else _read(onto)

    def add(self, vectors: Vectors) -> None:
        if isinstance(self._index, faiss.IndexFlat) and self._index.ntotal + len(vectors) > FLAT_UP_TO:
            scanned = self._index
            if scanned.ntotal:  # FAISS refuses to read none
                vectors = np.concatenate([scanned.reconstruct_n(0, scanned.ntotal), vectors])
            self._index = empty_graph(self._dimensions)
            self._index.train(vectors)  # finds each dimension's range
        self._index.add(vectors)

    @property
    def size(self) -> int:
        return int(self._index.ntotal)

    def close(self) -> None:
        partial = self._path.with_suffix(".partial")
        faiss.write_index(self._index, str(partial))
        with partial.open("rb") as file:
            os.fsync(file.fileno())  # a power cut must not leave a published name over an unwritten file
        os.replace(partial, self._path)


def build_vector_index(path: Path, vectors: Vectors) -> None:
    """Writes the index for unit vectors, one row each."""
    writer = VectorWriter(path, vectors.shape[1])
    writer.add(vectors)
    writer.close()


def empty_graph(dimensions: int) -> faiss.Index:
    # Vectors in 8 bits: a quarter of the memory, a faster search, and .95 of the exact neighbours (docs/adr/0013).
    kind: Any = faiss.ScalarQuantizer.QT_8bit
    graph = faiss.IndexHNSWSQ(dimensions, kind, _NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    graph.hnsw.efConstruction = _BUILD_EFFORT
    return graph


class FaissIndex:
    """One opened, unchanging generation: adding to a FAISS index that is being searched crashes the process."""

    def __init__(self, path: Path) -> None:
        self._index = _read(path)
        if hasattr(self._index, "hnsw"):
            self._index.hnsw.efSearch = SEARCH_EFFORT
        self.dimensions = int(self._index.d)
        self.size = int(self._index.ntotal)

    def search(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        if not self.size:
            return []  # FAISS refuses to look for nothing
        scores, rows = self._index.search(vector.reshape(1, -1), min(k, self.size))
        return [(row, score) for row, score in zip(rows[0].tolist(), scores[0].tolist(), strict=True) if row >= 0]

    def cosines(self, vector: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Of the question's vector and these rows'."""
        return np.asarray(self._index.reconstruct_batch(rows) @ vector.reshape(-1))


def _read(path: Path) -> faiss.Index:
    try:
        return faiss.read_index(str(path))
    except RuntimeError as error:
        raise IndexUnavailable(f"vector index {path}: {error}") from error
