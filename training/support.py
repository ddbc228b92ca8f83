"""Fits when to answer: `python -m training.support --inside QUESTIONS… --outside FILE.json[.gz]… --documents DIR`

1. The subject models (knowledge/retrieval/subject.npz by words, said_subject.npz by the transformer's vectors): the
   corpus's own phrasings against outside.txt and questions about anything else, from reading-comprehension sets.
2. The support probability (knowledge/retrieval/support.json): on the in-scope and out-of-scope questions of QUESTIONS
   (format: docs/evaluation.md), on outside.txt and on questions made of the headings of documents about everything
   that a government does; subject scores of negatives are taken from models that did not see them.

Prints how well both separate and how well the probability is calibrated, by cross-validation, and draws that
(docs/images/support-reliability.png).
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, KFold

from knowledge import bootstrap
from knowledge.answering.follow_ups import context_of
from knowledge.answering.support import FEATURES, Said, features
from knowledge.bootstrap.parts import SAID_SUBJECT, SUBJECT
from knowledge.bootstrap.service import SUPPORT
from knowledge.datatypes import SearchResult
from knowledge.evaluation import read_questions
from knowledge.fakes import ForgetfulConversations
from knowledge.retrieval.analysis import Analyzer
from knowledge.retrieval.directions import PassageDirections
from knowledge.retrieval.encoders.transformer import EMBEDDED_TRANSFORMER, TransformerEncoder
from knowledge.retrieval.search import HybridRetriever
from knowledge.retrieval.subject import BUCKETS, SaidSubject, SubjectModel, scaled, token_weights
from knowledge.settings import read_settings

from .distortions import misspell
from .outside import government_questions, other_questions, own_questions
from .reliability import Rows, calibration_error, draw

PASSAGES = 10
NEGATIVES_WEIGHT = 0.5  # of all negatives together, in the out-of-scope questions that were asked
OUTSIDE_WEIGHT = 6.0  # ours are few, and near the border
SLIPS = 0.3  # share of the words misspelt
SUBJECT_STRENGTH, SUPPORT_STRENGTH = 10.0, 10.0
ANSWERED_FROM, SUBJECT_FROM = 0.5, 0.2

PICTURE = Path("docs/images/support-reliability.png")
SWEPT = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)


def _matrix(texts: Sequence[str]) -> csr_matrix:
    analyzer = Analyzer()
    rows = [token_weights(analyzer.tokens(text)) for text in texts]
    ends = np.cumsum([0, *map(len, rows)])
    places = [place for row in rows for place in row]
    values = [value for row in rows for value in row.values()]
    return csr_matrix((values, places, ends), shape=(len(texts), BUCKETS))


def fit_subject(matrix: Rows | csr_matrix, inside: int, outside: int) -> tuple[NDArray[np.float32], float, Rows]:
    """Of rows of what is inside, about anything else, and outside, in this order: the weights, the intercept, and for
    each row outside its score by a model that did not see it.
    """
    first = matrix.shape[0] - outside
    labels = np.arange(matrix.shape[0]) < inside
    weights = np.where(np.arange(matrix.shape[0]) < first, 1.0, OUTSIDE_WEIGHT)
    unseen = np.zeros(outside)
    model = LogisticRegression(C=SUBJECT_STRENGTH, max_iter=3000)
    for seen, held in KFold(5, shuffle=True, random_state=2).split(unseen):
        rows = np.r_[np.arange(first), first + seen]
        logits = model.fit(matrix[rows], labels[rows], weights[rows]).decision_function(matrix[first + held])
        unseen[held] = [scaled(logit) for logit in logits]
    model.fit(matrix, labels, weights)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0]), unseen


class Asked(NamedTuple):
    """What is known of a search: `told` of it, under these names."""

    retriever: HybridRetriever
    said: SaidSubject
    names: Sequence[str] = FEATURES
    told: Callable[[SearchResult, Said], dict[str, float]] = features

    def of(self, text: str, history: Sequence[str] = ()) -> dict[str, float]:
        """Zeros where nothing was found."""
        found = self.retriever.search(text, PASSAGES, context=context_of(text, tuple(history)))
        return self.told(found, self.said.values) if found.kept else dict.fromkeys(self.names, 0.0)

    def rows(self, values: Sequence[dict[str, float]]) -> Rows:
        return np.array([[one[name] for name in self.names] for one in values])


def fit_support(
    search: Asked, sets: list[list[dict[str, Any]]], outside: Sequence[str], unseen: tuple[Rows, Rows]
) -> dict[str, Any]:
    """`unseen`: for each of `outside`, its scores by models that did not see it: of its words, of what it says."""
    judged = [[question for question in one if question["label"] in ("in_scope", "out_of_scope")] for one in sets]
    asked, first_set = [question for one in judged for question in one], len(judged[0])
    told = [search.of(q["question"], q.get("history") or []) for q in asked]
    told += [
        search.of(text) | {"subject": by_words, "elsewhere": min(0.0, by_words), "said": as_said}
        for text, by_words, as_said in zip(outside, *unseen, strict=True)
    ]
    labels = np.array([q["label"] == "in_scope" for q in asked] + [False] * len(outside), dtype=float)
    names = [str(q.get("answer_group") or q["id"]) for q in asked] + list(outside)
    groups = np.unique(names, return_inverse=True)[1]
    # Negatives teach the weights but are no sample of what is asked: together they count as the questions' own ones.
    weights = np.array([1.0] * len(asked) + [NEGATIVES_WEIGHT / len(outside)] * len(outside))
    weights[len(asked) :] *= float((labels[: len(asked)] == 0).sum())
    model = LogisticRegression(C=SUPPORT_STRENGTH, max_iter=3000)
    values = search.rows(told)
    held_out = np.zeros(len(labels))
    for seen, held in GroupKFold(10).split(values, labels, groups):
        held_out[held] = model.fit(values[seen], labels[seen], weights[seen]).predict_proba(values[held])[:, 1]
    model.fit(values, labels, weights)
    _report(held_out, labels, len(asked), first_set)
    return {
        "intercept": round(float(model.intercept_[0]), 4),
        "weights": {name: round(float(value), 4) for name, value in zip(FEATURES, model.coef_[0], strict=True)},
        "answered_from": ANSWERED_FROM,
        "subject_from": SUBJECT_FROM,
    }


def _report(held_out: Rows, labels: Rows, asked: int, first_set: int) -> None:
    """Prints and draws what cross-validation says: over the questions of the first file, and over everything."""
    print(f"held out: AUC {roc_auc_score(labels, held_out):.3f}, n={len(labels)}")
    sets = {
        "first question file": (held_out[:first_set], labels[:first_set]),
        "all questions and negatives": (held_out, labels),
    }
    for name, (probabilities, right) in sets.items():
        print(f"held out, {name}: calibration error {calibration_error(probabilities, right):.3f}, n={len(right)}")
    draw(sets, PICTURE)
    inside, beyond = held_out[:asked][labels[:asked] == 1], held_out[:asked][labels[:asked] == 0]
    for threshold in SWEPT:
        shares = (inside < threshold).mean(), (beyond < threshold).mean(), (held_out[asked:] < threshold).mean()
        refused = f"inside {shares[0]:.3f}, outside {shares[1]:.3f}, negatives {shares[2]:.3f}"
        print(f"  refused from {threshold:.2f}: {refused}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inside", type=Path, nargs="+", required=True, help="questions with labels")
    parser.add_argument("--outside", type=Path, nargs="+", required=True, help="sets of questions about anything else")
    parser.add_argument("--documents", type=Path, required=True, help="folder of documents about anything else")
    arguments = parser.parse_args()
    settings = read_settings()
    knowledge = bootstrap.prepare_and_build(settings, recording=ForgetfulConversations())
    passages = [passage for document in knowledge.documents.values() for passage in document.passages]
    inside = [text for p in passages for text in (p.heading, *p.phrasings, *p.phrasings_en)]
    chance = random.Random(1)
    others = other_questions(arguments.outside, chance)
    government = government_questions(arguments.documents, chance)
    outside = own_questions() + government
    transformer = TransformerEncoder()
    vectors = np.concatenate([transformer.encode_passages(inside), transformer.encode_queries([*others, *outside])])
    weights, intercept, unseen_said = fit_subject(vectors, len(inside), len(outside))
    said = SaidSubject(PassageDirections.load(EMBEDDED_TRANSFORMER, transformer), weights, intercept)
    said.save(SAID_SUBJECT)
    # A slip of the finger must not make a question foreign: to the model of words, each also stands there misspelt.
    inside += [misspell(text, chance, SLIPS) for text in inside]
    others += [misspell(text, chance, SLIPS) for text in others]
    weights, intercept, unseen = fit_subject(_matrix([*inside, *others, *outside]), len(inside), len(outside))
    SubjectModel(weights, intercept).save(SUBJECT)
    retriever = bootstrap.build(settings, recording=ForgetfulConversations()).retriever
    sets = [read_questions(file) for file in arguments.inside]
    fitted = fit_support(Asked(retriever, said), sets, outside, (unseen, unseen_said))
    # What training.direct fits, after this.
    fitted["direct"] = json.loads(SUPPORT.read_text(encoding="utf-8"))["direct"]
    SUPPORT.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
