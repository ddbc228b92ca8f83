"""Other words for a question's words, from the table of terms: "begging" also means "tiggeri"."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import CorpusError

_WORD = re.compile(r"\w+")
_LONGEST_TERM = 4  # words
_SHORTEST = 5  # letters; shorter ones are mostly "i", "om", "vem"
# Asking for a number is not what the number is for.
_ASKING = frozenset(
    """ringa ringer telefon telefonnummer nummer numret kontakt kontakta kontakter phone number contact about against
    where which vilken vilket vilka plats""".split()
)
_TOO_GENERAL = frozenset({"medborgare", "citizen", "citizens", "national", "person", "personer", "people"})


class Synonyms:
    """One concept a line, languages parted by tabs, terms by "; ". Lines that begin with # say nothing."""

    def __init__(self, table: Path) -> None:
        try:
            lines = table.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise CorpusError(str(table), "the table of terms cannot be read") from error
        self._concepts = [re.split(r"[;\t]\s*", line) for line in lines if line.strip() and not line.startswith("#")]
        self._by_term: dict[str, int] = {}
        for number, terms in enumerate(self._concepts):
            for term in terms:
                self._by_term.setdefault(" ".join(_WORD.findall(term.lower())), number)

    def words(self, text: str) -> set[str]:
        """The words of every concept that the text names."""
        said = _WORD.findall(text.lower())
        found: set[str] = set()
        for length in range(1, _LONGEST_TERM + 1):
            for start in range(len(said) - length + 1):
                term = " ".join(said[start : start + length])
                number = self._by_term.get(term) if len(term) >= _SHORTEST and term not in _ASKING else None
                if number is not None:
                    found |= {word for term in self._concepts[number] for word in _WORD.findall(term.lower())}
        return {word for word in found - _TOO_GENERAL if len(word) >= _SHORTEST}
