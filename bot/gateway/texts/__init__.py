"""What the gateway itself says, a catalogue a language."""

from __future__ import annotations

from pathlib import Path

import yaml

LANGUAGES = ("sv", "en")


class Texts:
    def __init__(self) -> None:
        folder = Path(__file__).parent
        self._texts: dict[str, dict[str, str]] = {
            language: yaml.safe_load((folder / f"{language}.yml").read_text(encoding="utf-8")) for language in LANGUAGES
        }

    def error(self, code: str) -> dict[str, str]:
        return {"code": code, "text": self._texts["sv"][code], "text_en": self._texts["en"][code]}

    def codes(self, language: str) -> set[str]:
        return set(self._texts[language])
