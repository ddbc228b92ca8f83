"""MaxSim: each piece of the question finds its nearest piece in a passage, and the passage scores what it found.

The vectors are the embedded encoder's, so this costs no second model. The first 64 dimensions do as well as all 256
(docs/adr/0013). Over the mean of all pieces it has that a passage need not be about the question alone.

    <generation>/late_pieces.npy     uint16: the different pieces of each row, end to end
                 late_ends.npy       int64: where each row ends
                 late_frequency.npy  int64: in how many rows each piece stands
"""

from __future__ import annotations

from array import array
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import IndexUnavailable
from .encoders.static import Pieces, StaticEncoder

DIMENSIONS = 64
_FILES = ("late_pieces.npy", "late_ends.npy", "late_frequency.npy")
Scores = NDArray[np.float32]


class LateWriter:
    """Collects the rows' pieces, after those of an earlier generation where there is one."""

    def __init__(self, folder: Path, pieces: int, onto: Path | None = None) -> None:
        self._folder = folder
        # Arrays of the standard library: they grow by doubling, and a small numpy array a row is half of it overhead.
        self._pieces, self._ends = array("H"), array("q")
        self._frequency = np.zeros(pieces, dtype=np.int64)
        if onto is not None:
            found, ends, self._frequency = (np.load(onto / name) for name in _FILES)
            self._pieces.frombytes(found.tobytes())
            self._ends.frombytes(ends.tobytes())

    def add(self, pieces: Pieces) -> None:
        different = np.unique(pieces).astype(np.uint16)
        self._frequency[different] += 1
        self._pieces.frombytes(different.tobytes())
        self._ends.append(len(self._pieces))

    def close(self) -> None:
        pieces, ends = np.asarray(self._pieces, np.uint16), np.asarray(self._ends, np.int64)
        for name, value in zip(_FILES, (pieces, ends, self._frequency), strict=True):
            np.save(self._folder / name, np.asarray(value))


class LateInteraction:
    """One opened generation."""

    def __init__(self, folder: Path, encoder: StaticEncoder) -> None:
        try:
            # Plain arrays over the mapped files: numpy's own memmap class makes every slice several times dearer.
            self._pieces, self._ends, frequency = (np.asarray(np.load(folder / name, mmap_mode="r")) for name in _FILES)
        except (OSError, ValueError) as error:
            raise IndexUnavailable(f"late interaction in {folder}: {error}") from error
        short = encoder.piece_vectors[:, :DIMENSIONS].astype(np.float32)
        self._vectors = short / np.maximum(np.linalg.norm(short, axis=1, keepdims=True), 1e-9)
        self.size = len(self._ends)
        rarity = np.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))
        # What a piece of a question weighs: its vector's length, which training made longer where it says much.
        lengths = np.sqrt(np.einsum("ij,ij->i", encoder.piece_vectors, encoder.piece_vectors, dtype=np.float32))
        self._weights = lengths * rarity.astype(np.float32)

    def scores(self, question: Pieces, rows: NDArray[np.int64]) -> Scores:
        """0 to 1 for each of the rows: 1 where every piece of the question stands there as it is."""
        weights = self._weights[question]
        total = float(weights.sum())
        scored = np.zeros(len(rows), dtype=np.float32)
        starts = np.where(rows > 0, self._ends[rows - 1], 0)
        counts = self._ends[rows] - starts
        told = np.flatnonzero(counts)  # a row without a known piece scores nothing
        if not len(told) or total <= 0:
            return scored
        starts, counts = starts[told], counts[told]
        begins = np.cumsum(counts) - counts
        found = self._pieces[np.repeat(starts - begins, counts) + np.arange(int(counts.sum()))]
        # Rows share their pieces: each different one is compared once.
        place = np.zeros(len(self._vectors), dtype=np.int32)
        place[found] = 1
        different = np.flatnonzero(place)
        place[different] = np.arange(len(different))
        near = self._vectors.take(question, axis=0) @ self._vectors.take(different, axis=0).T  # take: half of [ ]
        best = np.maximum.reduceat(near.take(place[found], axis=1), begins, axis=1)
        scored[told] = (weights @ np.maximum(best, 0.0)) / total
        return scored
