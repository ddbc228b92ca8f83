"""Which questions lean on the one before, and on what of the conversation."""

from __future__ import annotations

import re

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
_WORD = re.compile(r"\w+")
_FEW_WORDS = 9
_VERY_FEW_WORDS = 4


def context_of(text: str, history: tuple[str, ...]) -> str | None:
    """What a follow-up leans on: the last question that stands on its own, with those that lean on it."""
    if not history or not leans(text):
        return None
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
