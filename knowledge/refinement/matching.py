"""Which live refined answer a question asks for, if any.

The same words always do. Other words do where the nearest phrasing is near, and clearly nearer than any other that is
known: of phrasings of the corpus that were held back, a third was matched at these bounds, 89 in 100 of them rightly;
without the margin, 79 in 100 (docs/adr/0023). What is not matched is composed from passages as any other question.
"""

from __future__ import annotations

import datetime as dt
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..seams import Encoder, Vectors
from .datatypes import LiveAnswer, Match
from .seams import LiveReader

NEAR = 0.6  # cosine of the nearest phrasing
MARGIN = 0.12  # to the nearest phrasing of anything else
SAME = 1.0
_LOOKED_AT = 60  # nearest phrasings; an answer has about five in each language
_WORD = re.compile(r"\w+")
_NEGATIONS = frozenset("inte ej icke utan not no without".split())


@dataclass(frozen=True, slots=True)
class _Phrasing:
    text: str
    answer: str  # its key
    language: str
    turns: tuple[str, ...]  # the words that turn a question into another: negations and numbers
    key: str  # of all questions in the same words; kept, since making it takes 40 µs


@dataclass(frozen=True, slots=True)
class _Live:
    """What one search sees, swapped as a whole."""

    version: int
    answers: dict[str, LiveAnswer]
    phrasings: tuple[_Phrasing, ...]
    vectors: Vectors
    approved: NDArray[np.float64]  # when each phrasing's answer was, in seconds
    same_words: dict[str, tuple[int, ...]]  # an exact question -> its rows


class LiveAnswers:
    """The approved answers in memory. Another process's approval is seen at the next question: one number is read."""

    def __init__(self, reader: LiveReader, encoder: Encoder, content_words: Callable[[str], Iterable[str]]) -> None:
        self._reader, self._encoder, self._content_words = reader, encoder, content_words
        self._lock = threading.Lock()
        self._live = _Live(0, {}, (), np.zeros((0, encoder.dimensions), dtype=np.float32), np.zeros(0), {})

    def find(self, question: str, language: str, day: dt.date, rival: float = 0.0) -> Match | None:
        """`rival` is how near the nearest phrasing of a passage is that the answer found does not cite."""
        found = self.nearest(question, language, day)
        return found[0] if found and self.is_met(found, rival) else None

    @staticmethod
    def is_met(found: Sequence[Match], rival: float) -> bool:
        """Whether the first of `nearest` answers the question."""
        if found[0].score >= SAME:
            return True
        others = max(rival, found[1].score if len(found) > 1 else 0.0)
        return found[0].score >= NEAR and found[0].score - others >= MARGIN

    def nearest(self, question: str, language: str, day: dt.date | None, k: int = 2) -> list[Match]:
        """The nearest answers of that language that hold on the day, best first; each with its nearest phrasing."""
        live = self._up_to_date()
        if not live.phrasings:
            return []
        scores, turns = live.vectors @ self._encoder.encode_queries([question])[0], _turns(question)
        for row in live.same_words.get(self._key(question), ()):
            scores[row] = SAME
        best: dict[str, Match] = {}
        looked_at = min(_LOOKED_AT, len(scores))
        nearest = np.argpartition(-scores, looked_at - 1)[:looked_at]
        # Where two fit alike, the one approved last.
        for row in nearest[np.lexsort((-nearest, -live.approved[nearest], -scores[nearest]))]:
            phrasing = live.phrasings[row]
            answer = live.answers[phrasing.answer]
            wording = answer.content.wording(language)
            if wording is None or (phrasing.language, phrasing.turns) != (language, turns) or answer.id in best:
                continue
            if day is None or answer.content.holds_on(day):
                best[answer.id] = Match(answer, wording, phrasing.text, min(float(scores[row]), SAME))
            if len(best) == k:
                break
        return list(best.values())

    def with_candidate(self, candidate: LiveAnswer | None, without: str = "") -> LiveAnswers:
        """The same answers with one more, or one less: what would be, without anything being stored."""
        live = self._up_to_date()
        changed: dict[str, LiveAnswer | None] = {candidate.id: candidate} if candidate else {without: None}
        frozen = LiveAnswers(_Nothing(live.version), self._encoder, self._content_words)
        frozen._live = self._merged(live, live.version, changed)
        return frozen

    def could_meet(self, questions: Sequence[str], key: str) -> list[str]:
        """Those of the questions that the answer of that key is near enough to meet, were nothing else nearer."""
        live = self._up_to_date()
        own = [row for row, phrasing in enumerate(live.phrasings) if phrasing.answer == key]
        if not own or not questions:
            return []
        near = (self._encoder.encode_queries(questions) @ live.vectors[own].T).max(axis=1) >= NEAR
        keys = {live.phrasings[row].key for row in own}
        return [
            question
            for question, is_near in zip(questions, near, strict=True)
            if is_near or self._key(question) in keys
        ]

    def near_others(self, key: str) -> list[tuple[str, str, LiveAnswer]]:
        """Phrasings of other answers that the answer of that key comes near, with their language."""
        live = self._up_to_date()
        own = [row for row, phrasing in enumerate(live.phrasings) if phrasing.answer == key]
        if not own:
            return []
        near = (live.vectors @ live.vectors[own].T).max(axis=1) >= NEAR
        for row in own:
            near[list(live.same_words[live.phrasings[row].key])] = True
        near[own] = False
        found = (live.phrasings[row] for row in np.flatnonzero(near))
        return [(one.text, one.language, live.answers[one.answer]) for one in found]

    def all(self) -> tuple[LiveAnswer, ...]:
        return tuple(self._up_to_date().answers.values())

    def _up_to_date(self) -> _Live:
        version = self._reader.version()
        if version == self._live.version:
            return self._live
        with self._lock:
            if version != self._live.version:
                self._live = self._merged(self._live, version, self._reader.since(self._live.version))
            return self._live

    def _merged(self, live: _Live, version: int, changed: Mapping[str, LiveAnswer | None]) -> _Live:
        answers = {key: answer for key, answer in live.answers.items() if key not in changed}
        kept = [row for row, phrasing in enumerate(live.phrasings) if phrasing.answer in answers]
        new = [answer for answer in changed.values() if answer is not None]
        added = [
            _Phrasing(text, answer.id, wording.language, _turns(text), self._key(text))
            for answer in new
            for wording in answer.content.wordings
            for text in wording.asked
        ]
        vectors = np.concatenate(
            [live.vectors[kept], self._encoder.encode_queries([phrasing.text for phrasing in added])]
        )
        phrasings = (*(live.phrasings[row] for row in kept), *added)
        rows: dict[str, tuple[int, ...]] = {}
        for row, phrasing in enumerate(phrasings):
            rows[phrasing.key] = (*rows.get(phrasing.key, ()), row)
        answers |= {answer.id: answer for answer in new}
        times = [answers[phrasing.answer].approved_at.timestamp() for phrasing in added]
        approved = np.concatenate([live.approved[kept], np.array(times, dtype=float)])
        return _Live(version, answers, phrasings, vectors, approved, rows)

    def _key(self, text: str) -> str:
        """Two questions with the same key say the same: content words and negations, in any order."""
        counted = sorted(Counter(self._content_words(text)).items())
        return repr((counted, _turns(text))) if counted else " ".join(_words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def _turns(text: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in _words(text) if word in _NEGATIONS or word.isdecimal()))


class _Nothing:
    """A reader of what never changes."""

    def __init__(self, version: int) -> None:
        self._version = version

    def version(self) -> int:
        return self._version

    def since(self, _version: int, /) -> dict[str, LiveAnswer | None]:
        return {}
