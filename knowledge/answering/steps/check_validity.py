"""A passage whose time is over is never cited as what applies."""

from __future__ import annotations

from dataclasses import replace

from ..draft import Draft, Parts


def run(draft: Draft, parts: Parts) -> None:
    kept = []
    for scored in draft.usable:
        ended = scored.passage.validity.valid_to
        if ended is not None and ended < draft.as_of:
            draft.rejected.append(replace(scored, reason="expired"))
        else:
            kept.append(scored)
    draft.usable = tuple(kept)
