"""Is there support? A calibrated probability that the passages found answer the question.

A logistic model over what the search knows. Its coefficients are fitted by `python -m training.support` on the
development questions and on negatives, and ship with the encoder, because they belong to its scores.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

from ..datatypes import SearchResult

LEGS = ("lexical_body", "lexical_phrasing", "dense_body", "dense_phrasing", "late_body", "late_phrasing")
FEATURES = ("top", *LEGS, "margin", "agreement", "subject")


@dataclass(frozen=True, slots=True)
class SupportModel:
    """`answered_from`: the least probability that is answered. `subject_from`: the least that counts as our subject."""

    intercept: float
    weights: dict[str, float]
    answered_from: float
    subject_from: float

    @property
    def sure_from(self) -> float:
        """Halfway from the least that is answered to certainty: an answer below it goes into the inbox."""
        return (self.answered_from + 1) / 2

    @classmethod
    def load(cls, path: Path) -> SupportModel:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return cls(raw["intercept"], raw["weights"], raw["answered_from"], raw["subject_from"])

    def probability(self, found: SearchResult) -> float:
        """0 where nothing was found."""
        if not found.kept:
            return 0.0
        values = features(found)
        total = self.intercept + sum(self.weights[name] * values[name] for name in FEATURES)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def features(found: SearchResult) -> dict[str, float]:
    """What the probability is made of; every value about 0 to 1."""
    best = found.kept[0]
    fifth = found.kept[min(4, len(found.kept) - 1)]
    same = [scored for scored in found.kept[:5] if scored.passage.document_id == best.passage.document_id]
    values = {
        "top": best.score,
        "margin": best.score - fifth.score,
        "agreement": len(same) / 5,
        "subject": found.subject,
    }
    return values | {name: best.parts[name] for name in LEGS}
