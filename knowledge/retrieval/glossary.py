"""The field's terms, everyday words and English: "snuten" also asks for "polisen", "begging" for "tiggeri"."""

from __future__ import annotations

from pathlib import Path

import Stemmer

from .analysis import FOLDED_STOP_WORDS, fold, words

TERMS = Path(__file__).parent / "terms.tsv"
_LONGEST = 4  # words in a term that is looked for
_SWEDISH_TAKEN, _ENGLISH_TAKEN = 3, 1


class Glossary:
    """Reads the table once. A line is a concept: Swedish terms, a tab, English terms, parted by semicolons."""

    def __init__(self, table: Path = TERMS) -> None:
        self._stemmer = Stemmer.Stemmer("swedish")
        self._concepts: dict[str, tuple[list[str], list[str]]] = {}
        for line in table.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                swedish, _, english = line.partition("\t")
                concept = (_terms(swedish), _terms(english))
                for term in (*concept[0], *concept[1]):
                    self._concepts.setdefault(self._key(words(term)), concept)

    def other_words(self, text: str) -> str:
        """Other words for what the text says, as one string; empty where it names no known term."""
        said = words(text)
        found: list[str] = []
        place = 0
        while place < len(said):
            length = self._known_length(said, place)
            if length:
                key = self._key(said[place : place + length])
                swedish, english = self._concepts[key]
                found += [term for term in swedish if self._key(words(term)) != key][:_SWEDISH_TAKEN]
                found += [term for term in english if self._key(words(term)) != key][:_ENGLISH_TAKEN]
            place += length or 1
        return " ".join(dict.fromkeys(found))

    def _known_length(self, said: list[str], place: int) -> int:
        """How many words from here on make the longest known term; 0 for none."""
        for length in range(min(_LONGEST, len(said) - place), 0, -1):
            if length == 1 and fold(said[place]) in FOLDED_STOP_WORDS:
                return 0
            if self._key(said[place : place + length]) in self._concepts:
                return length
        return 0

    def _key(self, term: list[str]) -> str:
        return " ".join(fold(self._stemmer.stemWord(word)) for word in term)


def _terms(cell: str) -> list[str]:
    return [term.strip() for term in cell.split(";") if term.strip()]
