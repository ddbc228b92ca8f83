"""Every text that an action says, by key, one catalogue per language."""

from __future__ import annotations

from typing import Final, Literal

from actions.texts.en import TEXTS as EN
from actions.texts.sv import TEXTS as SV

Language = Literal["sv", "en"]

CATALOGUES: Final[dict[Language, dict[str, str]]] = {"sv": SV, "en": EN}


def text(key: str, language: Language, **values: str) -> str:
    """The text in the language, with its values filled in."""
    return CATALOGUES[language][key].format(**values)


def button(key: str, language: Language, **values: str) -> dict[str, str]:
    """A button that sends its own title as the user's next message."""
    title = text(key, language, **values)
    return {"title": title, "payload": title}
