"""A follow-up leans on the question before: "Och om de har barn?" is searched together with it."""

from __future__ import annotations

from ..draft import Draft, Parts
from ..follow_ups import context_of


def run(draft: Draft, parts: Parts) -> None:
    draft.context = context_of(draft.question.text, draft.question.history)
