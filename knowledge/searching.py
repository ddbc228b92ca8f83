"""Search as the edges show it: the sections that a question names, then what is nearest to it."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace

from .answering.successors import asks_for_successor
from .datatypes import ScoredPassage, SearchResult
from .law.lookup import sections_named
from .seams import Clock, Retriever, SectionFinder

_OF_ONE_QUESTION = 3  # passages by their address; a long section has more
NOT_VALID = "not valid on the date"


class Searching:
    """Searches; holds no state between two questions."""

    def __init__(self, retriever: Retriever, sections: SectionFinder, clock: Clock) -> None:
        self._retriever, self._sections, self._clock = retriever, sections, clock

    def search(self, question: str, k: int, as_of: dt.date | None = None) -> SearchResult:
        """The k best passages. With `as_of`, what did not hold on that day is rejected."""
        found = self._retriever.search(question, k)
        if as_of is not None:
            expired = [replace(s, reason=NOT_VALID) for s in found.kept if not s.passage.validity.holds_on(as_of)]
            kept = [s for s in found.kept if s.passage.validity.holds_on(as_of)]
            found = replace(found, kept=tuple(kept), rejected=(*expired, *found.rejected))
        return found if asks_for_successor(question) else self._with_sections(question, k, as_of, found)

    def _with_sections(self, question: str, k: int, as_of: dt.date | None, found: SearchResult) -> SearchResult:
        started = time.perf_counter()
        named = [
            passage
            for section in sections_named(question, as_of or self._clock.today(), self._sections)
            for passage in section.passages
            if as_of is None or passage.validity.holds_on(as_of)
        ]
        took = {"sections": (time.perf_counter() - started) * 1000}
        first = [ScoredPassage(passage, 1.0, {"section": 1.0}) for passage in named[: min(k, _OF_ONE_QUESTION)]]
        ids = {scored.passage.id for scored in first}
        rest = [scored for scored in found.kept if scored.passage.id not in ids]
        room = k - len(first)
        return replace(
            found,
            kept=(*first, *rest[:room]),
            rejected=(*rest[room:], *(scored for scored in found.rejected if scored.passage.id not in ids)),
            timings_ms=found.timings_ms | took,
        )
