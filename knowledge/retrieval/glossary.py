"""The field's terms in other words: "snuten" also asks for "polisen", "begging" for "tiggeri", "buletin" for an ID.

Officials write Swedish and English; Romanian and Bulgarian stand in the table for words that they quote from a person
or a paper, and are only ever looked up, never added to a question.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import Stemmer

from .analysis import FOLDED_STOP_WORDS, fold, words

TERMS = Path(__file__).parent / "terms.tsv"
_LONGEST = 4  # words in a term that is looked for
_SWEDISH_TAKEN, _ENGLISH_TAKEN = 3, 1


class _Concept(NamedTuple):
    swedish: list[str]
    english: list[str]


class Glossary:
    """Reads the table once. A line is a concept; its columns, parted by tabs: Swedish, English, Romanian, Bulgarian."""

    def __init__(self, table: Path = TERMS) -> None:
        # A search asks for the same text once for each of its parts.
        self.other_words = lru_cache(maxsize=8)(self._other_words)
        self._swedish, self._english = Stemmer.Stemmer("swedish"), Stemmer.Stemmer("english")
        # Each language by its own stems ("visa" is a visa, "visar" is not), Romanian and Bulgarian as they are written.
        self._by_swedish: dict[str, _Concept] = {}
        self._by_english: dict[str, _Concept] = {}
        self._by_word: dict[str, _Concept] = {}
        for line in table.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                self._add([_terms(column) for column in line.split("\t")])

    def _add(self, columns: list[list[str]]) -> None:
        swedish, english, *quoted = [*columns, [], []][: max(2, len(columns))]
        concept = _Concept(swedish, english)
        for term in swedish:
            self._by_swedish.setdefault(_stems(self._swedish, words(term)), concept)
        for term in english:
            self._by_english.setdefault(_stems(self._english, words(term)), concept)
        for column in quoted:
            for term in column:
                self._by_word.setdefault(_folded(words(term)), concept)

    def _other_words(self, text: str) -> str:
        """Other words for what the text says, as one string; empty where it names no known term."""
        said = _Said.of(text, self._swedish, self._english)
        found: list[str] = []
        place = 0
        while place < len(said.folded):
            length, concept = self._longest_from(said, place)
            if concept is not None:
                own = " ".join(said.folded[place : place + length])
                found += [term for term in concept.swedish if _folded(words(term)) != own][:_SWEDISH_TAKEN]
                found += [term for term in concept.english if _folded(words(term)) != own][:_ENGLISH_TAKEN]
            place += length
        return " ".join(dict.fromkeys(found))

    def _longest_from(self, said: _Said, place: int) -> tuple[int, _Concept | None]:
        """How many words from here on make the longest known term, and what it means; one word and None for none."""
        for length in range(min(_LONGEST, len(said.folded) - place), 0, -1):
            if length == 1 and said.folded[place] in FOLDED_STOP_WORDS:
                break
            span = slice(place, place + length)
            concept = (
                self._by_swedish.get(" ".join(said.swedish[span]))
                or self._by_english.get(" ".join(said.english[span]))
                or self._by_word.get(" ".join(said.folded[span]))
            )
            if concept is not None:
                return length, concept
        return 1, None


@cache
def the_glossary() -> Glossary:
    """The one that ships with the service, read once: what one search asks it, its other parts ask again."""
    return Glossary()


class _Said(NamedTuple):
    """A text's words in the three ways in which a term may stand in the table."""

    swedish: list[str]
    english: list[str]
    folded: list[str]

    @classmethod
    def of(cls, text: str, swedish: Stemmer.Stemmer, english: Stemmer.Stemmer) -> _Said:
        said = words(text)
        stems = (stemmer.stemWords(said) for stemmer in (swedish, english))
        return cls(*([fold(word) for word in some] for some in (*stems, said)))


def _stems(stemmer: Stemmer.Stemmer, term: list[str]) -> str:
    return " ".join(fold(stemmer.stemWord(word)) for word in term)


def _folded(term: list[str]) -> str:
    return " ".join(map(fold, term))


def _terms(cell: str) -> list[str]:
    return [term.strip() for term in cell.split(";") if term.strip()]
