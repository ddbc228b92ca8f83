"""Is there support? Two probabilities: that the passages found are about what is asked, and that they say it.

Logistic models over what the search knows. Their coefficients ship with the encoder, because they belong to its scores:
`python -m training.support` fits the first on the development questions and on questions about anything else,
`python -m training.direct` the second on questions of the field that the corpus does not answer.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..datatypes import LEGS, Passage, SearchResult

SAID = ("said", "said_direction", "said_conclusion")  # what a transformer makes of question and leading passage
FEATURES = ("top", *LEGS, "margin", "agreement", "subject", "elsewhere", *SAID)
# What is asked beside the subject: how much of the question is covered, how much it says, and whether it wants a
# figure, which sources give more seldom than anything else.
DIRECT_FEATURES = (*FEATURES, "covered", "length", "amount")
_LONG = 20  # words
_AMOUNT = re.compile(
    r"\b(hur många|hur mycket|hur stor\w*|hur högt?|vad kostar|kostnad\w*|belopp\w*|avgift\w*|pris\w*|antal\w*|procent|"
    r"how many|how much|costs?|price|fees?|amount|number of)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")

Said = Callable[[str, Passage], Mapping[str, float]]  # a question and its leading passage -> SAID


@dataclass(frozen=True, slots=True)
class Logistic:
    """A probability from weighted values."""

    intercept: float
    weights: Mapping[str, float]

    def probability(self, values: Mapping[str, float]) -> float:
        total = self.intercept + sum(weight * values[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class SupportModel:
    """`answered_from`: the least probability that is answered. `subject_from`: the least that counts as our subject.

    `direct_from`: the least probability that the passages say what is asked; below it, they are what comes closest.
    """

    support: Logistic
    direct: Logistic
    answered_from: float
    subject_from: float
    direct_from: float
    said: Said | None = None

    @property
    def sure_from(self) -> float:
        """Halfway from the least that is answered to certainty: an answer below it goes into the inbox."""
        return (self.answered_from + 1) / 2

    @classmethod
    def load(cls, path: Path, said: Said | None = None) -> SupportModel:
        raw = json.loads(path.read_text(encoding="utf-8"))
        direct = raw["direct"]
        return cls(
            Logistic(raw["intercept"], raw["weights"]),
            Logistic(direct["intercept"], direct["weights"]),
            raw["answered_from"],
            raw["subject_from"],
            direct["direct_from"],
            said,
        )

    def probability(self, found: SearchResult) -> float:
        """That there is support. 0 where nothing was found."""
        return self.support.probability(features(found, self.said)) if found.kept else 0.0

    def says_it(self, found: SearchResult) -> bool:
        """Whether the passages likely say what is asked, and not only something about it."""
        return bool(found.kept) and self.direct.probability(direct_features(found, self.said)) >= self.direct_from


def features(found: SearchResult, said: Said | None = None) -> dict[str, float]:
    """What the probability is made of; every value about 0 to 1. Without `said`, the search's own stand for it."""
    best = found.kept[0]
    fifth = found.kept[min(4, len(found.kept) - 1)]
    same = [scored for scored in found.kept[:5] if scored.passage.document_id == best.passage.document_id]
    values = {
        "top": best.score,
        "margin": best.score - fifth.score,
        "agreement": len(same) / 5,
        "subject": found.subject,
        "elsewhere": min(0.0, found.subject),
    }
    values |= {name: best.parts[name] for name in LEGS}
    if said is not None:
        return values | dict(said(found.read_as, best.passage))
    return values | dict(zip(SAID, (found.subject, values["dense_phrasing"], values["dense_body"]), strict=True))


def direct_features(found: SearchResult, said: Said | None = None) -> dict[str, float]:
    return features(found, said) | {
        "covered": found.covered,
        "length": min(len(_WORD.findall(found.read_as)), _LONG) / _LONG,
        "amount": float(_AMOUNT.search(found.read_as) is not None),
    }
