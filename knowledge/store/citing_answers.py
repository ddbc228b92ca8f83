"""Which refined answers rest on a document."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Engine, Text, cast, or_, select

from ..refinement.datatypes import State
from .engine import transaction
from .tables_refined import refined_answers, refined_versions

_OPEN = (State.DRAFT.value, State.REVIEW.value)


class CitingAnswer(NamedTuple):
    id: str
    question: str
    is_live: bool  # otherwise only what is being worked on cites it


class SqlCitingAnswers:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, document_id: str) -> tuple[CitingAnswer, ...]:
        """Those whose live version, or the one that is being worked on, cites a passage of it; the live ones first."""
        versions, heads = refined_versions.c, refined_answers.c
        is_live = versions.n == heads.live_version
        # A passage's id begins with its document's.
        cites = cast(versions.content, Text).contains(f'"passage_id": "{document_id}/', autoescape=True)
        wanted = (
            select(heads.id, heads.question, is_live.label("is_live"))
            .join_from(refined_versions, refined_answers, versions.answer_id == heads.id)
            .where(cites, or_(is_live, versions.state.in_(_OPEN)))
            .order_by(heads.id)
        )
        with transaction(self._engine) as connection:
            rows = connection.execute(wanted).all()
        found: dict[str, CitingAnswer] = {}
        for row in rows:
            live = bool(row.is_live) or (row.id in found and found[row.id].is_live)
            found[row.id] = CitingAnswer(row.id, row.question, live)
        return tuple(sorted(found.values(), key=lambda one: (not one.is_live, one.question)))
