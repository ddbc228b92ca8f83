"""Fits when to answer: `python -m training.support --inside QUESTIONS.jsonl --outside FILE.json[.gz] …`

1. The subject model (knowledge/retrieval/subject.npz): the corpus's own phrasings against outside.txt and
   questions about anything else, from reading-comprehension sets.
2. The support probability (knowledge/retrieval/support.json): on the in-scope and out-of-scope questions of QUESTIONS
   (format: docs/evaluation.md) and on outside.txt, whose subject scores are taken from models that did not see them.

Prints how well both separate and how well the probability is calibrated, by cross-validation.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, KFold, cross_val_predict

from knowledge import bootstrap
from knowledge.answering.follow_ups import context_of
from knowledge.answering.support import FEATURES, features
from knowledge.evaluation import read_questions
from knowledge.fakes import ForgetfulConversations
from knowledge.retrieval.analysis import Analyzer
from knowledge.retrieval.search import HybridRetriever
from knowledge.retrieval.subject import BUCKETS, SubjectModel, token_weights
from knowledge.settings import read_settings

from .distortions import misspell

OUTSIDE = Path(__file__).parent / "questions" / "outside.txt"
PASSAGES = 10
OTHERS_TAKEN = 1500  # questions from each reading-comprehension set
OUTSIDE_WEIGHT = 6.0  # ours are few, and near the border
SLIPS = 0.3  # share of the words misspelt
SUBJECT_STRENGTH, SUPPORT_STRENGTH = 10.0, 10.0
ANSWERED_FROM, SUBJECT_FROM = 0.16, 0.08

Rows = NDArray[np.float64]


def outside_questions() -> list[str]:
    lines = OUTSIDE.read_text(encoding="utf-8").splitlines()
    return [line.partition("\t")[0] for line in lines if line and not line.startswith("#")]


def other_questions(files: Sequence[Path], chance: random.Random) -> list[str]:
    found: list[str] = []
    for file in files:
        raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        questions = list(dict.fromkeys(_questions_in(json.loads(raw))))
        found += chance.sample(questions, min(OTHERS_TAKEN, len(questions)))
    return found


def _questions_in(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(question := node.get("question"), str):
            yield question
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from _questions_in(item)


def _matrix(texts: Sequence[str]) -> csr_matrix:
    analyzer = Analyzer()
    rows = [token_weights(analyzer.tokens(text)) for text in texts]
    ends = np.cumsum([0, *map(len, rows)])
    places = [place for row in rows for place in row]
    values = [value for row in rows for value in row.values()]
    return csr_matrix((values, places, ends), shape=(len(texts), BUCKETS))


def fit_subject(inside: Sequence[str], others: Sequence[str], outside: Sequence[str]) -> tuple[SubjectModel, Rows]:
    """The model, and for each of `outside` the score from a model that did not see it."""
    matrix = _matrix([*inside, *others, *outside])
    labels = np.array([1] * len(inside) + [0] * (len(others) + len(outside)))
    weights = np.array([1.0] * (len(inside) + len(others)) + [OUTSIDE_WEIGHT] * len(outside))
    first = len(inside) + len(others)
    unseen = np.zeros(len(outside))
    for seen, held in KFold(5, shuffle=True, random_state=2).split(outside):
        rows = np.r_[np.arange(first), first + seen]
        model = LogisticRegression(C=SUBJECT_STRENGTH, max_iter=3000).fit(matrix[rows], labels[rows], weights[rows])
        unseen[held] = np.clip(model.decision_function(matrix[first + held]), -5, 5) / 5
    model = LogisticRegression(C=SUBJECT_STRENGTH, max_iter=3000).fit(matrix, labels, weights)
    return SubjectModel(model.coef_[0].astype(np.float32), float(model.intercept_[0])), unseen


def _values(retriever: HybridRetriever, text: str, history: Sequence[str] = ()) -> list[float]:
    found = retriever.search(text, PASSAGES, context=context_of(text, tuple(history)))
    values = features(found) if found.kept else dict.fromkeys(FEATURES, 0.0)
    return [values[name] for name in FEATURES]


def _calibration_error(probabilities: Rows, labels: Rows, bins: int = 10) -> float:
    places = np.minimum((probabilities * bins).astype(int), bins - 1)
    gaps = (
        float(inside.mean()) * abs(float(probabilities[inside].mean()) - float(labels[inside].mean()))
        for place in range(bins)
        if (inside := places == place).any()
    )
    return sum(gaps)


def fit_support(
    retriever: HybridRetriever, questions: list[dict[str, Any]], outside: Sequence[str], unseen: Rows
) -> dict[str, Any]:
    asked = [question for question in questions if question["label"] in ("in_scope", "out_of_scope")]
    rows = [_values(retriever, q["question"], q.get("history") or []) for q in asked]
    rows += [[*_values(retriever, text)[:-1], score] for text, score in zip(outside, unseen, strict=True)]
    labels = np.array([q["label"] == "in_scope" for q in asked] + [False] * len(outside), dtype=float)
    names = [str(q.get("answer_group") or q["id"]) for q in asked] + list(outside)
    groups = np.unique(names, return_inverse=True)[1]
    model = LogisticRegression(C=SUPPORT_STRENGTH, max_iter=3000)
    held_out = cross_val_predict(
        model, np.array(rows), labels, groups=groups, cv=GroupKFold(10), method="predict_proba"
    )[:, 1]
    model.fit(np.array(rows), labels)
    inside, beyond = (
        held_out[: len(asked)][labels[: len(asked)] == 1],
        held_out[: len(asked)][labels[: len(asked)] == 0],
    )
    print(f"held out: AUC {roc_auc_score(labels, held_out):.3f}")
    print(f"held out: calibration error {_calibration_error(held_out, labels):.3f}")
    for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5):
        shares = (inside < threshold).mean(), (beyond < threshold).mean()
        print(f"  from {threshold:.2f}: inside refused {shares[0]:.3f}, outside refused {shares[1]:.3f}")
    return {
        "intercept": round(float(model.intercept_[0]), 4),
        "weights": {name: round(float(value), 4) for name, value in zip(FEATURES, model.coef_[0], strict=True)},
        "answered_from": ANSWERED_FROM,
        "subject_from": SUBJECT_FROM,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inside", type=Path, required=True, help="questions with labels")
    parser.add_argument("--outside", type=Path, nargs="+", required=True, help="sets of questions about anything else")
    arguments = parser.parse_args()
    settings = read_settings()
    knowledge = bootstrap.prepare_and_build(settings, recording=ForgetfulConversations())
    passages = [passage for document in knowledge.documents.values() for passage in document.passages]
    inside = [text for p in passages for text in (p.heading, *p.phrasings, *p.phrasings_en)]
    outside = outside_questions()
    chance = random.Random(1)
    others = other_questions(arguments.outside, chance)
    # A slip of the finger must not make a question foreign: each also stands there misspelt.
    inside += [misspell(text, chance, SLIPS) for text in inside]
    others += [misspell(text, chance, SLIPS) for text in others]
    subject, unseen = fit_subject(inside, others, outside)
    subject.save(bootstrap.SUBJECT)
    retriever = bootstrap.build(settings, recording=ForgetfulConversations()).retriever
    fitted = fit_support(retriever, read_questions(arguments.inside), outside, unseen)
    bootstrap.SUPPORT.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
