"""Fits when an answer is only what comes closest: `python -m training.direct --inside QUESTIONS… --held-out QUESTIONS…`

The second model of knowledge/retrieval/support.json: on the in-scope questions of QUESTIONS (docs/evaluation.md) and
on questions/unanswered.txt, which the corpus does not answer though it is about them. Prints, of questions that were
not fitted on, how many of each kind would be marked from which threshold on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from knowledge import bootstrap
from knowledge.answering.support import DIRECT_FEATURES, direct_features
from knowledge.bootstrap.parts import SAID_SUBJECT
from knowledge.bootstrap.service import SUPPORT
from knowledge.evaluation import read_questions
from knowledge.fakes import ForgetfulConversations
from knowledge.retrieval.directions import PassageDirections
from knowledge.retrieval.encoders.transformer import EMBEDDED_TRANSFORMER, TransformerEncoder
from knowledge.retrieval.subject import SaidSubject
from knowledge.settings import read_settings

from .outside import own_questions
from .reliability import Rows
from .support import Asked

UNANSWERED = Path(__file__).parent / "questions" / "unanswered.txt"
STRENGTH = 10.0
DIRECT_FROM = 0.6
SWEPT = (0.2, 0.3, 0.4, 0.5, 0.6)


def _asked(search: Asked, files: Sequence[Path], label: str) -> Rows:
    questions = [
        question for file in files for question in read_questions(file) if question.get("label", label) == label
    ]
    return search.rows([search.of(question["question"], question.get("history") or []) for question in questions])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inside", type=Path, nargs="+", required=True, help="questions with labels")
    parser.add_argument("--held-out", type=Path, required=True, help="questions with labels, only measured")
    parser.add_argument(
        "--held-out-unanswered", type=Path, required=True, help="questions without an answer, only measured"
    )
    given = parser.parse_args()
    retriever = bootstrap.prepare_and_build(read_settings(), recording=ForgetfulConversations()).retriever
    said = SaidSubject.load(SAID_SUBJECT, PassageDirections.load(EMBEDDED_TRANSFORMER, TransformerEncoder()))
    search = Asked(retriever, said, DIRECT_FEATURES, direct_features)
    answered = _asked(search, given.inside, "in_scope")
    missing = search.rows([search.of(text) for text in own_questions(UNANSWERED)])
    labels = np.array([1] * len(answered) + [0] * len(missing))
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(np.concatenate([answered, missing]), labels)
    inside = model.predict_proba(_asked(search, [given.held_out], "in_scope"))[:, 1]
    outside = model.predict_proba(_asked(search, [given.held_out_unanswered], "unanswered"))[:, 1]
    auc = roc_auc_score([1] * len(inside) + [0] * len(outside), [*inside, *outside])
    print(f"not fitted on: AUC {auc:.3f}, {len(inside)} answered and {len(outside)} not")
    for threshold in SWEPT:
        shares = (inside < threshold).mean(), (outside < threshold).mean()
        print(f"  marked from {threshold:.1f}: {shares[0]:.3f} of the answered, {shares[1]:.3f} of the others")
    fitted = json.loads(SUPPORT.read_text(encoding="utf-8"))
    weights = {name: round(float(value), 4) for name, value in zip(DIRECT_FEATURES, model.coef_[0], strict=True)}
    fitted["direct"] = {
        "intercept": round(float(model.intercept_[0]), 4),
        "weights": weights,
        "direct_from": DIRECT_FROM,
    }
    SUPPORT.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
