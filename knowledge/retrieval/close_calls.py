"""A second look where the best two passages are nearly even: what a transformer makes of the question and of them.

The embedded encoder knows words and their neighbours, not what a sentence says with them: "när säger vi till soc?" and
"när säger soc till?" are one to it. A transformer tells them apart, but takes nearly as long as the whole search: it is
asked only where the search is undecided (docs/adr/0036).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Passage
from ..seams import Encoder
from ..sentences import split_sentences
from .fusion import SECOND_SHARE

# All chosen with a sister model, on phrasings that it had not read (docs/adr/0036).
UNDECIDED = 0.12  # the second's distance to the first, as a share of its score
CANDIDATES = 8
_SHARE = 0.4  # of what the transformer says, in the score of those
_QUESTIONS_SHARE = 0.7


class CloseCalls:
    """Of these passages, in the order in which they are numbered. Reads each of their questions once."""

    def __init__(self, passages: Sequence[Passage], encoder: Encoder) -> None:
        texts = [texts_of(passage) for passage in passages]
        self._rows = list(pairwise(accumulate(map(len, texts), initial=0)))
        self._vectors = encoder.encode_passages([text for some in texts for text in some]).astype(np.float16)
        self._encoder = encoder

    def order(self, question: str, numbers: Sequence[int], scores: NDArray[np.float64]) -> list[int]:
        """The places in `numbers`, best first; `scores` are the search's own, best first."""
        places = list(range(len(numbers)))
        if not is_undecided(scores):
            return places
        (vector,) = self._encoder.encode_queries([question])
        nearness = self._nearness(vector, numbers[:CANDIDATES])
        again = (1 - _SHARE) * scores[:CANDIDATES] + _SHARE * nearness
        return [*np.argsort(-again, kind="stable").tolist(), *places[CANDIDATES:]]

    def _nearness(self, vector: NDArray[np.float32], numbers: Sequence[int]) -> NDArray[np.float64]:
        spans = [self._rows[number] for number in numbers]
        cosines = np.concatenate([self._vectors[first:after] for first, after in spans]).astype(np.float32) @ vector
        ends = list(accumulate(after - first for first, after in spans))
        return np.array([_near(cosines[begin:end].tolist()) for begin, end in pairwise([0, *ends])])


def _near(cosines: list[float]) -> float:
    """Of a question with a passage's texts, in the order of `texts_of`."""
    shown, *asked = cosines
    second, best = sorted([*asked, 0.0])[-2:]
    questions = (1 - SECOND_SHARE) * best + SECOND_SHARE * second
    return _QUESTIONS_SHARE * questions + (1 - _QUESTIONS_SHARE) * shown


def is_undecided(scores: NDArray[np.float64]) -> bool:
    return bool(len(scores) > 1 and scores[0] > 0 and scores[0] - scores[1] < UNDECIDED * scores[0])


def shown_text(heading: str, text: str) -> str:
    """What stands for a passage: its question and its conclusion."""
    return f"{heading} {(split_sentences(text) or [''])[0]}"


def texts_of(passage: Passage) -> list[str]:
    return [shown_text(passage.heading, passage.text), passage.heading, *passage.phrasings, *passage.phrasings_en]
