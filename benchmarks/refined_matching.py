"""How often a question gets the refined answer that was written for it: phrasings of the corpus, held back.

Every passage is taken as an approved answer with its heading and four of its phrasings; the others are asked.

    python -m benchmarks.refined_matching [--seed 1]
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Iterator, Mapping

from knowledge.bootstrap.parts import passages_of
from knowledge.datatypes import Passage
from knowledge.ingestion.readers.corpus_markdown import CorpusMarkdownReader
from knowledge.refinement.datatypes import Content, LiveAnswer, Person, Wording
from knowledge.refinement.matching import NEAR, LiveAnswers
from knowledge.retrieval.analysis import content_words
from knowledge.retrieval.encoders.static import embedded_encoder
from knowledge.settings import PACKAGE

_KEPT = 4  # phrasings that the answer has; the rest are asked
_NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class Approved:
    """A reader of answers that never change."""

    def __init__(self, answers: Mapping[str, LiveAnswer]) -> None:
        self._answers = answers

    def version(self) -> int:
        return 1

    def since(self, _version: int, /) -> Mapping[str, LiveAnswer | None]:
        return self._answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="which phrasings are held back")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    passages = passages_of(CorpusMarkdownReader().read(PACKAGE / "corpus"))
    answers: dict[str, LiveAnswer] = {}
    held_back: list[tuple[str, str]] = []
    for passage in passages:
        phrasings = list(passage.phrasings)
        chance.shuffle(phrasings)
        answers[passage.id] = _answer(passage, phrasings[:_KEPT])
        held_back += [(phrasing, passage.id) for phrasing in phrasings[_KEPT:]]
    live = LiveAnswers(Approved(answers), embedded_encoder(), content_words)
    for name, met in (("near and clearly nearer", True), ("near alone", False)):
        rightly = list(_met(live, held_back, with_margin=met))
        share = sum(rightly) / len(rightly) if rightly else 0.0
        print(f"{name}: {len(rightly)} of {len(held_back)} questions met, {share:.3f} of them rightly")


def _answer(passage: Passage, phrasings: list[str]) -> LiveAnswer:
    wording = Wording("sv", passage.heading, passage.text, tuple(phrasings))
    return LiveAnswer(passage.id, 1, Content((wording,), ()), _NOW, Person("", ""))


def _met(live: LiveAnswers, asked: list[tuple[str, str]], *, with_margin: bool) -> Iterator[bool]:
    """For each question that is met: whether by its own answer."""
    for question, wanted in asked:
        found = live.nearest(question, "sv", None)
        if found and (live.is_met(found, 0.0) if with_margin else found[0].score >= NEAR):
            yield found[0].answer.id == wanted


if __name__ == "__main__":
    main()
