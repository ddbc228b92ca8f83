"""Which questions lean on the one before, and on what of the conversation."""

from __future__ import annotations

import re

from ..datatypes import Place
from .open_questions import says_little, words_of

_OPENING = re.compile(
    r"^\s*(och|men|även|fast|eller|hur (är|blir) det (då|med)|vad (gäller|händer) (då|med)|gäller (det|detta|samma)|"
    r"and|but|what about|how about|does (that|this|it)|is (that|this|it)|or)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(han|hon|hen|honom|henne|hans|hennes|den|det|de|dem|dom|deras|dess|denna|detta|dessa|sådan|sådana|där|dit|då|"
    r"he|she|him|her|his|it|its|they|them|their|that|this|those|these|there|then|one)\b",
    re.IGNORECASE,
)
_IN_THAT_CASE = re.compile(r"\b(i så fall|i det fallet|in that case|då)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_PLACE_WORDS = frozenset(
    "kommun kommunen stad staden län länet region regionen hos oss municipality county city".split()
)
_FEW_WORDS = 9
_VERY_FEW_WORDS = 4


def context_of(text: str, history: tuple[str, ...]) -> str | None:
    """What a follow-up leans on: the last question that stands on its own, with those that lean on it."""
    return _before(history) if history and leans(text) else None


def context_if_unsure(text: str, history: tuple[str, ...]) -> str | None:
    """The same for a longer question that points at something: it may have said itself what at, or not."""
    return _before(history) if history and _POINTING.search(text) else None


def _before(history: tuple[str, ...]) -> str:
    for number in range(len(history) - 1, 0, -1):
        if not leans(history[number]):
            return " ".join(history[number:])
    return " ".join(history)


def leans(text: str) -> bool:
    """Whether the text can hardly be understood alone."""
    length = len(_WORD.findall(text))
    return (
        length <= _VERY_FEW_WORDS
        or _OPENING.search(text) is not None
        or (length <= _FEW_WORDS and _POINTING.search(text) is not None)
    )


def leans_openly(text: str) -> bool:
    """Whether it says itself that it leans ("och …", "… honom", "… i så fall"), and is not only short."""
    return any(pattern.search(text) is not None for pattern in (_OPENING, _POINTING, _IN_THAT_CASE))


def only_moves(text: str, place: Place | None) -> bool:
    """Whether a follow-up asks the same of another place and says nothing else: "Gäller det även i Malmö?"."""
    if place is None:
        return False
    names = {word for name in (place.municipality, place.county) if name for word in words_of(name)}
    rest = [word for word in words_of(text) if word not in names | _PLACE_WORDS and word.removesuffix("s") not in names]
    return len(rest) < len(words_of(text)) and says_little(rest)
