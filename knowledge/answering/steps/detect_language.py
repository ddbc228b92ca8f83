"""Which language the question is in, and which the answer will be in."""

from __future__ import annotations

from ..draft import Draft, Parts
from ..texts import LANGUAGES

_DEFAULT = "sv"


def run(draft: Draft, parts: Parts) -> None:
    """Whoever writes English gets English, also where the page is in Swedish; whoever chose English always does."""
    draft.spoken_language = parts.detectors.language.detect(draft.question.text)
    chosen = draft.question.language
    if chosen in LANGUAGES and chosen != _DEFAULT:
        draft.language = chosen
    elif draft.spoken_language in LANGUAGES:
        draft.language = draft.spoken_language
