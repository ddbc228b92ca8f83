"""The library as the retriever asks it: passages of running text for a question, fetched by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ..datatypes import Passage, ScoredPassage
from .encoders.static import StaticEncoder
from .glossary import the_glossary
from .library_index import PassageKey
from .opened import OpenedIndex

PassagesOf = Callable[[Sequence[PassageKey]], Mapping[PassageKey, Passage]]


class Library:
    """Searches the published generation; finds nothing while none is published. Safe to search from several threads."""

    def __init__(self, folder: Path, encoder: StaticEncoder, passages_of: PassagesOf) -> None:
        self._opened, self._passages_of = OpenedIndex(folder, encoder), passages_of
        self._glossary = the_glossary()

    @property
    def generation(self) -> str | None:
        return self._opened.generation

    @property
    def size(self) -> int:
        index = self._opened.index
        return index.size if index else 0

    def reload(self) -> None:
        """Opens the current generation, if it is another one. Raises IndexUnavailable and keeps the old one."""
        self._opened.reload()

    def search(self, question: str, k: int, at_least: float = 0.0) -> list[ScoredPassage]:
        """The k best passages, best first.

        What scores below `at_least` is left out, and so never fetched from the store.
        """
        index = self._opened.index
        if index is None or k < 1:
            return []
        other_words = self._glossary.other_words(question)
        found = [(key, score) for key, score in index.search(question, k, other_words) if score >= at_least]
        if not found:
            return []
        passages = self._passages_of([key for key, _ in found])
        return [ScoredPassage(passages[key], score, {"library": score}) for key, score in found if key in passages]
