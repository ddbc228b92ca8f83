"""A passage whose time is over is never cited as what applies, nor one whose time has not come."""

from __future__ import annotations

from dataclasses import replace

from ...datatypes import ScoredPassage, Validity
from ..draft import Draft, Parts

_NEAR = 0.85  # of the best score: among these, what is known to have applied then comes first

_AS_GOOD = 0.97


def run(draft: Draft, parts: Parts) -> None:
    until = max(draft.as_of, draft.until or draft.as_of)
    kept: list[ScoredPassage] = []
    not_yet: list[ScoredPassage] = []
    for scored in draft.usable:
        validity = scored.passage.validity
        if validity.valid_to is not None and validity.valid_to < draft.as_of:
            draft.rejected.append(replace(scored, reason="expired"))
        elif validity.valid_from is not None and validity.valid_from > until:
            not_yet.append(replace(scored, reason="not yet in force"))
        else:
            kept.append(scored)
    draft.rejected += not_yet
    draft.not_yet = tuple(not_yet)
    if not_yet and kept and kept[0].score < not_yet[0].score * _AS_GOOD:
        # What is left is about something else than what was asked.
        draft.rejected += [replace(scored, reason="beside the question") for scored in kept]
        kept = []
    if draft.as_of < parts.clock.today() and kept:
        best = kept[0].score
        kept.sort(key=lambda scored: not (scored.score >= best * _NEAR and _tells_its_time(scored.passage.validity)))
    draft.usable = tuple(kept)


def _tells_its_time(validity: Validity) -> bool:
    """Whether the source says from when or until when it holds, and not only that it does."""
    return validity.valid_from is not None or validity.valid_to is not None
