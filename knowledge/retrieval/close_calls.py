"""A second look where the best two passages are nearly even: what a transformer makes of the question.

The embedded encoder knows words and their neighbours, not what a sentence says with them: "när säger vi till soc?" and
"när säger soc till?" are one to it. A transformer tells them apart, but takes nearly as long as the whole search: it is
asked only where the search is undecided (docs/adr/0036, 0039).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Passage
from .directions import PassageDirections

UNDECIDED = 0.12  # the second's distance to the first, as a share of its score
CANDIDATES = 12
_SHARE = 0.3  # of what the transformer says, in the score of those


class CloseCalls:
    """Of these passages, in the order in which they are numbered."""

    def __init__(self, passages: Sequence[Passage], directions: PassageDirections) -> None:
        self._directions, self._vectors = directions, directions.of(passages)

    def order(self, question: str, numbers: Sequence[int], scores: NDArray[np.float64]) -> list[int]:
        """The places in `numbers`, best first; `scores` are the search's own, best first."""
        places = list(range(len(numbers)))
        if not is_undecided(scores):
            return places
        nearness = self._vectors[list(numbers[:CANDIDATES])] @ self._directions.question(question)
        again = (1 - _SHARE) * scores[:CANDIDATES] + _SHARE * nearness
        return [*np.argsort(-again, kind="stable").tolist(), *places[CANDIDATES:]]


def is_undecided(scores: NDArray[np.float64]) -> bool:
    return bool(len(scores) > 1 and scores[0] > 0 and scores[0] - scores[1] < UNDECIDED * scores[0])
