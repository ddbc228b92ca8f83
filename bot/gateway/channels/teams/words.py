"""The words of the cards: those that every channel shares, and a few that only Teams needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from ...presentation.words import Words


class CardWords:
    """The words of one language, as `Words`, with Teams' own before the shared ones."""

    def __init__(self, shared: Words) -> None:
        self.language = shared.language
        self._shared, self._own = shared, _own(shared.language)

    def __call__(self, key: str, **values: object) -> str:
        return self._own[key] if key in self._own else self._shared(key, **values)

    def date(self, value: str | None) -> str:
        return self._shared.date(value)


@cache
def _own(language: str) -> dict[str, str]:
    texts: dict[str, str] = yaml.safe_load((Path(__file__).parent / "texts" / f"{language}.yml").read_text("utf-8"))
    return texts
