"""THE MAIN FLOW: a question becomes an answer in these steps, in this order. Each step is the file of that name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..datatypes import Answer, Question
from ..errors import QuestionRejected
from .draft import Draft, Parts
from .steps import (
    add_contacts,
    add_notices,
    answer_from_contacts,
    answer_from_refined,
    check_validity,
    clarify,
    compose,
    detect_language,
    find_place,
    find_section,
    judge_support,
    leave_out_embassies,
    record,
    redact,
    refuse,
    refuse_unknown_number,
    resolve_follow_up,
    retrieve,
    see_child,
    see_danger,
    settle_date,
    suggest_next,
)

Step = Callable[[Draft, Parts], None]

STEPS: list[Step] = [
    detect_language.run,
    redact.run,  # before anything is searched, stored or sent on
    see_danger.run,  # before anything may refuse
    see_child.run,
    refuse.run,
    find_place.run,
    refuse_unknown_number.run,
    settle_date.run,
    resolve_follow_up.run,
    retrieve.run,
    leave_out_embassies.run,
    check_validity.run,
    answer_from_refined.run,  # what advisers approved goes before what is composed
    find_section.run,
    answer_from_contacts.run,
    clarify.run,  # before support is judged: an open question matches nothing well
    judge_support.run,
    compose.run,
]
# These run for every answer, also for one that a step above ended.
CLOSING_STEPS: list[Step] = [
    suggest_next.run,
    add_contacts.run,  # the table of contacts may know what no passage does
    add_notices.run,
    record.run,
]

HISTORY_TAKEN = 5
TEXT_LIMIT = 10_000  # a last bound; the edges have a lower one with a kinder text


class Answering:
    """Answers questions. Holds no state between two of them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def answer(self, question: Question) -> Answer:
        """Raises as `trace` does."""
        return self.trace(question).finished()

    def trace(self, question: Question) -> Draft:
        """The answer with all that was found out on the way.

        Raises QuestionRejected for a question that is none, IndexUnavailable or StoreUnavailable where it can't be
        answered now.
        """
        if not question.text.strip():
            raise QuestionRejected("empty")
        if len(question.text) > TEXT_LIMIT:
            raise QuestionRejected("too_long")
        draft = Draft(self._with_history(question), question.as_of or self._parts.clock.today())
        for step in STEPS:
            if draft.ended:
                break
            step(draft, self._parts)
        for step in CLOSING_STEPS:
            step(draft, self._parts)
        return draft

    def _with_history(self, question: Question) -> Question:
        """Stored turns serve where the conversation is known; what the caller sends along serves elsewhere."""
        if question.conversation_id:
            stored = self._parts.conversations.earlier_questions(question.conversation_id, HISTORY_TAKEN)
            if stored:
                return replace(question, history=stored)
        return replace(question, history=question.history[-HISTORY_TAKEN:])
