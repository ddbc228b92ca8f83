"""The retriever: both indexes asked, their scores fused, what was kept and rejected with the time each took."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..datatypes import Passage, ScoredPassage, SearchResult
from ..errors import IndexUnavailable
from ..seams import Encoder, Vectors
from . import fusion, generations
from .analysis import Analyzer
from .glossary import Glossary
from .subject import SubjectModel

_ROWS_ASKED = 400  # entries a leg; a passage has about a dozen
_OTHER_WORDS_WEIGHT = 0.3  # what the glossary adds, beside what was really said
_CONTEXT_SHARE = 0.6  # weight of the search that also reads the question before


class _Serving(NamedTuple):
    """What one search sees, swapped as a whole."""

    generation: generations.Generation
    passages: Sequence[Passage]
    document_of: Sequence[str]


class HybridRetriever:
    """Searches the published generation; `reload` swaps in a newer one while searches go on."""

    def __init__(
        self, folder: Path, encoder: Encoder, subject: SubjectModel, load_passages: Callable[[], Sequence[Passage]]
    ) -> None:
        self._folder, self._encoder, self._load_passages = folder, encoder, load_passages
        self._subject = subject
        self._glossary = Glossary()
        self._analyzer = Analyzer()
        self._serving: _Serving | None = None

    @property
    def generation(self) -> str | None:
        return self._serving.generation.name if self._serving else None

    def reload(self) -> None:
        """Opens the current generation. Raises IndexUnavailable, and keeps serving the old one, where that fails."""
        passages = self._load_passages()
        generation = generations.open_current(self._folder)
        if generation.manifest.fingerprint != generations.fingerprint(passages, self._encoder):
            raise IndexUnavailable("the index was built from another corpus, encoder or analysis")
        self._serving = _Serving(generation, passages, [passage.document_id for passage in passages])

    def search(self, question: str, k: int, *, context: str | None = None) -> SearchResult:
        """The k best passages. With `context` (the question before), a follow-up is also searched together with it."""
        if self._serving is None:
            raise IndexUnavailable("no index is loaded")
        generation, passages, document_of = self._serving
        timings: dict[str, float] = {}
        tokens = self._analyzer.tokens(question)
        scores, legs = self._scores(generation, question, tokens, timings)
        if context:
            whole = f"{context} {question}"
            tokens = self._analyzer.tokens(whole)
            with_context, legs_with_context = self._scores(generation, whole, tokens, timings)
            for passage, score in with_context.items():
                scores[passage] = (1 - _CONTEXT_SHARE) * scores.get(passage, 0.0) + _CONTEXT_SHARE * score
                legs[passage] = _greater(legs.get(passage), legs_with_context[passage])
        scores = fusion.with_neighbours(scores, document_of)
        subject = self._subject.score(tokens)  # of the whole, where there is a context
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[: 2 * k]
        scored = tuple(ScoredPassage(passages[number], score, legs[number]) for number, score in ranked)
        return SearchResult(scored[:k], scored[k:], timings, subject)

    def _scores(
        self, generation: generations.Generation, text: str, tokens: Sequence[str], timings: dict[str, float]
    ) -> tuple[dict[int, float], dict[int, fusion.Legs]]:
        other_words = self._glossary.other_words(text)
        started = time.perf_counter()
        lexical, ceiling = generation.lexical.search(
            tokens, _ROWS_ASKED, self._analyzer.word_tokens(other_words), _OTHER_WORDS_WEIGHT
        )
        between = time.perf_counter()
        dense = generation.vectors.search(self._vector(text, other_words), _ROWS_ASKED)
        ended = time.perf_counter()
        timings["lexical"] = timings.get("lexical", 0.0) + (between - started) * 1000
        timings["dense"] = timings.get("dense", 0.0) + (ended - between) * 1000
        legs = generation.rows.legs(lexical, ceiling, dense)
        return {passage: fusion.fuse(found, self._encoder.weight) for passage, found in legs.items()}, legs

    def _vector(self, text: str, other_words: str) -> Vectors:
        """The question's vector, drawn a little towards its other words. Shape (1, dimensions), length 1 or 0."""
        if not other_words:
            return self._encoder.encode_queries([text])
        plain, wider = self._encoder.encode_queries([text, f"{text} {other_words}"])
        mixed = (1 - _OTHER_WORDS_WEIGHT) * plain + _OTHER_WORDS_WEIGHT * wider
        return np.asarray(mixed / max(float(np.linalg.norm(mixed)), 1e-9)).reshape(1, -1)


def _greater(alone: fusion.Legs | None, with_context: fusion.Legs) -> fusion.Legs:
    """Leg by leg: what a follow-up leaves unsaid, the question before has said."""
    return {leg: max(score, alone[leg]) for leg, score in with_context.items()} if alone else with_context
