"""Which sentences of which passages make the answer: the best passage first, then what others add to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..datatypes import ScoredPassage, ValidityStatus
from ..seams import SentenceScorer
from ..sentences import split_sentences
from .units import is_provenance, units

OF_THE_BEST = 4  # sentences
IN_ALL = 6
_OTHERS_ASKED = 4  # passages after the best that may add something
_OTHERS_TAKEN = 2
_SAME_TOPIC_FROM, _OTHER_TOPIC_FROM = 0.7, 0.92  # of the best passage's score
_WORTH = 0.5  # of what the best passage's best sentence has to do with the question
_ADDS = 0.03  # of the question, met by a unit and by nothing said before it; and a little for what is near as a whole
_NEAR_SHARE, _NEAR_FROM = 0.1, 0.4
_REPEATS = 0.6  # share of a sentence's words that have been said
_SAME_WORDS, _SAME_MEANING = 0.55, 0.8  # a question this near to one of the passage's phrasings is that question
_WORD = re.compile(r"\w{4,}")


class _Candidate(NamedTuple):
    """A unit of sentences, the passage that it is of, and how near it is to the question as a whole."""

    scored: ScoredPassage
    unit: tuple[str, ...]
    near: float


class Part(NamedTuple):
    """A passage and those of its sentences that are said, in their order."""

    scored: ScoredPassage
    sentences: tuple[str, ...]


def meets_the_question(scored: ScoredPassage) -> bool:
    """Whether the passage answers this very question, so that its "Ja" or "Nej" is the answer to it."""
    parts = scored.parts
    return parts["lexical_phrasing"] >= _SAME_WORDS or parts["dense_phrasing"] >= _SAME_MEANING


def select(question: str, usable: Sequence[ScoredPassage], language: str, scorer: SentenceScorer) -> tuple[Part, ...]:
    """The best passage's conclusion and what else of it meets the question, then what near passages add.

    A unit adds what it meets of the question that nothing said before it meets; the one that adds most comes first.
    """
    best, *others = usable
    lead = _of_the_best(question, _spoken(best, language), scorer)
    parts = [Part(best, lead)]
    worth = _WORTH * max(scorer.scores(question, lead), default=0.0)
    waiting = _candidates(question, best, others, language, scorer, worth)
    while (place := _adds_most(question, _said(parts), waiting, scorer)) is not None:
        scored, unit, _ = waiting.pop(place)
        said, taken = _said(parts), {part.scored.passage.id for part in parts[1:]}
        new_passage = scored.passage.id not in taken
        if len(said) + len(unit) > IN_ALL or (new_passage and len(taken) == _OTHERS_TAKEN) or _repeats(unit, said):
            continue
        if new_passage:
            parts.append(Part(scored, unit))
        else:
            parts = [_with(part, unit, language) if part.scored is scored else part for part in parts]
    return tuple(parts)


def _said(parts: Sequence[Part]) -> list[str]:
    return [sentence for part in parts for sentence in part.sentences]


def _adds_most(question: str, said: Sequence[str], waiting: Sequence[_Candidate], scorer: SentenceScorer) -> int | None:
    """Where the unit stands that adds most to what was said; None where none adds enough."""
    before = " ".join(said)
    met, *with_each = scorer.scores(question, [before, *(" ".join((before, *one.unit)) for one in waiting)])
    gains = [
        value - met + _NEAR_SHARE * max(one.near - _NEAR_FROM, 0.0)
        for value, one in zip(with_each, waiting, strict=True)
    ]
    adds, place = max(((gain, -place) for place, gain in enumerate(gains)), default=(0.0, 0))
    return -place if adds >= _ADDS else None


def _spoken(scored: ScoredPassage, language: str) -> list[str]:
    passage = scored.passage
    return split_sentences(passage.text if language == "sv" or not passage.text_en else passage.text_en)


def _of_the_best(question: str, sentences: list[str], scorer: SentenceScorer) -> tuple[str, ...]:
    """All of a short passage; of a longer one its first unit and those that meet the question best, in their order."""
    if len(sentences) <= OF_THE_BEST:
        return tuple(sentences)
    first, *rest = units(sentences)
    ranked = sorted(zip(_unit_scores(question, rest, scorer), rest, strict=True), key=lambda pair: -pair[0].value)
    chosen = [first]
    for _, unit in ranked:
        if sum(map(len, chosen)) + len(unit) <= OF_THE_BEST:
            chosen.append(unit)
    kept = {sentence for unit in chosen for sentence in unit}
    return tuple(sentence for sentence in sentences if sentence in kept)


def _candidates(
    question: str,
    best: ScoredPassage,
    others: Sequence[ScoredPassage],
    language: str,
    scorer: SentenceScorer,
    worth: float,
) -> list[_Candidate]:
    """Units of the near passages that are worth saying, the most fitting first."""
    found: list[tuple[float, _Candidate]] = []
    for scored in others[:_OTHERS_ASKED]:
        if not _may_join(scored, best):
            continue
        said = [unit for unit in units(_spoken(scored, language)) if not all(map(is_provenance, unit))]
        for (value, near), unit in zip(_unit_scores(question, said, scorer), said, strict=True):
            if value >= worth:
                found.append((value, _Candidate(scored, unit, near)))
    found.sort(key=lambda row: -row[0])
    return [candidate for _, candidate in found]


def _may_join(scored: ScoredPassage, best: ScoredPassage) -> bool:
    """Near in score; and what is only proposed, or no longer holds, is not mixed into what applies."""
    same = bool(set(scored.passage.topics) & set(best.passage.topics))
    if scored.score < best.score * (_SAME_TOPIC_FROM if same else _OTHER_TOPIC_FROM):
        return False
    firm = (ValidityStatus.CURRENT, ValidityStatus.UNCERTAIN)
    other, own = scored.passage.validity.status, best.passage.validity.status
    return other == own or (other in firm and own in firm)


class _UnitScore(NamedTuple):
    value: float  # by its words and as a whole
    near: float


def _unit_scores(question: str, said: Sequence[tuple[str, ...]], scorer: SentenceScorer) -> list[_UnitScore]:
    texts = [" ".join(unit) for unit in said]
    both = zip(scorer.scores(question, texts), scorer.nearness(question, texts), strict=True)
    return [_UnitScore((words + near) / 2, near) for words, near in both]


def _repeats(unit: Sequence[str], said: Sequence[str]) -> bool:
    before = set(_WORD.findall(" ".join(said).lower()))
    own = _WORD.findall(" ".join(unit).lower())
    return bool(own) and sum(word in before for word in own) / len(own) > _REPEATS


def _with(part: Part, unit: tuple[str, ...], language: str) -> Part:
    kept = {*part.sentences, *unit}
    return Part(part.scored, tuple(sentence for sentence in _spoken(part.scored, language) if sentence in kept))
