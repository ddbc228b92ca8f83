"""Sections of statutes found by the everyday questions that they answer, beside what their text is found by.

A library index of its own (library_index.py), a row a question. Its keys name the section; its text is looked up when
it is found, so that what is shown is the wording of today.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
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

_QUESTIONS_A_SECTION = 4  # asked for, so that k sections are among them
_SEPARATOR = "#"
# Chosen by leaving a question of each of 300 sections out and asking it: .32 -> .35 in the first five.
_AGREEMENT = 0.2


class Section(NamedTuple):
    number: str
    address: str


SectionOf = Callable[[Section], Passage | None]
Questions = Iterable[tuple[Section, str]]


def publish(folder: Path, questions: Questions, encoder: StaticEncoder, *, anew: bool = False) -> Publication | None:
    """Makes the index hold exactly these; None, and nothing done, where there are none and never were."""
    texts = {_key(section, text): text for section, text in questions}
    if not texts and not folder.exists():
        return None

    def texts_of(keys: Iterable[PassageKey]) -> Iterable[str]:
        return (texts[key] for key in keys)

    return library_index.publish(folder, texts, texts_of, encoder, on_wait=lambda: None, anew=anew)


class EverydayQuestions:
    """Searches the published generation; finds nothing while none is published. Safe to search from several threads."""

    def __init__(self, folder: Path, encoder: StaticEncoder, section_of: SectionOf) -> None:
        self._opened, self._section_of = OpenedIndex(folder, encoder), section_of
        self._glossary = the_glossary()

    def reload(self) -> None:
        """Opens the current generation, if it is another one. Raises IndexUnavailable and keeps the old one."""
        self._opened.reload()

    def search(self, question: str, k: int, at_least: float = 0.0) -> Sequence[ScoredPassage]:
        """The first passages of the k sections whose questions are nearest, nearest first."""
        index = self._opened.index
        if index is None or k < 1:
            return []
        found: dict[Section, float] = {}
        for key, score in index.search(question, _QUESTIONS_A_SECTION * k, self._glossary.other_words(question)):
            if score >= at_least:
                found.setdefault(_section(key), score)
        passages = [(self._section_of(section), score) for section, score in list(found.items())[:k]]
        return [ScoredPassage(passage, score, {"everyday": score}) for passage, score in passages if passage]


class WithEveryday:
    """The library's search: a passage scores by its text or by its questions, and by the other of them a little."""

    def __init__(self, library: LibrarySearch, everyday: LibrarySearch) -> None:
        self._library, self._everyday = library, everyday

    def search(self, question: str, k: int, at_least: float = 0.0) -> list[ScoredPassage]:
        by_questions = self._everyday.search(question, k)
        # What scores too little by its text may still score enough by both.
        found = {one.passage.id: one for one in self._library.search(question, k, 0.0 if by_questions else at_least)}
        for one in by_questions:
            other = found.get(one.passage.id)
            found[one.passage.id] = one if other is None else _both(one, other)
        best = sorted(found.values(), key=lambda scored: -scored.score)[:k]
        return [scored for scored in best if scored.score >= at_least]


def _both(one: ScoredPassage, other: ScoredPassage) -> ScoredPassage:
    more, less = sorted((one.score, other.score), reverse=True)
    return replace(other, score=more + _AGREEMENT * less, parts={**other.parts, **one.parts})


def _key(section: Section, text: str) -> PassageKey:
    return _SEPARATOR.join(section), hashlib.sha256(text.encode()).hexdigest()[:16]


def _section(key: PassageKey) -> Section:
    number, _, address = key[0].partition(_SEPARATOR)
    return Section(number, address)
