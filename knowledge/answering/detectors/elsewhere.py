"""Questions near our subject that another service must answer: another country's rules, or another group's rights.

A passage about Swedish rules for EU citizens matches them well, and would be a wrong answer.
"""

from typing import Literal

from .folding import padded, tokens
from .phrases import shipped_phrases

Elsewhere = Literal["here", "another_country", "another_group"]

_LONGEST = 14  # words; a longer question tells a story in which such a word is a detail


def elsewhere(text: str) -> Elsewhere:
    """Whose question this is: ours, another country's, or another group's."""
    if len(text.split()) > _LONGEST:
        return "here"
    labels = shipped_phrases("elsewhere").labels(padded(tokens(text)))
    if "country" in labels and "here" not in labels:
        return "another_country"
    if "group" in labels and "ours" not in labels:
        return "another_group"
    return "here"
