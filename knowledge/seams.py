"""The seams: what answering, ingestion and the edges ask of the parts behind them.

One small Protocol each; the literal dicts of implementations stand where they are built (bootstrap/).
A fake for each ships in knowledge/fakes.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .datatypes import Answer, Contact, ContactFinding, Passage, Place, Question, ScoredPassage, SearchResult
from .refinement.datatypes import Match

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Text to unit vectors of shape (len(texts), dimensions). A text without a known token becomes zeros, never NaN."""

    name: str
    dimensions: int
    weight: float  # its share of the fused score: a property of the model (docs/adr/0003)

    def encode_queries(self, texts: Sequence[str]) -> Vectors: ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors: ...


class Reranker(Protocol):
    """Reads question and passage together. Costly: asked for the best few alone."""

    weight: float  # its share of the score of those

    def scores(self, question: str, texts: Sequence[str], /) -> list[float]: ...


class VectorIndex(Protocol):
    """Vectors only: row numbers in, row numbers and inner products out."""

    def search(self, vector: Vectors, k: int) -> list[tuple[int, float]]: ...


class LexicalIndex(Protocol):
    """Tokens only: row numbers and BM25 scores out, and the sum of the tokens' rarities; `also` tokens count less."""

    def search(
        self, tokens: Sequence[str], k: int, also: Sequence[str] = (), also_weight: float = 0.0
    ) -> tuple[list[tuple[int, float]], float]: ...

    def rarity_of(self, token: str) -> float: ...


class Retriever(Protocol):
    def search(
        self, question: str, k: int, *, context: str | None = None, leans_openly: bool = True
    ) -> SearchResult: ...


class LibrarySearch(Protocol):
    """Passages of the library, best first; those below `at_least` are left out."""

    def search(self, question: str, k: int, at_least: float = 0.0) -> Sequence[ScoredPassage]: ...


class SentenceScorer(Protocol):
    """How much each text has to do with a question, 0 to 1."""

    def scores(self, question: str, texts: Sequence[str], /) -> list[float]:
        """By words: how much of the question each meets, so that a longer text meets no less."""

    def nearness(self, question: str, texts: Sequence[str], /) -> list[float]:
        """By what each says as a whole."""


class SectionFinder(Protocol):
    """The library's statutes, by SFS number and address: "2010:800" and "29 kap. 2 §"."""

    def section(self, number: str, address: str) -> tuple[Passage, ...]:
        """A section's passages in their order, of every wording that there is; empty where there is none."""

    def sections_ending(self, number: str, section: str) -> tuple[Passage, ...]:
        """The same by the last part of the address, "7 §", in whatever chapters it stands."""

    def any_of(self, number: str) -> Passage | None:
        """One passage of the statute: what it tells of its title and time."""

    def number_named(self, name: str) -> str:
        """The number of the statute with that one-word title, "begravningslag"; empty where there is none."""


class RefinedAnswers(Protocol):
    """The approved answers that are live."""

    def nearest(self, question: str, language: str, day: dt.date | None, k: int = 2) -> list[Match]:
        """Those of that language that hold on the day, nearest first, each with its nearest phrasing."""

    def is_met(self, found: Sequence[Match], rival: float) -> bool:
        """Whether the first of them answers the question; `rival`: how near the nearest other passage's phrasing is."""


class CitedPassages(Protocol):
    """Passages by key, of both corpora, current or not."""

    def of(self, keys: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Passage]: ...

    def current_versions(self, ids: Iterable[str]) -> Mapping[str, str]:
        """The version that serves now, of those that have one."""


class ConversationStore(Protocol):
    """What was asked and said, redacted. Each call is one transaction."""

    def earlier_questions(self, conversation_id: str, limit: int) -> tuple[str, ...]: ...

    def record(self, question: Question, answer: Answer) -> None: ...


class ContactReader(Protocol):
    """The table of contacts. `version` is cheap and grows with every change."""

    def version(self) -> int: ...

    def live(self) -> tuple[Contact, ...]: ...


class ContactDirectory(Protocol):
    def find(self, topics: Sequence[str], place: Place | None, text: str) -> tuple[Contact, ...]: ...

    def look_up(self, topics: Sequence[str], place: Place | None, text: str) -> ContactFinding: ...

    def place_in(self, text: str) -> Place | None: ...

    def without_place(self, text: str) -> str: ...

    def place_named(self, municipality: str | None, county: str | None) -> Place | None: ...


class Clock(Protocol):
    def today(self) -> dt.date: ...

    def now(self) -> dt.datetime: ...
