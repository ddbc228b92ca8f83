"""Which language the question is in, and which the answer will be in."""

from __future__ import annotations

from ..draft import Draft, Parts
from ..texts import LANGUAGES


def run(draft: Draft, parts: Parts) -> None:
    draft.spoken_language = parts.detectors.language.detect(draft.question.text)
    if draft.question.language in LANGUAGES:
        draft.language = draft.question.language
    elif draft.spoken_language in LANGUAGES:
        draft.language = draft.spoken_language
