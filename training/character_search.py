"""The lexical side of the measurements: BM25 over folded words and their character 3-5-grams.

A small copy of what knowledge/retrieval does, so that figures of the model do not move when the search does."""

import math
import re
from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.distortions import fold

WORD = re.compile(r"[^\W_]+")
SAY_LITTLE = """och det att i en jag hon som han på den med var sig för så till är men ett om hade de av du då nu har
inte när vi vara vad över kan här ha mot alla under eller ska skall man må vid ut från upp där hur varje vem vilken
vilka the a an of to in is are do does for on at by with it this that be as and or"""
STOP = frozenset(fold(SAY_LITTLE).split())
K1, B = 1.2, 0.75
Numbers = NDArray[Any]


def features(text: str) -> list[str]:
    found: list[str] = []
    for word in WORD.findall(fold(text).lower()):
        if word in STOP:
            continue
        edged = f"_{word}_"
        found.append("=" + word)
        found += [edged[at : at + size] for size in (3, 4, 5) for at in range(len(edged) - size + 1)]
    return found


class CharacterSearch:
    def __init__(self, texts: list[str]) -> None:
        self._texts = len(texts)
        counts = [Counter(features(text)) for text in texts]
        lengths = [sum(count.values()) for count in counts]
        average = sum(lengths) / len(texts)
        found: dict[str, list[tuple[int, float]]] = {}
        for row, count in enumerate(counts):
            damping = K1 * (1 - B + B * lengths[row] / average)
            for name, times in count.items():
                found.setdefault(name, []).append((row, times * (K1 + 1) / (times + damping)))
        self._postings = {name: self._weighed(rows) for name, rows in found.items()}

    def _weighed(self, found: list[tuple[int, float]]) -> tuple[Numbers, Numbers]:
        rarity = math.log(1 + (self._texts - len(found) + 0.5) / (len(found) + 0.5))
        return np.array([row for row, _ in found]), np.array([weight * rarity for _, weight in found])

    def scores(self, questions: list[str]) -> Numbers:
        """One row a question, one column a text."""
        scores = np.zeros((len(questions), self._texts))
        for row, question in enumerate(questions):
            for name in features(question):
                if name in self._postings:
                    rows, weights = self._postings[name]
                    scores[row, rows] += weights
        return scores
