"""Is a life or someone's health at stake now? Rather one warning too many than one too few.

Each phrase found has a weight by how much it says on its own; the sentence it stands in adds to that (here and now, a
certain person, a plea) or takes away (a general question, a supposed case, long ago). What is left makes the level.
"""

import re
from dataclasses import dataclass
from typing import Literal

from .danger_scene import SceneReader, Sentence

Level = Literal["none", "possible", "acute"]

_WEIGHTS = {"sure": 6, "heavy": 4, "mild": 2, "topic": 1}
_ALARM_REPORTED = 3
_POSSIBLE = 3
_ACUTE = 5
_ACUTE_DESPITE_QUESTION = 8  # a question about rights in the same breath wants its answer, with the warning above it
_MORE_THAN_ONE = 1
_IF_SHE = 2
_SUPPOSED_BEFORE = re.compile(r" (?:om|ifall|if) (?:hon|han|de|dom|vi|jag|she|he|they|we|i) [^,]*$")


@dataclass(frozen=True)
class Danger:
    """`acute`: the warning is the answer; `possible`: the warning stands above the answer."""

    level: Level
    kinds: tuple[str, ...] = ()


class DangerDetector:
    """Builds its phrase books once; `assess` then only reads them."""

    def __init__(self) -> None:
        self._reader = SceneReader()

    def assess(self, text: str) -> Danger:
        """The level of danger in a text, and of which kinds, worst first."""
        sentences = self._reader.read(text)
        asks = any(sentence.asks_about_rules for sentence in sentences)
        scores = _scores(sentences)
        if not asks:
            for kind in _reported(sentences):
                scores[kind] = max(scores.get(kind, 0), _ALARM_REPORTED)
        kinds = tuple(sorted((kind for kind, score in scores.items() if score >= _POSSIBLE), key=lambda k: -scores[k]))
        if not kinds:
            return Danger("none")
        limit = _ACUTE_DESPITE_QUESTION if asks else _ACUTE
        return Danger("acute" if scores[kinds[0]] >= limit else "possible", kinds)


def _scores(sentences: list[Sentence]) -> dict[str, int]:
    """The highest score of each kind. What one sentence says of here and now holds for its neighbours."""
    everywhere = frozenset[str]().union(*(sentence.cues for sentence in sentences))
    bonus = _MORE_THAN_ONE if sum(map(_separate_signs, sentences)) > 1 else 0
    scores: dict[str, int] = {}
    for sentence in sentences:
        frame = _frame(sentence, everywhere) + bonus
        for hit in sentence.dangers:
            kind, tier = hit.label.split(":")
            supposed = _SUPPOSED_BEFORE.search(sentence.text[: hit.start])
            score = _WEIGHTS[tier] + frame - (_IF_SHE if supposed else 0)
            scores[kind] = max(scores.get(kind, 0), score)
    return scores


def _frame(sentence: Sentence, everywhere: frozenset[str]) -> int:
    """What the sentence around it adds to a danger word or takes away."""
    cues = sentence.cues
    now = "now" in everywhere
    supposed = "supposed" in cues
    points = 2 if now else 1 if "soon" in cues else 0
    points += 1 if "person" in cues and not supposed else 0
    points += 1 if "plea" in everywhere and not supposed else 0
    points -= 2 if "general" in cues or sentence.opens_with_rule else 0
    points -= 2 if supposed else 0
    points -= 1 if sentence.asks_about_rules else 0
    points -= 4 if "past" in cues and not now else 0
    return points


def _separate_signs(sentence: Sentence) -> int:
    """How many signs of danger stand apart from one another."""
    count, reached = 0, -1
    for hit in sorted(sentence.dangers, key=lambda hit: hit.end):
        if hit.start > reached and not hit.label.endswith(":topic"):
            count, reached = count + 1, hit.end
    return count


def _reported(sentences: list[Sentence]) -> set[str]:
    """Kinds of alarming words in sentences that report a scene."""
    return {hit.label for sentence in sentences if sentence.reports for hit in sentence.alarms}
