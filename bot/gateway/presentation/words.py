"""The words around an answer, the same in every channel but the widget, which has its own beside its code."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

LANGUAGES = ("sv", "en")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(T.*)?")


class Words:
    """The words of one language. `words("sources")`, `words("handed_over", reference="R-7KQ2MX")`."""

    def __init__(self, language: str, texts: dict[str, str], months: list[str]) -> None:
        self.language = language
        self._texts, self._months = texts, months

    def __call__(self, key: str, **values: object) -> str:
        return self._texts[key].format(**values)

    def date(self, value: str | None) -> str:
        """ "22 november 2026"; what is no ISO date ("odaterad (ca 2017)", "2017-04") as it came."""
        found = _ISO_DAY.fullmatch(value or "")
        if found is None or not 1 <= int(found[2]) <= len(self._months):
            return value or ""
        return f"{int(found[3])} {self._months[int(found[2]) - 1]} {found[1]}"


class Catalogue:
    def __init__(self) -> None:
        folder = Path(__file__).parent / "texts"
        self._words: dict[str, Words] = {}
        for language in LANGUAGES:
            texts = yaml.safe_load((folder / f"{language}.yml").read_text(encoding="utf-8"))
            months = texts.pop("months")
            self._words[language] = Words(language, texts, months)

    def words(self, language: str | None) -> Words:
        """Swedish where the language is unknown; "en-GB" is English."""
        return self._words["en" if (language or "").lower().startswith("en") else "sv"]
