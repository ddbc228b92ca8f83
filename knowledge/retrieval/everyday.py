"""Sections of statutes found by the everyday questions that they answer, beside what their text is found by.

A library index of its own (library_index.py), a row a question. Its keys name the section; its text is looked up when
it is found, so that what is shown is the wording of today.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ..datatypes import Passage, ScoredPassage
from ..seams import LibrarySearch
from . import library_index
from .encoders.static import StaticEncoder
from .glossary import the_glossary
from .library_index import PassageKey, Publication
from .opened import OpenedIndex

_QUESTIONS_ASKED = 80
_CONSIDERED = 40  # passages of the library, so that what its text says of a section is known
_SEPARATOR = "#"
# Chosen on questions about 401 sections by another writer: in the first five by the text alone .25, by the nearest
# question alone .68, by all of it .70.
_SECOND_SHARE, _AGREEMENT = 0.1, 0.2
_NEIGHBOUR_SHARE, _NEIGHBOURS = 0.2, 3
_ABOVE_TEXT = 1.2  # a question resembles a question more than a text does


class Section(NamedTuple):
    number: str
    address: str


PassageOf = Callable[[Section], Passage | None]
Questions = Iterable[tuple[Section, str]]


def rows_of(questions: Questions) -> dict[PassageKey, str]:
    """What the index holds of each question, by its key."""
    return {_key(section, text): text for section, text in questions}


def publish(folder: Path, questions: Questions, encoder: StaticEncoder, *, anew: bool = False) -> Publication | None:
    """Makes the index hold exactly these; None, and nothing done, where there are none and never were."""
    texts = rows_of(questions)
    if not texts and not folder.exists():
        return None

    def texts_of(keys: Iterable[PassageKey]) -> Iterable[str]:
        return (texts[key] for key in keys)

    return library_index.publish(folder, texts, texts_of, encoder, on_wait=lambda: None, anew=anew)


class EverydayQuestions:
    """Searches the published generation; finds nothing while none is published. Safe to search from several threads."""

    def __init__(self, folder: Path, encoder: StaticEncoder, passage_of: PassageOf) -> None:
        self._opened, self.passage_of = OpenedIndex(folder, encoder), passage_of
        self._glossary = the_glossary()

    def reload(self) -> None:
        """Opens the current generation, if it is another one. Raises IndexUnavailable and keeps the old one."""
        self._opened.reload()

    def sections(self, question: str) -> dict[Section, float]:
        """The sections whose questions are near, and how near: 0 to about 1.3."""
        index = self._opened.index
        if index is None:
            return {}
        scores: dict[Section, list[float]] = {}
        for key, score in index.search(question, _QUESTIONS_ASKED, self._glossary.other_words(question)):
            scores.setdefault(_section(key), []).append(score)
        best = {section: found[0] + _SECOND_SHARE * sum(found[1:2]) for section, found in scores.items()}
        return {section: _ABOVE_TEXT * score for section, score in _with_neighbours(best).items()}


class WithEveryday:
    """The library's search: a passage scores by its text or by its questions, and by the other of them a little."""

    def __init__(self, library: LibrarySearch, everyday: EverydayQuestions) -> None:
        self._library, self._everyday = library, everyday

    def search(self, question: str, k: int, at_least: float = 0.0) -> list[ScoredPassage]:
        sections = self._everyday.sections(question)
        if not sections:
            return list(self._library.search(question, k, at_least))
        found = [_both(one, sections) for one in self._library.search(question, max(k, _CONSIDERED))]
        # Only what would stand among the k best is looked up.
        least = sorted((one.score for one in found), reverse=True)[k - 1] if len(found) >= k > 0 else 0.0
        nearest = sorted(sections.items(), key=lambda item: -item[1])[:k]
        for section, score in nearest:
            passage = self._everyday.passage_of(section) if score >= max(least, at_least) else None
            if passage is not None:
                found.append(ScoredPassage(passage, score, {"everyday": score}))
        best = sorted(found, key=lambda scored: -scored.score)[:k]
        return [scored for scored in best if scored.score >= at_least]


def _both(one: ScoredPassage, sections: dict[Section, float]) -> ScoredPassage:
    """With what the section's questions say. Taken out of `sections`: of a long section, the passage that fits best."""
    by_questions = sections.pop(_section_of(one.passage), None)
    if by_questions is None:
        return one
    more, less = max(one.score, by_questions), min(one.score, by_questions)
    return replace(one, score=more + _AGREEMENT * less, parts={**one.parts, "everyday": by_questions})


def _with_neighbours(scores: dict[Section, float]) -> dict[Section, float]:
    """A section whose statute has others that are near is more likely the right one. Scores keep their scale."""
    by_statute: dict[str, list[float]] = {}
    for section, score in scores.items():
        by_statute.setdefault(section.number, []).append(score)
    whole = {number: sum(sorted(some)[-_NEIGHBOURS:]) / _NEIGHBOURS for number, some in by_statute.items()}
    return {
        section: (score + _NEIGHBOUR_SHARE * whole[section.number]) / (1 + _NEIGHBOUR_SHARE)
        for section, score in scores.items()
    }


def _section_of(passage: Passage) -> Section:
    """ "3 kap. 5 § – Anmälan" in "sfs-1990-52" -> ("1990:52", "3 kap. 5 §"); of another document, no one's."""
    number = passage.document_id.removeprefix("sfs-").replace("-", ":", 1)
    return Section(number, passage.heading.partition(" – ")[0])


def _key(section: Section, text: str) -> PassageKey:
    return _SEPARATOR.join(section), hashlib.sha256(text.encode()).hexdigest()[:16]


def _section(key: PassageKey) -> Section:
    number, _, address = key[0].partition(_SEPARATOR)
    return Section(number, address)
