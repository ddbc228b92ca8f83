"""Stores what was asked and said, redacted, before anyone sees it: an answer that is not recorded is not given."""

from __future__ import annotations

from ..draft import Draft, Parts


def run(draft: Draft, parts: Parts) -> None:
    parts.conversations.record(draft.question, draft.finished())
