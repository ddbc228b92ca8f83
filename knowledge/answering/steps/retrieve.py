"""Asks the index."""

from __future__ import annotations

from ..draft import Draft, Parts

PASSAGES_ASKED = 10


def run(draft: Draft, parts: Parts) -> None:
    draft.found = parts.retriever.search(draft.question.text, PASSAGES_ASKED, context=draft.context)
    draft.usable = draft.found.kept
    draft.rejected = list(draft.found.rejected)
