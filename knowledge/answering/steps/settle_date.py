"""The date the question is about: the caller's, or one that stands in the question, or today."""

from __future__ import annotations

from ..dates import date_in
from ..draft import Draft, Parts


def run(draft: Draft, parts: Parts) -> None:
    if draft.question.as_of is None and (named := date_in(draft.question.text, parts.clock.today())):
        draft.as_of = named
