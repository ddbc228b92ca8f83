"""The date the question is about: the caller's, or one that the question asks about, or today."""

from __future__ import annotations

from ..dates import asked_period
from ..draft import Draft, Parts


def run(draft: Draft, parts: Parts) -> None:
    draft.until = draft.as_of
    if draft.question.as_of is None and (asked := asked_period(draft.question.text, parts.clock.today())):
        draft.as_of, draft.until = asked.day, max(asked.day, asked.last)
