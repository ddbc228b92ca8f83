"""Which passages answer the same question: phrasings of the corpus, held back a tenth at a time and asked.

    python -m benchmarks.overlaps [--shown 30]

A phrasing whose place another passage takes is either at the wrong passage, or its passage and the other answer the
same question: such two belong together (CONTRIBUTING.md, "Write a topic"). The embedded encoder has read the phrasings,
so the shares are better than those of questions never seen; the order of the pairs is what counts.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.bootstrap.parts import passages_of
from knowledge.datatypes import Passage
from knowledge.ingestion.readers.corpus_markdown import CorpusMarkdownReader
from knowledge.retrieval import generations
from knowledge.retrieval.encoders.static import embedded_encoder
from knowledge.retrieval.search import HybridRetriever
from knowledge.retrieval.subject import SubjectModel
from knowledge.settings import PACKAGE

PARTS = 10
Taken = Counter[tuple[str, str]]  # (whose phrasing, which passage came first) -> how often


def asked_without_themselves(passages: Sequence[Passage], parts: int = PARTS) -> Taken:
    """Every phrasing is asked of an index that lacks it; who came first, by home."""
    taken: Taken = Counter()
    encoder = embedded_encoder()
    subject = SubjectModel.load(PACKAGE / "retrieval" / "subject.npz")
    for part in range(parts):
        lacking = [_without(passage, part, parts) for passage in passages]
        with tempfile.TemporaryDirectory(prefix="radgivaren-overlaps-") as folder:
            generations.publish(Path(folder), lacking, encoder, encoder)
            retriever = HybridRetriever(Path(folder), encoder, encoder, subject, lambda: lacking)  # noqa: B023  (used here)
            retriever.reload()
            for passage in passages:
                for phrasing in _held_back(passage, part, parts):
                    taken[passage.id, retriever.search(phrasing, 1).kept[0].passage.id] += 1
    return taken


def _held_back(passage: Passage, part: int, parts: int) -> Iterator[str]:
    yield from passage.phrasings[part::parts]
    yield from passage.phrasings_en[part::parts]


def _without(passage: Passage, part: int, parts: int) -> Passage:
    gone = set(_held_back(passage, part, parts))
    left, left_en = (
        tuple(phrasing for phrasing in some if phrasing not in gone)
        for some in (passage.phrasings, passage.phrasings_en)
    )
    return replace(passage, phrasings=left, phrasings_en=left_en)


def pairs(taken: Taken) -> list[tuple[float, str, str]]:
    """Passages that take each other's phrasings, and the share of both's that they take; the most alike first."""
    asked: Counter[str] = Counter()
    for (home, _), times in taken.items():
        asked[home] += times
    both: Counter[tuple[str, str]] = Counter()
    for (home, first), times in taken.items():
        if home != first:
            both[min(home, first), max(home, first)] += times
    found = [(times / (asked[one] + asked[other]), one, other) for (one, other), times in both.items()]
    return sorted(found, reverse=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shown", type=int, default=30, help="how many pairs")
    given = parser.parse_args()
    taken = asked_without_themselves(passages_of(CorpusMarkdownReader().read(PACKAGE / "corpus")))
    own = sum(times for (home, first), times in taken.items() if home == first)
    print(f"{own / taken.total():.3f} of {taken.total()} phrasings find their own passage")
    for share, one, other in pairs(taken)[: given.shown]:
        print(f"{share:.2f}  {one}  {other}")


if __name__ == "__main__":
    main()
