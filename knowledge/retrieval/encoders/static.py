"""The embedded model read as what it is: one vector a word piece, and a text the mean of its pieces.

sentence-transformers loads the same folder (tested to agree), but takes a second and 300 MiB of torch to do so, and
ten times as long for a question. The piece vectors also serve late interaction (late_interaction.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from ...errors import ConfigurationError
from ...seams import Vectors

EMBEDDED = Path(__file__).parents[2] / "model"
EMBEDDED_WEIGHT = 0.5  # .5 to .6 did best on unseen phrasings and on the development questions (docs/adr/0034)
_TEXTS_AT_ONCE = 64  # their piece vectors lie in memory together: about 7 MB
Pieces = NDArray[np.int64]
_FEW = 4  # texts; a batch wakes the tokenizer's threads, which takes longer than so few texts


class StaticEncoder:
    def __init__(self, folder: Path, *, weight: float) -> None:
        try:
            # Not Exception: the tokenizers library raises it bare for a file that it cannot read.
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            (self._vectors,) = load_file(folder / "model.safetensors").values()
        except (OSError, ValueError, SafetensorError) as error:
            raise ConfigurationError("ENCODER", str(folder), f"a static embedding model ({error})") from error
        # A search asks for the same text once for each of its parts.
        self.pieces = lru_cache(maxsize=16)(self._pieces_of)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        with (folder / "model.safetensors").open("rb") as file:
            self.name = hashlib.file_digest(file, "sha256").hexdigest()[:16]
        self.dimensions = int(self._vectors.shape[1])
        self.weight = weight

    @property
    def piece_vectors(self) -> NDArray[np.float16]:
        """Shape (pieces, dimensions), as trained: their lengths tell how much a piece says."""
        return self._vectors

    def _pieces_of(self, text: str) -> Pieces:
        """Piece numbers of a text, in order, not to be written to; empty for a text without a known one."""
        pieces = np.array(self._tokenizer.encode(text, add_special_tokens=False).ids, dtype=np.int64)
        pieces.flags.writeable = False
        return pieces

    def pieces_of_all(self, texts: Sequence[str]) -> list[Pieces]:
        if len(texts) <= _FEW:
            return [self.pieces(text) for text in texts]
        # Copies: a string that was lent to Rust keeps its UTF-8 form beside it for as long as the caller keeps it.
        encoded = self._tokenizer.encode_batch_fast(
            [" ".join(text.split()) for text in texts], add_special_tokens=False
        )
        return [np.array(one.ids, dtype=np.int64) for one in encoded]

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def mean(self, pieces: Pieces) -> Vectors:
        """Shape (1, dimensions), length 1; zeros for no pieces."""
        total = self._vectors[pieces].sum(axis=0, dtype=np.float32)
        length = float(np.sqrt(total @ total))
        return np.asarray(total / (length or 1.0), dtype=np.float32).reshape(1, -1)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        found = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            for row, pieces in enumerate(self.pieces_of_all(texts[start : start + _TEXTS_AT_ONCE]), start=start):
                found[row] = self.mean(pieces)
        return found


def embedded_encoder(weight: float | None = None) -> StaticEncoder:
    """The model that ships with the service."""
    return StaticEncoder(EMBEDDED, weight=EMBEDDED_WEIGHT if weight is None else weight)
