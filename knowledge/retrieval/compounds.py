"""Swedish compounds to their parts: "nödbiståndsbeslut" -> "nöd", "bistånd", "beslut". Driven by counts, not rules.

A word is split where its parts are so common in running text that the split explains the word better than the word
itself does: the geometric mean of the parts' counts against the root of the word's own (after Koehn and Knight 2003).
Counts come from statutes and government texts (`python -m training.compound_parts`).
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

PARTS = Path(__file__).parent / "compound_parts.tsv"
_SHORTEST_PART = 4
_DEEPEST = 2  # splits of splits: a word of four parts


class CompoundSplitter:
    """Reads a table of words and their counts, parted by a tab, once."""

    def __init__(self, table: Path = PARTS) -> None:
        self._counts: dict[str, int] = {}
        for line in table.read_text(encoding="utf-8").splitlines():
            word, _, count = line.partition("\t")
            self._counts[word] = int(count)
        self.known = self._counts.keys()
        self.parts = lru_cache(maxsize=5_000)(self._parts)

    def _parts(self, word: str, depth: int = 0) -> tuple[str, ...]:
        """The parts of a lower-case word; the word alone where it is none, or cannot be told."""
        if depth > _DEEPEST or len(word) < 2 * _SHORTEST_PART or not word.isalpha():
            return (word,)
        best, parts = 0.0, None
        for end in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            last = self._counts.get(word[end:], 0)
            for first, sure in _without_joint(word[:end]) if last else ():
                explained = math.sqrt(self._counts.get(first, 0) * sure * last)
                if len(first) >= _SHORTEST_PART and explained > best:
                    best, parts = explained, (first, word[end:])
        if parts is None or best < math.sqrt(self._counts.get(word, 0)):
            return (word,)
        return tuple(found for part in parts for found in self._parts(part, depth + 1))


def _without_joint(first: str) -> list[tuple[str, float]]:
    """The forms that a compound's first part may have alone, and how sure each is: skol- is skola, familje- familj."""
    forms = [(first, 1.0), (first + "a", 0.5), (first + "e", 0.5)]
    if first.endswith("s"):
        forms.append((first[:-1], 1.0))
    if first.endswith(("u", "o", "a", "e")):
        forms += [(first[:-1] + vowel, 0.5) for vowel in "ae" if not first.endswith(vowel)]
    return forms
