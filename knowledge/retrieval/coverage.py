"""How much of what a question says also stands in the passages found for it.

A passage may be about the question's subject and still not say what is asked: "får vi spara uppgifter om personer utan
uppehållsrätt?" finds what uppehållsrätt is. The words that it lacks tell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..datatypes import Passage
from .analysis import Analyzer, words
from .entries import entries_of

PASSAGES = 3  # an answer is made of about so many


class Coverage:
    """For one published generation: a passage's stems are kept once they were asked for. Safe from several threads."""

    def __init__(self, analyzer: Analyzer, rarity: Callable[[str], float]) -> None:
        """`rarity` tells of a stem how much it says (BM25's idf)."""
        self._analyzer, self._rarity = analyzer, rarity
        self._stems: dict[str, frozenset[str]] = {}

    def share(self, question: str, passages: Sequence[Passage]) -> float:
        """0 to 1, rare words counting more; 1 for a question without a word that carries a subject.

        A word is covered where its stem, or that of one of its parts, stands in a passage or one of its phrasings.
        """
        held = frozenset[str]().union(*(self._of(passage) for passage in passages[:PASSAGES]))
        covered = total = 0.0
        for word in words(question):
            stems = self._analyzer.stems(word)
            if stems:
                rarity = self._rarity(stems[0])
                total += rarity
                covered += rarity if held.intersection(stems) else 0.0
        return covered / total if total else 1.0

    def _of(self, passage: Passage) -> frozenset[str]:
        stems = self._stems.get(passage.id)
        if stems is None:
            said = (word for entry in entries_of([passage]) for word in words(entry.text))
            stems = self._stems[passage.id] = frozenset(stem for word in said for stem in self._analyzer.stems(word))
        return stems
