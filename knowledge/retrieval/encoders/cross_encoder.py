"""A sentence-transformers CrossEncoder as a last step: reads question and passage together. Off by default."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from sentence_transformers import CrossEncoder

from ...errors import ConfigurationError

WEIGHT = 0.5  # not measured: no hub model could be loaded where this was made


class CrossEncoderReranker:
    weight = WEIGHT

    def __init__(self, model: str) -> None:
        torch.set_num_threads(1)
        try:
            self._model = CrossEncoder(model, device="cpu", num_labels=1)
        except (OSError, ValueError) as error:
            raise ConfigurationError("RERANKER", model, f"a cross-encoder that loads ({error})") from error

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """0 to 1 for each text."""
        pairs = [(question, text) for text in texts]
        found = self._model.predict(pairs, activation_fn=torch.nn.Sigmoid(), show_progress_bar=False)
        return [float(score) for score in np.asarray(found).reshape(-1)]
