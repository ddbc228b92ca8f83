"""The embedded model, or any other that sentence-transformers loads."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from ...errors import ConfigurationError
from ...seams import Vectors


class SentenceTransformerEncoder:
    def __init__(self, model: str, *, weight: float, query_prompt: str = "", passage_prompt: str = "") -> None:
        torch.set_num_threads(1)  # one question is too small to share; a second thread only waits
        try:
            # float(): in fp16 the norm of a text without tokens underflows and gives NaN.
            self._model = SentenceTransformer(model, device="cpu").float()
        except (OSError, ValueError) as error:
            raise ConfigurationError("ENCODER", model, f"a model that loads ({error})") from error
        self.name = _fingerprint(model)
        self.dimensions = int(self._model.get_embedding_dimension() or 0)
        self.weight = weight
        self._query_prompt, self._passage_prompt = query_prompt, passage_prompt

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode([self._query_prompt + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode([self._passage_prompt + text for text in texts])

    def _encode(self, texts: list[str]) -> Vectors:
        with torch.inference_mode():
            vectors = self._model.encode(
                texts, convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False
            )
        # No texts give the library's shape (0,).
        return np.nan_to_num(np.asarray(vectors, dtype=np.float32)).reshape(len(texts), self.dimensions)


def _fingerprint(model: str) -> str:
    """A local model is known by its content, so that a retrained one makes the old index unfit."""
    weights = Path(model) / "model.safetensors"
    if not weights.is_file():
        return model
    return hashlib.sha256(weights.read_bytes()).hexdigest()[:16]
