"""The retriever of curated passages: both indexes asked, scores fused, what was kept and rejected, the time taken."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..datatypes import LEGS, Passage, ScoredPassage, SearchResult
from ..errors import IndexUnavailable
from ..nationals import the_nationals
from ..seams import Encoder, Reranker, Vectors
from . import fusion, generations
from .analysis import Analyzer, content_words
from .close_calls import CANDIDATES, CloseCalls
from .coverage import Coverage
from .directions import PassageDirections
from .encoders.static import StaticEncoder
from .entries import entries_of
from .glossary import the_glossary
from .ordinary_words import ordinary_words
from .spelling import SpellingCorrector
from .subject import SubjectModel

_ROWS_ASKED = 400  # entries a leg; a passage has about a dozen
_OTHER_WORDS_WEIGHT = 0.15  # what the glossary adds, beside what was really said
_RERANKED = 24  # passages that late interaction looks at: their bodies, and those of their phrasings that were found
# Weight of the search that also reads the question before, by how many words of its own a follow-up brings.
_OWN_SUBJECT_FROM, _WEAK_CONTEXT_SHARE, _BETTER = 2, 0.3, 1.15
_CONTEXT_SHARES = (1.0, 0.8, 0.7, 0.6)


_Found = tuple[fusion.Scores, fusion.Legs]


class _Serving(NamedTuple):
    """What one search sees, swapped as a whole."""

    generation: generations.Generation
    passages: Sequence[Passage]
    document_of: NDArray[np.int64]  # numbered
    spelling: SpellingCorrector
    coverage: Coverage
    close_calls: CloseCalls | None


class HybridRetriever:
    """Searches the published generation; `reload` swaps in a newer one while searches go on."""

    def __init__(
        self,
        folder: Path,
        encoder: Encoder,
        pieces: StaticEncoder,
        subject: SubjectModel,
        load_passages: Callable[[], Sequence[Passage]],
        reranker: Reranker | None = None,
        directions: PassageDirections | None = None,
    ) -> None:
        """`directions` are looked at again where the search is undecided (close_calls.py)."""
        self._folder, self._encoder, self._load_passages = folder, encoder, load_passages
        self._pieces, self._subject, self._reranker, self._directions = pieces, subject, reranker, directions
        self._glossary, self._nationals = the_glossary(), the_nationals()
        self._analyzer = Analyzer()
        self._ordinary_words = ordinary_words()
        self._serving: _Serving | None = None

    @property
    def generation(self) -> str | None:
        return self._serving.generation.name if self._serving else None

    def reload(self) -> None:
        """Opens the current generation. Raises IndexUnavailable, and keeps serving the old one, where that fails."""
        passages = self._load_passages()
        generation = generations.open_current(self._folder, self._pieces)
        if generation.manifest.fingerprint != generations.fingerprint(passages, self._encoder, self._pieces):
            raise IndexUnavailable("the index was built from another corpus, encoder or analysis")
        spelling = SpellingCorrector(
            (entry.text for entry in entries_of(passages)), self._analyzer.compounds, self._ordinary_words
        )
        _, document_of = np.unique([passage.document_id for passage in passages], return_inverse=True)
        coverage = Coverage(self._analyzer, generation.lexical.rarity_of)
        close_calls = CloseCalls(passages, self._directions) if self._directions else None
        self._serving = _Serving(generation, passages, document_of, spelling, coverage, close_calls)

    def search(self, question: str, k: int, *, context: str | None = None, leans_openly: bool = True) -> SearchResult:
        """The k best passages. With `context` (the question before), a follow-up is also searched together with it.

        `leans_openly`: it says itself that it leans ("och …", "… honom"), and is not only short.
        """
        if self._serving is None:
            raise IndexUnavailable("no index is loaded")
        generation, passages, document_of, spelling, coverage, close_calls = self._serving
        timings: dict[str, float] = {}
        question = spelling.corrected(question)
        context = context and self._nationals.told(spelling.corrected(context))
        scores, legs, subject = self._alone(generation, question, timings)
        if context:
            alone = subject
            scores, legs, subject = self._with_context(question, context, (scores, legs), leans_openly, timings)
            if not leans_openly and len(content_words(question)) > 1:
                # One with a subject of its own must not be carried by the question before ("hur bakar man bröd?").
                subject = (alone + subject) / 2
        found = np.flatnonzero(legs.any(axis=1))
        scores = fusion.with_neighbours(scores, document_of)
        best = found[np.argsort(-scores[found], kind="stable")][: max(2 * k, CANDIDATES)]
        whole = f"{context} {question}" if context else question
        ordered = scores[best]  # stays: what is near in score is exchanged, and how sure the search is remains
        if close_calls:
            started = time.perf_counter()
            best = best[close_calls.order(whole, best.tolist(), ordered)]
            timings["second_look"] = (time.perf_counter() - started) * 1000
        scored = [
            ScoredPassage(passages[number], score, dict(zip(LEGS, parts, strict=True)))
            for number, score, parts in zip(best.tolist(), ordered.tolist(), legs[best].tolist(), strict=True)
        ]
        scored = self._reranked(whole, scored, timings)
        covered = coverage.share(whole, [one.passage for one in scored])
        return SearchResult(tuple(scored[:k]), tuple(scored[k : 2 * k]), timings, subject, covered, question)

    def _alone(
        self, generation: generations.Generation, question: str, timings: dict[str, float]
    ) -> tuple[fusion.Scores, fusion.Legs, float]:
        """Without what went before. A person called by their country is also searched as an EU citizen."""
        tokens = self._analyzer.tokens(question)
        scores, legs = self._scores(generation, question, tokens, timings)
        told = self._nationals.told(question)
        if told != question:
            # Together: "(EU-medborgare)" alone would draw every such question to who belongs to the group.
            tokens = self._analyzer.tokens(told)
            as_told, legs_as_told = self._scores(generation, told, tokens, timings)
            scores, legs = (scores + as_told) / 2, np.maximum(legs, legs_as_told)
        return scores, legs, self._subject.score(tokens)

    def _reranked(self, question: str, scored: list[ScoredPassage], timings: dict[str, float]) -> list[ScoredPassage]:
        if self._reranker is None:
            return scored
        started = time.perf_counter()
        weight = self._reranker.weight
        texts = [f"{one.passage.heading} {one.passage.text}" for one in scored]
        read = self._reranker.scores(question, texts)
        timings["reranker"] = (time.perf_counter() - started) * 1000
        again = [
            replace(one, score=(1 - weight) * one.score + weight * score)
            for one, score in zip(scored, read, strict=True)
        ]
        return sorted(again, key=lambda one: -one.score)

    def _with_context(
        self, question: str, context: str, alone: _Found, leans_openly: bool, timings: dict[str, float]
    ) -> tuple[fusion.Scores, fusion.Legs, float]:
        """A follow-up, searched together with what it leans on, and drawn to the documents that this is about."""
        assert self._serving is not None
        generation, document_of = self._serving.generation, self._serving.document_of
        scores, legs = alone
        whole = f"{context} {question}"
        tokens = self._analyzer.tokens(whole)
        with_context, legs_with_context = self._scores(generation, whole, tokens, timings)
        own = len(content_words(question))
        share = _CONTEXT_SHARES[min(own, len(_CONTEXT_SHARES) - 1)]
        # "Och hur når jag ambassaden?" finds more without what it follows.
        better_alone = scores.max(initial=0.0) >= _BETTER * with_context.max(initial=0.0)
        if own >= _OWN_SUBJECT_FROM and (better_alone or not leans_openly):
            share = _WEAK_CONTEXT_SHARE
        scores = (1 - share) * scores + share * with_context
        legs = np.maximum(legs, legs_with_context)  # what a follow-up leaves unsaid, the question before has said
        if share > _WEAK_CONTEXT_SHARE:
            before, _ = self._scores(generation, context, self._analyzer.tokens(context), timings)
            scores = fusion.near_documents(scores, before, document_of)
        return scores, legs, self._subject.score(tokens)

    def _scores(
        self, generation: generations.Generation, text: str, tokens: Sequence[str], timings: dict[str, float]
    ) -> _Found:
        other_words = self._glossary.other_words(text)
        started = time.perf_counter()
        lexical, ceiling = generation.lexical.search(
            tokens, _ROWS_ASKED, self._analyzer.word_tokens(other_words), _OTHER_WORDS_WEIGHT
        )
        between = time.perf_counter()
        vector = self._vector(text, other_words)
        dense = generation.vectors.search(vector, _ROWS_ASKED)
        ended = time.perf_counter()
        timings["lexical"] = timings.get("lexical", 0.0) + (between - started) * 1000
        timings["dense"] = timings.get("dense", 0.0) + (ended - between) * 1000
        legs = generation.rows.legs(lexical, ceiling, dense)
        started = time.perf_counter()
        found = np.flatnonzero(legs.any(axis=1))
        legs[found, fusion.SENTENCES] = generation.sentences.nearness(vector)[found]
        near = found[np.argsort(-fusion.fuse(legs[found], self._encoder.weight), kind="stable")][:_RERANKED]
        rows = generation.rows.of(near, [row for row, _ in (*lexical, *dense)])
        if len(rows):
            generation.rows.add_late(legs, rows, generation.late.scores(self._pieces.pieces(text), rows))
        timings["late"] = timings.get("late", 0.0) + (time.perf_counter() - started) * 1000
        return fusion.fuse(legs, self._encoder.weight, fusion.LATE_SHARE, fusion.SENTENCE_SHARE), legs

    def _vector(self, text: str, other_words: str) -> Vectors:
        """The question's vector, drawn a little towards its other words. Shape (1, dimensions), length 1 or 0."""
        if not other_words:
            return self._encoder.encode_queries([text])
        plain, wider = self._encoder.encode_queries([text, f"{text} {other_words}"])
        mixed = (1 - _OTHER_WORDS_WEIGHT) * plain + _OTHER_WORDS_WEIGHT * wider
        return np.asarray(mixed / max(float(np.linalg.norm(mixed)), 1e-9)).reshape(1, -1)
