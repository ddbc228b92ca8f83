"""Search as the edges show it: the sections that a question names, then curated passages and the library's by score.

Answers are made of curated passages alone (docs/adr/0013); this is for who wants to see the rest.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace

from .answering.successors import asks_for_successor
from .datatypes import ScoredPassage, SearchResult
from .law.lookup import sections_named
from .seams import Clock, LibrarySearch, Retriever, SectionFinder

_OF_ONE_QUESTION = 3  # passages by their address; a long section has more
NOT_VALID = "not valid on the date"
# A library passage's own score is taken down where a curated one fits: nobody has read those passages for our
# questions, and the curated ones say the same with conditions, sources and dates. Where none fits it is raised. The
# best curated score tells which, less what the subject model takes off: .35 and more in 97 of 100 questions of ours,
# less in 88 of 100 everyday questions about statutes.
_WHERE_CURATED_FIT, _ELSEWHERE = 0.6, 1.6
_SUBJECT_SHARE, _SURELY_OURS = 0.15, 0.4
_FITS_NOT, _FITS = 0.29, 0.35


class Searching:
    """Searches; holds no state between two questions."""

    def __init__(self, retriever: Retriever, library: LibrarySearch, sections: SectionFinder, clock: Clock) -> None:
        self._retriever, self._library, self._sections, self._clock = retriever, library, sections, clock

    def search(self, question: str, k: int, as_of: dt.date | None = None) -> SearchResult:
        """The k best passages. With `as_of`, what did not hold on that day is rejected."""
        found = self._with_library(k, self._retriever.search(question, k))
        if as_of is not None:
            expired = [replace(s, reason=NOT_VALID) for s in found.kept if not s.passage.validity.holds_on(as_of)]
            kept = [s for s in found.kept if s.passage.validity.holds_on(as_of)]
            found = replace(found, kept=tuple(kept), rejected=(*expired, *found.rejected))
        return found if asks_for_successor(question) else self._with_sections(question, k, as_of, found)

    def _with_library(self, k: int, found: SearchResult) -> SearchResult:
        started = time.perf_counter()
        curated = (*found.kept, *found.rejected)
        share = _library_share(curated[0].score if curated else 0.0, found.subject)
        # Only what would stand among the k best is fetched: a passage of a library is a row of the database.
        at_least = curated[k - 1].score / share if len(curated) >= k > 0 else 0.0
        lowered = [replace(s, score=s.score * share) for s in self._library.search(found.read_as, k, at_least)]
        # In order first: what is raised above 1 is shown as 1, and keeps its place.
        by_score = sorted([*curated, *lowered], key=lambda scored: -scored.score)
        ranked = [replace(s, score=1.0) if s.score > 1 else s for s in by_score]
        took = {"library": (time.perf_counter() - started) * 1000}
        return replace(
            found, kept=tuple(ranked[:k]), rejected=tuple(ranked[k : 2 * k]), timings_ms=found.timings_ms | took
        )

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


def _library_share(best_curated: float, subject: float) -> float:
    told = best_curated - _SUBJECT_SHARE * max(0.0, _SURELY_OURS - subject)
    fits = min(1.0, max(0.0, (told - _FITS_NOT) / (_FITS - _FITS_NOT)))
    return fits * _WHERE_CURATED_FIT + (1 - fits) * _ELSEWHERE
