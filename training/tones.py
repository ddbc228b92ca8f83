"""Fits knowledge/answering/detectors/{danger,conduct}_tone.npz: `python -m training.tones`.

Danger: sentences/danger.txt against ordinary.txt and passing.txt. Conduct: refused.txt against passing.txt,
ordinary.txt and danger.txt. Against both: the phrasings of the corpus in which the phrase lists see nothing, what those
tell before they ask, and, for danger, training/questions/outside.txt. Nothing of sentences/held_out is read.
Writes what is found, and what is found wrongly, from which score on, by models that had not seen the sentences.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

from knowledge.answering.detectors.conduct import ConductPhrases
from knowledge.answering.detectors.danger import DangerPhrases
from knowledge.answering.detectors.tone import BUCKETS, Tone, parts_of, tone_features
from knowledge.bootstrap.parts import passages_of
from knowledge.ingestion.readers.corpus_markdown import CorpusMarkdownReader
from knowledge.settings import PACKAGE

SENTENCES = Path(__file__).parents[1] / "tests" / "answering" / "sentences"
OUTSIDE = Path(__file__).parent / "questions" / "outside.txt"
STRENGTH = 100.0
WANTED_WEIGHT, LOOK_ALIKE_WEIGHT = 3.0, 3.0  # rare here; a harmless look-alike says more than a plain question
STEPS = (-3.0, -2.0, -1.5, -1.0, -0.5, 0.0, 1.0)


def lines(path: Path) -> list[str]:
    found = path.read_text(encoding="utf-8").splitlines()
    return [line for line in found if line.strip() and not line.startswith("#")]


def plain_questions() -> list[str]:
    """Those without a dangerous or a refused phrase: the others may be cries for help, and nobody has labelled them."""
    passages = passages_of(CorpusMarkdownReader().read(PACKAGE / "corpus"))
    texts = [text for p in passages for text in (p.heading, *p.phrasings, *p.phrasings_en)]
    danger, conduct = DangerPhrases(), ConductPhrases()
    texts = [text for text in texts if danger.weigh(text)[0].level == "none" and conduct.weigh(text)[0] == "ok"]
    parts = [part for text in texts if len(parts_of(text)) > 1 for part in parts_of(text)]
    return [*texts, *(part for part in parts if not part.endswith("?"))]


def matrix(texts: list[str]) -> csr_matrix:
    rows = [tone_features(text) for text in texts]
    ends = np.cumsum([0, *map(len, rows)])
    places = [place for row in rows for place in row]
    values = [value for row in rows for value in row.values()]
    return csr_matrix((values, places, ends), shape=(len(texts), BUCKETS))


def twice(texts: list[str]) -> list[str]:
    """Everything a second time without the closing sign: half of what is typed has none."""
    return [*texts, *(text.rstrip("?.! ") for text in texts)]


def fit(wanted: list[str], look_alikes: list[str], plain: list[str]) -> tuple[NDArray[np.float32], float]:
    """Weights and intercept; writes what a model finds that had not seen the sentence."""
    texts = [*wanted, *look_alikes, *plain]
    seen = matrix(texts)
    labels = np.array([1] * len(wanted) + [0] * (len(look_alikes) + len(plain)))
    weights = np.r_[
        np.full(len(wanted), WANTED_WEIGHT), np.full(len(look_alikes), LOOK_ALIKE_WEIGHT), np.ones(len(plain))
    ]
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    unseen = cross_val_predict(
        model,
        seen,
        labels,
        groups=np.unique([text.rstrip("?.! ") for text in texts], return_inverse=True)[1],
        cv=StratifiedGroupKFold(5, shuffle=True, random_state=4),
        method="decision_function",
        params={"sample_weight": weights},
    )
    first, second = len(wanted), len(wanted) + len(look_alikes)
    for step in STEPS:
        found = [float((part >= step).mean()) for part in (unseen[:first], unseen[first:second], unseen[second:])]
        sys.stdout.write("from {:.1f}: wanted {:.3f}, look-alikes {:.3f}, plain {:.4f}\n".format(step, *found))
    model.fit(seen, labels, weights)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def main() -> None:
    plain = twice(plain_questions())
    danger, ordinary = twice(lines(SENTENCES / "danger.txt")), twice(lines(SENTENCES / "ordinary.txt"))
    passing = twice(lines(SENTENCES / "passing.txt"))
    outside = [line.partition("\t")[0] for line in lines(OUTSIDE)]
    sys.stdout.write("danger\n")
    weights, intercept = fit(danger, [*ordinary, *passing], [*plain, *twice(outside)])
    Tone(weights[np.newaxis], np.array([intercept], dtype=np.float32), ()).save("danger")

    refused = [line.partition("\t") for line in lines(SENTENCES / "refused.txt")]
    texts = twice([text for _, _, text in refused])
    sys.stdout.write("conduct\n")
    weights, intercept = fit(texts, [*passing, *ordinary, *danger], plain)
    kinds = LogisticRegression(C=STRENGTH, max_iter=3000).fit(matrix(texts), 2 * [kind for kind, _, _ in refused])
    Tone(
        np.vstack([weights, kinds.coef_.astype(np.float32)]),
        np.r_[intercept, kinds.intercept_].astype(np.float32),
        tuple(map(str, kinds.classes_)),
    ).save("conduct")


if __name__ == "__main__":
    main()
