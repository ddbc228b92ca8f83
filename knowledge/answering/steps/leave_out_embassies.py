"""Another country's embassy helps nobody: what tells of it is left out, and there is no answer where it came first."""

from __future__ import annotations

from dataclasses import replace

from ...datatypes import Status
from ..draft import Draft, Parts
from ..embassies import anothers_embassy
from .refuse_unknown_number import REASON


def run(draft: Draft, parts: Parts) -> None:
    text = draft.read_together
    anothers = [scored for scored in draft.usable if anothers_embassy(scored.passage, text)]
    if not anothers:
        return
    led = anothers[0] is draft.usable[0]
    draft.usable = tuple(scored for scored in draft.usable if scored not in anothers)
    draft.rejected += [replace(scored, reason="another country's embassy") for scored in anothers]
    if led and not draft.urgent:
        draft.end(Status.NO_SUPPORT, parts.catalogue(draft.language, "refusal.embassy_unknown"), REASON)
