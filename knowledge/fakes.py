"""Fakes for the seams, for tests and for runs that must leave no trace. They keep the contracts of seams.py."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from .datatypes import Answer, Question


class MemoryConversations:
    """Keeps conversations in memory."""

    def __init__(self) -> None:
        self.recorded: list[tuple[Question, Answer]] = []
        self._questions: dict[str, list[str]] = defaultdict(list)

    def earlier_questions(self, conversation_id: str, limit: int) -> tuple[str, ...]:
        return tuple(self._questions[conversation_id][-limit:])

    def record(self, question: Question, answer: Answer) -> None:
        self.recorded.append((question, answer))
        if question.conversation_id:
            self._questions[question.conversation_id].append(question.text)


class ForgetfulConversations:
    """Remembers nothing: each question stands alone."""

    def earlier_questions(self, conversation_id: str, limit: int) -> tuple[str, ...]:
        return ()

    def record(self, question: Question, answer: Answer) -> None:
        return None


class SharedWords:
    """Scores a text by the share of the question's words that it holds: a sentence scorer and a reranker."""

    weight = 0.5

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        asked = _words(question)
        return [len(asked & _words(text)) / max(1, len(asked)) for text in texts]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
