"""All that the console says: a folder a language, a file a screen. `inbox.title` is the key `title` of `inbox.yml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("sv", "en")
_FOLDER = Path(__file__).parent


class Texts:
    """`texts("sv", "inbox.waiting", n=14)`. A text with `one` and `other` takes the form that `n` asks for."""

    def __init__(self) -> None:
        self._texts: dict[str, dict[str, Any]] = {
            language: {
                file.stem: yaml.safe_load(file.read_text(encoding="utf-8"))
                for file in sorted((_FOLDER / language).glob("*.yml"))
            }
            for language in LANGUAGES
        }

    def __call__(self, language: str, key: str, **values: object) -> str:
        """Raises KeyError for a key that is none."""
        found = self._find(language, key)
        if isinstance(found, dict):
            found = found["one" if values["n"] == 1 else "other"]
        if isinstance(count := values.get("n"), int):
            values["n"] = grouped(count, language)
        return str(found).strip().format(**values)

    def has(self, key: str) -> bool:
        try:
            self._find(LANGUAGES[0], key)
        except KeyError:
            return False
        return True

    def keys(self, language: str) -> set[str]:
        return set(_flat(self._texts[language], ""))

    def _find(self, language: str, key: str) -> Any:
        node: Any = self._texts[language]
        for part in key.split("."):
            if not isinstance(node, dict):
                raise KeyError(key)
            node = node[part]
        return node


def grouped(number: float, language: str) -> str:
    """12 345,6 in Swedish, 12,345.6 in English."""
    text = f"{number:,}"
    return text.translate(str.maketrans(",.", "\N{NO-BREAK SPACE},")) if language == "sv" else text


def _flat(node: dict[str, Any], prefix: str) -> list[str]:
    found: list[str] = []
    for key, value in node.items():
        found += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [prefix + str(key)]
    return found
