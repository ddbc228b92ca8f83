"""What an official once got: the answer as it was given, for who mends it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine, select

from ..errors import NotFound
from ..refinement.datatypes import RefinedCitation
from .engine import transaction
from .tables import answer_citations, answers


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """`text` refers to its citations as [1], [2], in their order. The question is redacted, as it is stored."""

    id: str
    question: str
    text: str
    language: str
    asked_at: dt.datetime
    citations: tuple[RefinedCitation, ...]


class SqlGivenAnswers:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, key: str) -> GivenAnswer:
        """Raises NotFound, also for one that retention has erased."""
        cited = select(answer_citations).where(answer_citations.c.answer_id == key).order_by(answer_citations.c.n)
        with transaction(self._engine) as connection:
            row = connection.execute(select(answers).where(answers.c.id == key)).one_or_none()
            if row is None:
                raise NotFound("answer", key)
            citations = tuple(
                RefinedCitation(one.passage_id, one.passage_version, one.url, one.quote)
                for one in connection.execute(cited)
            )
        return GivenAnswer(row.id, row.question, row.text, row.language, row.asked_at, citations)
