"""A message from outside, cleaned and checked, the same for every channel."""

from __future__ import annotations

import re
import unicodedata

from .errors import BadMessage

# Joiners hold emoji and some scripts together; alone they are as invisible as the rest.
_KEPT = "\n\t\u200c\u200d"
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
# A leading slash would make Rasa read "/restart" or "/intent{…}" as a command, however it is spread out: "/ /restart".
_COMMAND_SIGNS = re.compile(r"\A[\s/\u200c\u200d]+")


def clean(text: str, limit: int) -> str:
    """The text without invisible signs and Rasa's command sign. Raises BadMessage for an empty or too long one."""
    seen = "".join(sign for sign in text if sign in _KEPT or unicodedata.category(sign) not in _UNSEEN)
    cleaned = _COMMAND_SIGNS.sub("", seen).rstrip()
    if not cleaned:
        raise BadMessage("empty")
    if len(cleaned) > limit:
        raise BadMessage("too_long")
    return cleaned
