"""Asks the index."""

from __future__ import annotations

import re

from ..draft import Draft, Parts
from ..follow_ups import leans_openly

PASSAGES_ASKED = 10
_PLACEHOLDER = re.compile(r"\[[a-zåäö -]+\]")  # what redaction has left, "[namn]": no word of the question


def run(draft: Draft, parts: Parts) -> None:
    text, context = draft.question.text, draft.context
    if draft.same_elsewhere and context is not None:
        # The place is known (find_place); searched for, its name would find what is about the place.
        text, context = context, None
    draft.found = parts.retriever.search(
        _PLACEHOLDER.sub(" ", text), PASSAGES_ASKED, context=context, leans_openly=leans_openly(draft.question.text)
    )
    # Answers are made of curated passages alone: the library's (no topic of ours) are found and shown by search.
    draft.usable = tuple(scored for scored in draft.found.kept if scored.passage.topics)
    draft.rejected = list(draft.found.rejected)
