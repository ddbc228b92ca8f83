"""What the templates of previews/ call to draw an answer in each channel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ...clock import in_sweden
from .client import Payloads
from .markup import Line, card_lines, slack_lines, web_lines
from .web import WebAnswer

_CARD_LOOKS = {
    "size": ("small", "medium", "large", "extralarge"),
    "weight": ("bolder", "lighter"),
    "color": ("attention", "warning", "good", "accent"),
    "style": ("attention", "warning", "good", "accent", "emphasis"),
}
_SIGN = 2  # characters
Text = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Preview:
    """One answer in its three forms, in its own language. `payloads` is None where the gateway gave none."""

    language: str
    web: WebAnswer
    payloads: Payloads | None
    draw: Drawing


@dataclass(frozen=True, slots=True)
class Drawing:
    """`text` gives the words of the answer's language, whatever the page is in."""

    text: Text

    def label(self, key: str, **values: object) -> str:
        return self.text(f"previews.{key}", **values)

    def day(self, value: str | None) -> str:
        """A day or a time of JSON in words; empty where it is none, or only a year."""
        try:
            given = dt.datetime.fromisoformat(value or "")
        except ValueError:
            return ""
        day = in_sweden(given).date() if given.tzinfo else given.date()
        return f"{day.day}\N{NO-BREAK SPACE}{self.text(f'console.month_{day.month}')} {day.year}"

    def web_lines(self, text: str, sources: int) -> tuple[Line, ...]:
        return web_lines(text, frozenset(range(1, sources + 1)))

    def slack_lines(self, text: str) -> tuple[Line, ...]:
        return slack_lines(text)

    def card_lines(self, text: str) -> tuple[Line, ...]:
        return card_lines(text)

    def card_style(self, item: dict[str, Any]) -> tuple[str, ...]:
        """Names of classes for how a part of a card looks; nothing that a card could make up."""
        said = {kind: str(item.get(kind, "")).lower() for kind in _CARD_LOOKS}
        looks = [f"{kind}-{look}" for kind, look in said.items() if look in _CARD_LOOKS[kind]]
        looks += [name for key, name in (("isSubtle", "subtle"), ("separator", "separated")) if item.get(key)]
        return tuple(looks)

    def is_sign(self, item: dict[str, Any]) -> bool:
        """Whether a hidden part is a mere sign, such as the arrow of what is open."""
        return item.get("type") == "TextBlock" and len(str(item.get("text", ""))) <= _SIGN

    @property
    def hidden(self) -> str:
        return self.label("hidden")

    def unknown(self, kind: object) -> str:
        return self.label("unknown", kind=kind)
