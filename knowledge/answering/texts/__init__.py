"""Everything the service itself says, one catalogue a language (sv.yml, en.yml). No text for people stands in code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("sv", "en")


class Catalogue:
    """Texts by dotted key: `catalogue("sv", "notice.child")`. Placeholders are filled with `str.format`."""

    def __init__(self) -> None:
        folder = Path(__file__).parent
        self._texts: dict[str, dict[str, Any]] = {
            language: yaml.safe_load((folder / f"{language}.yml").read_text(encoding="utf-8")) for language in LANGUAGES
        }

    def __call__(self, language: str, key: str, **values: object) -> str:
        node: Any = self._texts[language]
        for part in key.split("."):
            node = node[part]
        return str(node).strip().format(**values)

    def has(self, key: str) -> bool:
        node: Any = self._texts[LANGUAGES[0]]
        for part in key.split("."):
            if not isinstance(node, dict) or part not in node:
                return False
            node = node[part]
        return True

    def keys(self, language: str) -> set[str]:
        return set(_flat(self._texts[language], ""))


def _flat(node: dict[str, Any], prefix: str) -> list[str]:
    found: list[str] = []
    for key, value in node.items():
        found += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [prefix + key]
    return found
