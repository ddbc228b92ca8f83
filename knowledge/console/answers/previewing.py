"""A refined answer as officials would get it: its question goes through the whole of answering, and nothing is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...answering.answer import Answering
from ...api.rendering import answer_json
from ...datatypes import Question
from ...errors import QuestionRejected
from ...refinement.datatypes import Content, LiveAnswer, Match, Person
from ...seams import Clock, RefinedAnswers
from ..previews.client import Payloads, Previews
from ..previews.web import WebAnswer, web_answer


@dataclass(frozen=True, slots=True)
class AnswerPreview:
    """`given` is False where the question, asked as it stands, gets something else: a refusal, or what to do in danger.

    `payloads` is None where the gateway could not be reached.
    """

    language: str
    municipality: str
    given: bool
    web: WebAnswer
    payloads: Payloads | None


class AnswerPreviews:
    """`answering` builds the service's own answering over the refined answers that it is handed."""

    def __init__(self, answering: Callable[[RefinedAnswers], Answering], previews: Previews, clock: Clock) -> None:
        self._answering, self._previews, self._clock = answering, previews, clock

    def of(
        self, content: Content, language: str, municipality: str = "", approved_at: dt.datetime | None = None
    ) -> AnswerPreview | None:
        """None where nothing is written in that language yet."""
        wording = content.wording(language)
        if wording is None or not wording.text.strip() or not wording.question.strip():
            return None
        day = max(self._clock.today(), content.valid_from or dt.date.min)
        question = Question(
            wording.question, channel="preview", municipality=municipality or None, as_of=day, language=language
        )
        try:
            answer = self._answering(_Only(content, approved_at or self._clock.now())).answer(question)
        except QuestionRejected:
            return None
        shown = answer_json(answer)
        return AnswerPreview(
            language, municipality, answer.refined_answer is not None, web_answer(shown), self._previews.payloads(shown)
        )


class _Only:
    """The refined answers of a service that has this one alone, and gives it to whatever is asked, on any day."""

    def __init__(self, content: Content, approved_at: dt.datetime) -> None:
        self._answer = LiveAnswer("preview", 1, content, approved_at, Person("", ""))

    def nearest(self, question: str, language: str, day: dt.date | None, k: int = 2) -> list[Match]:  # noqa: ARG002
        wording = self._answer.content.wording(language)
        return [Match(self._answer, wording, question, 1.0)] if wording else []

    def is_met(self, found: Sequence[Match], rival: float) -> bool:  # noqa: ARG002
        return True
