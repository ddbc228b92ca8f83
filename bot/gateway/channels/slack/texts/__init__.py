"""What only Slack says, a catalogue a language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("sv", "en")


class SlackTexts:
    def __init__(self) -> None:
        folder = Path(__file__).parent
        self._texts: dict[str, dict[str, str]] = {
            language: yaml.safe_load((folder / f"{language}.yml").read_text(encoding="utf-8")) for language in LANGUAGES
        }

    def has(self, key: str) -> bool:
        return key in self._texts["sv"]

    def get(self, key: str, language: str, **values: Any) -> str:
        text = self._texts[language if language in LANGUAGES else "sv"][key]
        return text.format(**values) if values else text
