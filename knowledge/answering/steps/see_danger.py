"""Is a life or someone's health at stake now? That comes before everything else."""

from __future__ import annotations

from ..draft import Draft, Parts


def run(draft: Draft, parts: Parts) -> None:
    draft.danger = parts.detectors.danger.assess(draft.question.text)
