"""Do the passages support an answer? Without support there is none (docs/adr/0006)."""

from __future__ import annotations

from dataclasses import replace

from ...datatypes import Status
from ..draft import Draft, Parts
from ..law_notices import stood_then
from ..spoken_dates import spoken
from .find_section import is_supported

_BY_ADDRESS = 0.95  # a section that is named is the one that is meant, but for slips of the pen


def run(draft: Draft, parts: Parts) -> None:
    found = draft.found
    if found is not None and draft.usable:
        draft.confidence = parts.support.probability(replace(found, kept=draft.usable))
    if draft.sections:
        draft.confidence = max(draft.confidence, _BY_ADDRESS)
    draft.supported = draft.confidence >= parts.support.answered_from
    if draft.supported or draft.urgent:
        return
    draft.rejected = [
        replace(scored, reason=scored.reason or "no support") for scored in (*draft.usable, *draft.rejected)
    ]
    if draft.not_yet and is_supported(draft, parts, draft.not_yet):
        day = spoken(draft.as_of, parts.catalogue, draft.language)
        since = min(scored.passage.validity.valid_from or draft.as_of for scored in draft.not_yet[:1])
        text = parts.catalogue(
            draft.language,
            "refusal.not_then",
            day=day,
            stood=stood_then(draft, parts),
            since=spoken(since, parts.catalogue, draft.language),
        )
        draft.end(Status.NO_SUPPORT, " ".join(text.split()), "not_then")
        return
    in_subject = draft.confidence >= parts.support.subject_from or draft.place is not None
    status = Status.NO_SUPPORT if in_subject else Status.OUT_OF_SCOPE
    draft.end(status, parts.catalogue(draft.language, f"refusal.{status.value}"), status.value)
