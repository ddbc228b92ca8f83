"""Asks the index."""

from __future__ import annotations

import re

from ..draft import Draft, Parts

PASSAGES_ASKED = 10
_PLACEHOLDER = re.compile(r"\[[a-zåäö -]+\]")  # what redaction has left, "[namn]": no word of the question


def run(draft: Draft, parts: Parts) -> None:
    draft.found = parts.retriever.search(
        _PLACEHOLDER.sub(" ", draft.question.text), PASSAGES_ASKED, context=draft.context
    )
    draft.usable = draft.found.kept
    draft.rejected = list(draft.found.rejected)
