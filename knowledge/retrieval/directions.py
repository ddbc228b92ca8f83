"""What the transformer learnt to look for in the questions of each passage: one vector a passage, its direction.

It was learnt with the transformer (training/transformer/fine_tune.py): among all passages, a question is nearest to the
direction of the one that answers it. A passage that was not there then, written or taken in since, has the mean of its
own questions instead.

    <folder>/directions.npz   passages: their ids; vectors: (passages, dimensions), length 1;
                              mean_share: how near questions are to a direction, as a share of their mean's nearness
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np

from ..datatypes import Passage
from ..errors import IndexUnavailable
from ..seams import Encoder, Vectors
from ..sentences import split_sentences

DIRECTIONS = "directions.npz"


class Learnt(NamedTuple):
    """`mean_share` brings the mean of a passage's questions to the scale of the directions."""

    vectors: Mapping[str, Vectors]
    mean_share: float

    def save(self, folder: Path) -> None:
        np.savez_compressed(
            folder / DIRECTIONS,
            passages=np.array(list(self.vectors)),
            vectors=np.array(list(self.vectors.values())).astype(np.float16),
            mean_share=np.float32(self.mean_share),
        )


class PassageDirections:
    """Of passages, with the transformer that reads the questions."""

    def __init__(self, encoder: Encoder, learnt: Learnt = Learnt({}, 1.0)) -> None:  # noqa: B008 - immutable
        """`learnt` are of the encoder's dimensions."""
        self._encoder, self._learnt = encoder, learnt
        self.dimensions = encoder.dimensions

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> PassageDirections:
        """Those that were learnt with this encoder. Raises IndexUnavailable."""
        path = folder / DIRECTIONS
        try:
            with path.open("rb") as file, np.load(file) as stored:
                vectors = dict(zip(stored["passages"].tolist(), stored["vectors"].astype(np.float32), strict=True))
                learnt = Learnt(vectors, float(stored["mean_share"]))
        except (OSError, EOFError, BadZipFile, KeyError, ValueError) as error:
            raise IndexUnavailable(f"directions of passages {path}: {error}") from error
        if any(vector.shape != (encoder.dimensions,) for vector in vectors.values()):
            raise IndexUnavailable(f"directions of passages {path}: not of {encoder.dimensions} dimensions")
        return cls(encoder, learnt)

    def question(self, text: str) -> Vectors:
        """Shape (dimensions,), length 1; zeros for a text that says nothing."""
        return np.asarray(self._encoder.encode_queries([text])[0])

    def conclusion(self, passage: Passage) -> Vectors:
        """Shape (dimensions,), length 1: of its heading and its first sentence."""
        return np.asarray(self._encoder.encode_passages([shown_text(passage.heading, passage.text)])[0])

    def of(self, passages: Sequence[Passage]) -> Vectors:
        """Shape (passages, dimensions)."""
        return np.array([self._of(passage) for passage in passages], np.float32).reshape(-1, self.dimensions)

    def _of(self, passage: Passage) -> Vectors:
        learnt = self._learnt.vectors.get(passage.id)
        return self._mean(passage) if learnt is None else learnt

    def _mean(self, passage: Passage) -> Vectors:
        asked = [passage.heading, *passage.phrasings, *passage.phrasings_en]
        mean = self._encoder.encode_passages(asked).mean(axis=0)
        length = float(np.sqrt(mean @ mean))
        return np.asarray(mean * self._learnt.mean_share / (length or 1.0))


def shown_text(heading: str, text: str) -> str:
    """What stands for a passage: its question and its conclusion."""
    return f"{heading} {(split_sentences(text) or [''])[0]}"
