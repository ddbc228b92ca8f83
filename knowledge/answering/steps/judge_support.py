"""Do the passages support an answer? Without support there is none (docs/adr/0006)."""

from __future__ import annotations

from dataclasses import replace

from ...datatypes import Status
from ..draft import Draft, Parts


def run(draft: Draft, parts: Parts) -> None:
    found = draft.found
    if found is not None and draft.usable:
        draft.confidence = parts.support.probability(replace(found, kept=draft.usable))
    draft.supported = draft.confidence >= parts.support.answered_from
    if draft.supported or draft.urgent:
        return
    draft.rejected = [
        replace(scored, reason=scored.reason or "no support") for scored in (*draft.usable, *draft.rejected)
    ]
    in_subject = draft.confidence >= parts.support.subject_from or draft.place is not None
    status = Status.NO_SUPPORT if in_subject else Status.OUT_OF_SCOPE
    draft.end(status, parts.catalogue(draft.language, f"refusal.{status.value}"), status.value)
