"""Is a life or someone's health at stake now? Rather one warning too many than one too few.

Each phrase found has a weight by how much it says on its own; the sentence it stands in adds to that (here and now, a
certain person, a plea) or takes away (a general question, a supposed case, long ago). What is left makes the level.
"""

import re
from dataclasses import dataclass
from typing import Literal

from .danger_scene import SceneReader, Sentence
from .tone import Tone

Level = Literal["none", "possible", "acute"]

_WEIGHTS = {"sure": 6, "heavy": 4, "mild": 2, "topic": 1}
_ALARM_REPORTED = 3
_POSSIBLE = 3
_ACUTE = 5
_ACUTE_DESPITE_QUESTION = 8  # a question about rights in the same breath wants its answer, with the warning above it
_MORE_THAN_ONE = 1
_HEARD, _QUIET = -2.0, -7.0
_PLAIN = 5  # from this score on the phrases are not doubted
_KINDS_BY_TONE = ("cry",)  # that it is urgent, not of which kind
_IF_SHE = 2
_SETTLED = 3
_SUPPOSED_BEFORE = re.compile(r" (?:om|ifall|if) (?:hon|han|de|dom|vi|jag|she|he|they|we|i) [^,]*$")


@dataclass(frozen=True)
class Danger:
    """`acute`: the warning is the answer; `possible`: the warning stands above the answer."""

    level: Level
    kinds: tuple[str, ...] = ()


class DangerDetector:
    """Builds its phrase books and reads its weights once; `assess` then only reads them."""

    def __init__(self) -> None:
        self._phrases = DangerPhrases()
        self._tone = Tone.load("danger")

    def assess(self, text: str) -> Danger:
        """The level of danger in a text, and of which kinds, worst first.

        The phrases decide; the tone adds what they have no word for, and quiets what only holds a hard word.
        """
        found, score = self._phrases.weigh(text)
        if score >= _PLAIN:
            return found
        tone = self._tone.score(text)
        if found.level == "none":
            return Danger("possible", _KINDS_BY_TONE) if tone >= _HEARD else found
        return Danger("none") if tone <= _QUIET and "suicide" not in found.kinds else found


class DangerPhrases:
    """Danger by what it is called and by the sentence that the word stands in; alone for fitting the tone."""

    def __init__(self) -> None:
        self._reader = SceneReader()

    def weigh(self, text: str) -> tuple[Danger, int]:
        """What the phrases say, and how strongly."""
        sentences = self._reader.read(text)
        asks = any(sentence.asks_about_rules for sentence in sentences)
        scores = _scores(sentences)
        if not asks:
            for kind in _reported(sentences):
                scores[kind] = max(scores.get(kind, 0), _ALARM_REPORTED)
        kinds = tuple(sorted((kind for kind, score in scores.items() if score >= _POSSIBLE), key=lambda k: -scores[k]))
        if not kinds:
            return Danger("none"), 0
        worst = scores[kinds[0]]
        limit = _ACUTE_DESPITE_QUESTION if asks else _ACUTE
        return Danger("acute" if worst >= limit else "possible", kinds), worst


def _scores(sentences: list[Sentence]) -> dict[str, int]:
    """The highest score of each kind. What one sentence says of here and now holds for its neighbours."""
    everywhere = frozenset[str]().union(*(sentence.cues for sentence in sentences))
    settled = _only_settles(sentences, everywhere)
    bonus = _MORE_THAN_ONE if sum(map(_separate_signs, sentences)) > 1 else 0
    scores: dict[str, int] = {}
    for sentence in sentences:
        frame = _frame(sentence, everywhere) + bonus - (_SETTLED if settled else 0)
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
    points -= 2 if _asks_of_anybody(sentence) and not now else 0
    points -= 4 if "past" in cues and not now else 0
    return points


def _asks_of_anybody(sentence: Sentence) -> bool:
    """A question of rules in which no certain person occurs."""
    return sentence.asks_about_rules and "general" in sentence.cues and "person" not in sentence.cues


def _only_settles(sentences: list[Sentence], everywhere: frozenset[str]) -> bool:
    """Whether the text asks of money, registers or permits, and says nothing of here and now."""
    asks = any(sentence.asks_about_rules for sentence in sentences)
    return asks and "settled" in everywhere and not everywhere & {"now", "plea"}


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
