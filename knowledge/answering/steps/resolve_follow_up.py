"""A follow-up leans on the question before: "Och om de har barn?" is searched together with it."""

from __future__ import annotations

from ..draft import Draft, Parts
from ..follow_ups import context_of, only_moves


def run(draft: Draft, parts: Parts) -> None:
    draft.context = context_of(draft.question.text, draft.question.history)
    draft.same_elsewhere = draft.context is not None and only_moves(draft.question.text, draft.place)
