"""Does an index hold what the store holds, and does it find it? For `index verify`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from .datatypes import Passage
from .errors import IndexUnavailable
from .retrieval.library_index import LibraryIndex, PassageKey
from .retrieval.search import HybridRetriever
from .store.library import SqlLibraryStore

_SAMPLE = 25  # passages looked up by their own text
# Passages with the same text as another one may hide behind it; an index that is wrong misses nearly all.
_FOUND_SHARE = 0.8
_K = 10

T = TypeVar("T")


class Problem(StrEnum):
    NOT_OPENED = "not_opened"
    OTHER_CONTENT = "other_content"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class IndexCheck:
    """Of one collection's index: sound where there is no problem."""

    collection: str
    generation: str | None
    passages: int
    problem: Problem | None = None
    detail: str = ""


def check_starter(retriever: HybridRetriever, passages: Sequence[Passage]) -> IndexCheck:
    try:
        retriever.reload()  # opens every part, and compares the fingerprint with the store
    except IndexUnavailable as error:
        return IndexCheck("starter", None, 0, Problem.NOT_OPENED, str(error))

    def found(passage: Passage) -> bool:
        kept = retriever.search(f"{passage.heading} {passage.text}"[:1_000], _K).kept
        return any(scored.passage.id == passage.id for scored in kept)

    return _checked("starter", retriever.generation, len(passages), _missed(_sample(passages), found))


def check_library(open_index: Callable[[], LibraryIndex], store: SqlLibraryStore) -> IndexCheck:
    try:
        index = open_index()
    except IndexUnavailable as error:
        return IndexCheck("library", None, 0, Problem.NOT_OPENED, str(error))
    wanted, held = set(store.keys()), index.live_rows().keys()
    if lacking := len(wanted - held):
        return IndexCheck("library", index.name, len(held), Problem.OTHER_CONTENT, f"{lacking} avsnitt saknas")
    if extra := len(held - wanted):
        return IndexCheck("library", index.name, len(held), Problem.OTHER_CONTENT, f"{extra} avsnitt för mycket")
    sample = _sample(sorted(wanted))
    texts: Mapping[PassageKey, str] = dict(zip(sample, store.texts(sample), strict=True))

    def found(key: PassageKey) -> bool:
        return any(near == key for near, _ in index.search(texts[key][:1_000], _K))

    return _checked("library", index.name, len(held), _missed(sample, found))


def check_everyday(open_index: Callable[[], LibraryIndex], wanted: Mapping[PassageKey, str]) -> IndexCheck:
    """`wanted`: the questions about the library's statutes, by key."""
    try:
        index = open_index()
    except IndexUnavailable as error:
        return IndexCheck("everyday", None, 0, Problem.NOT_OPENED, str(error))
    held = index.live_rows().keys()
    if differing := len(wanted.keys() ^ held):
        return IndexCheck("everyday", index.name, len(held), Problem.OTHER_CONTENT, f"{differing} frågor skiljer")

    def found(key: PassageKey) -> bool:
        return any(near == key for near, _ in index.search(wanted[key], _K))

    return _checked("everyday", index.name, len(held), _missed(_sample(sorted(wanted)), found))


def _sample(every: Sequence[T]) -> Sequence[T]:
    """Spread over all of it, and the same each time."""
    return every[:: max(1, len(every) // _SAMPLE)][:_SAMPLE]


def _missed(sample: Sequence[T], found: Callable[[T], bool]) -> tuple[int, int]:
    return sum(not found(one) for one in sample), len(sample)


def _checked(collection: str, generation: str | None, passages: int, missed: tuple[int, int]) -> IndexCheck:
    lost, asked = missed
    if lost > (1 - _FOUND_SHARE) * asked:
        return IndexCheck(collection, generation, passages, Problem.NOT_FOUND, f"{lost} av {asked} i ett stickprov")
    return IndexCheck(collection, generation, passages)
