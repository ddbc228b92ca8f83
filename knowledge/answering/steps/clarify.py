"""One question back, where the question is so open that its readings lead to different answers."""

from __future__ import annotations

from ...datatypes import Option, Status
from ..draft import Draft, Parts
from ..open_questions import is_open

_NEAR = 0.6  # a reading counts while its score is this share of the best one's
_READINGS = (2, 4)


def run(draft: Draft, parts: Parts) -> None:
    if draft.context or draft.urgent or draft.sections or not draft.usable or not is_open(draft.question.text):
        return
    options = _readings(draft)
    if len(options) < _READINGS[0]:
        return
    draft.options = options
    draft.end(Status.CLARIFY, parts.catalogue(draft.language, "clarify.question"))


def _readings(draft: Draft) -> tuple[Option, ...]:
    """The best passage of each topic that comes near the best of all."""
    options: dict[str, Option] = {}
    best = draft.usable[0].score
    for scored in draft.usable:
        passage = scored.passage
        if scored.score < best * _NEAR or len(options) == _READINGS[1]:
            break
        options.setdefault(passage.document_id, Option(passage.title, passage.heading))
    return tuple(options.values())
