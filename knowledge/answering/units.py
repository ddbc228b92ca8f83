"""Sentences that belong together: a claim, and what limits it or leans on it. They are quoted together or not."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A sentence that opens like this says nothing without the one before, or limits it.
_LEANS = re.compile(
    r"^(?:Det (?!finns|är (?:kommun|region|social|polis|Migration|Skatte))|Den (?!som|nya|äldre|enskild)|"
    r"De (?!flesta|som)|Detta|Denna|Dessa|Dit|Där(?:för|efter|emot|med)?\b|Då|Dock|Men|Även|Också|Annars|Samma|"
    r"Sådan\w*|"
    r"Undantag\w*|Undantaget|I så fall|I de fallen|Hon|Han|Hen|Deras|Hans|Hennes|Vid sådan\w*|Båda|Det gäller dock|"
    r"It (?!is (?:the|a) )|Its|This|That|These|Those|They|Their|He|She|However|But|Then|Otherwise|Therefore|"
    r"Such|The exception|Exceptions?|In that case|In those cases|The same|Both|Even so)\b"
)
# … or says within its first words that it follows from the one before: "Läs därför …", "Hon ska däremot …".
_FOLLOWS = re.compile(
    r"^(?:\S+ ){1,3}(?:därför|alltså|däremot|dock|ändå|också|i stället|då|samma|therefore|however|also|instead|thus|"
    r"still)\b"
)
# What the text rests on, not what applies: the citation and the validity line say the same.
_PROVENANCE = re.compile(
    r"\b(?:är läst|läst i lydelse|lästa i lydelse|inte läst|odaterad\w*|andrahandskäll\w*|inte kontrollerad\w*|"
    r"read in the (?:wording|version)|not (?:been )?read|undated|second-hand|not (?:been )?(?:checked|verified))\b"
)


def units(sentences: Sequence[str]) -> list[tuple[str, ...]]:
    """The sentences, in order, grouped."""
    found: list[list[str]] = []
    for sentence in sentences:
        if found and (_LEANS.match(sentence) or _FOLLOWS.match(sentence)):
            found[-1].append(sentence)
        else:
            found.append([sentence])
    return [tuple(unit) for unit in found]


def is_provenance(sentence: str) -> bool:
    return _PROVENANCE.search(sentence) is not None
