"""Every approved answer is a test: its phrasings get it, and what it cites is there and holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from ..seams import CitedPassages
from .checks import bad_among, bad_citations
from .datatypes import Change, Content, LiveAnswer, Person, Regression
from .matching import LiveAnswers
from .seams import AskedLately, PassageKey

_ASKED = 2_000  # recent questions that a change is held against
_SHOWN = 50  # changes that a person is shown
_LANGUAGES = ("sv", "en")


@dataclass(frozen=True, slots=True)
class Broken:
    """An approved answer that is no longer given as it was approved."""

    answer: LiveAnswer
    unreached: tuple[str, ...] = ()  # its phrasings that get something else
    bad_citations: tuple[str, ...] = ()
    expired: bool = False


class RegressionCheck:
    """Nothing is stored: what would be is compared with what is, in memory."""

    def __init__(
        self,
        live: LiveAnswers,
        passages: CitedPassages,
        asked: AskedLately,
        today: Callable[[], dt.date],
        now: Callable[[], dt.datetime],
    ) -> None:
        self._live, self._passages, self._asked = live, passages, asked
        self._today, self._now = today, now

    def of_change(self, content: Content, key: str) -> Regression:
        """What approving the content, as the answer of that key, would do."""
        candidate = LiveAnswer(key, 0, content, self._now(), Person("", ""))
        after = self._live.with_candidate(candidate)
        asked = self._asked.questions(_ASKED)
        near = after.near_others(key)
        breaks = [
            Change(question, answer.content.question, content.question, answer.id)
            for question, language, answer in near
            if (won := after.find(question, language, self._today())) is not None and won.answer.id == key
        ]
        return Regression(
            breaks=tuple(breaks),
            changes=tuple(islice(self._changes(after, key, dict(asked)), _SHOWN)),
            unreached=tuple(_unreached(after, candidate, self._today())),
            bad_citations=bad_citations(content, self._passages, self._today()),
            checked=len(asked) + len(near),
        )

    def _changes(self, after: LiveAnswers, key: str, asked: Mapping[str, str]) -> Iterator[Change]:
        """Questions that officials asked and that this answer would meet, where that is something new to them."""
        day = self._today()
        for question in after.could_meet(list(asked), key):
            for language in _LANGUAGES:
                won = after.find(question, language, day)
                if won is None or won.answer.id != key:
                    continue
                before = self._live.find(question, language, day)
                if before is None:
                    yield Change(question, asked[question], won.wording.text)
                elif before.wording.text != won.wording.text:
                    yield Change(question, before.wording.text, won.wording.text, before.answer.id)

    def broken(
        self, gets: Callable[[str, str], str | None] | None = None, day: dt.date | None = None
    ) -> Iterator[Broken]:
        """The approved answers that are broken. `gets` tells which refined answer the whole answering gives."""
        answers, day = self._live.all(), day or self._today()
        keys = {answer.id: tuple(_keys(answer.content)) for answer in answers}
        known = self._passages.of(key for some in keys.values() for key in some)
        current = self._passages.current_versions(key for some in keys.values() for key, _ in some)
        for answer in answers:
            if answer.content.valid_from and answer.content.valid_from > day:
                continue  # its time has not come
            broken = self._judged(answer, bad_among(keys[answer.id], known, current, day), gets, day)
            if broken.unreached or broken.bad_citations or broken.expired:
                yield broken

    def _judged(
        self,
        answer: LiveAnswer,
        bad: tuple[str, ...],
        gets: Callable[[str, str], str | None] | None,
        day: dt.date,
    ) -> Broken:
        if not answer.content.holds_on(day):
            return Broken(answer, expired=True)
        if bad:
            return Broken(answer, bad_citations=bad)
        if gets is None:
            return Broken(answer, tuple(_unreached(self._live, answer, day)))
        return Broken(
            answer,
            tuple(question for question, language in _asked(answer.content) if gets(question, language) != answer.id),
        )


def _asked(content: Content) -> Iterator[tuple[str, str]]:
    return ((question, wording.language) for wording in content.wordings for question in wording.asked)


def _keys(content: Content) -> Iterable[PassageKey]:
    return ((one.passage_id, one.passage_version) for one in content.citations)


def _unreached(live: LiveAnswers, answer: LiveAnswer, day: dt.date) -> Iterator[str]:
    day = max(day, answer.content.valid_from or day)
    for question, language in _asked(answer.content):
        found = live.find(question, language, day)
        if found is None or found.answer.id != answer.id:
            yield question
