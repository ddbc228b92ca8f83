"""Search over running text: the library's, and bm25s as MTEB's baseline configures it, on the same pools."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from knowledge.retrieval import passage_search
from knowledge.retrieval.encoders.static import StaticEncoder, embedded_encoder

from ..distorted import DISTORTIONS, PLAIN
from ..intervals import figure
from ..result_files import say
from .pools import Pool, with_distractors

OURS = "radgivaren"
BM25S = {"bm25s, English": ("en", "english"), "bm25s, Swedish": ("sv", "swedish")}  # stop words, stemmer
DEPTH = 10
ALL = "all"

Search = Callable[[str], Sequence[int]]
Ranks = list[int | None]
SCORES: dict[str, Callable[[int | None], float]] = {
    "ndcg@10": lambda rank: 1 / math.log2(rank + 1) if rank else 0.0,
    "hit@1": lambda rank: float(rank == 1),
    "mrr@10": lambda rank: 1 / rank if rank else 0.0,
}


def measure(
    pools: Sequence[Pool], distractors: Sequence[str], counts: Sequence[int], rounds: int
) -> list[dict[str, Any]]:
    """A row for each pool, number of distractors and way of writing; distorted questions without distractors alone."""
    encoder = embedded_encoder()
    rows = []
    for pool in pools:
        for count in sorted(set(counts)):
            if count > len(distractors):
                say(f"{pool.name}: left out, no {count:,} distractors")
                continue
            say(f"{pool.name}, {count:,} distractors …")
            filled = with_distractors(pool, distractors[:count])
            ways = {PLAIN: str} | (DISTORTIONS if count == min(counts) else {})
            rows += [row | {"distractors": count} for row in _rows(filled, ways, encoder, rounds)]
    return rows


def _rows(
    pool: Pool, ways: dict[str, Callable[[str], str]], encoder: StaticEncoder, rounds: int
) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="radgivaren-benchmark-") as folder:
        searches = {OURS: _ours(pool.texts, Path(folder) / "index", encoder)}
        searches |= {name: _bm25s(pool.texts, *setting) for name, setting in BM25S.items()}
        rows = []
        for way, write in ways.items():
            ranks = {
                name: [
                    rank_of(search(write(question)), right)
                    for question, right in zip(pool.questions, pool.right, strict=True)
                ]
                for name, search in searches.items()
            }
            of_files = [ALL] + (sorted(set(pool.files)) if len(set(pool.files)) > 1 and way == PLAIN else [])
            for file in of_files:
                kept = [at for at, name in enumerate(pool.files) if file in (ALL, name)]
                chosen: dict[str, Ranks] = {name: [each[at] for at in kept] for name, each in ranks.items()}
                row = {"pool": pool.name, "passages": len(pool.texts), "written": way, "file": file}
                rows.append(row | figures_of(chosen, rounds))
    return rows


def rank_of(found: Sequence[int], right: frozenset[int]) -> int | None:
    return next((place for place, row in enumerate(found[:DEPTH], start=1) if row in right), None)


def figures_of(ranks: dict[str, Ranks], rounds: int) -> dict[str, Any]:
    """Each system's scores, and how far ours are ahead of each other one's, question against question."""
    scores = {
        system: {name: [score(rank) for rank in each] for name, score in SCORES.items()}
        for system, each in ranks.items()
    }
    ours = scores[OURS]
    return {
        "systems": {
            system: {name: figure(values, rounds=rounds) for name, values in each.items()}
            for system, each in scores.items()
        },
        "ahead_of": {
            system: {
                name: figure([own - other for own, other in zip(ours[name], values, strict=True)], rounds=rounds)
                for name, values in each.items()
            }
            for system, each in scores.items()
            if system != OURS
        },
    }


def _ours(texts: Sequence[str], folder: Path, encoder: StaticEncoder) -> Search:
    passage_search.build(folder, texts, encoder)
    opened = passage_search.PassageSearch(folder, encoder)
    return lambda question: [row for row, _ in opened.search(question, DEPTH)]


def _bm25s(texts: Sequence[str], stop_words: str, language: str) -> Search:
    """Method lucene, k1 1.5, b 0.75: bm25s's defaults, which MTEB keeps."""
    # Imported here: answers alone are measured without it.
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer(language)
    depth = min(DEPTH, len(texts))

    def tokens(some: Sequence[str]) -> Any:
        return bm25s.tokenize(list(some), stopwords=stop_words, stemmer=stemmer, show_progress=False)

    index = bm25s.BM25()
    index.index(tokens(texts), show_progress=False)

    def search(question: str) -> list[int]:
        rows, scores = index.retrieve(tokens([question]), k=depth, show_progress=False)
        # Rows without a word of the question fill up the ten; they are not found.
        return [int(row) for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    return search
