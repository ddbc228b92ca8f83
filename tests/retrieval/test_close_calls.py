"""A second look where the search is undecided, and none where it is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from knowledge.datatypes import Passage
from knowledge.retrieval import generations
from knowledge.retrieval.close_calls import CANDIDATES, UNDECIDED, CloseCalls, is_undecided
from knowledge.retrieval.directions import PassageDirections
from knowledge.retrieval.encoders.hashing import HashingEncoder
from knowledge.retrieval.encoders.static import StaticEncoder
from knowledge.retrieval.search import HybridRetriever
from knowledge.retrieval.subject import SubjectModel
from knowledge.seams import Vectors

NEARLY = 1 - UNDECIDED / 2
SCORES = np.array([1.0, NEARLY, 0.9, 0.2])


class Sees(HashingEncoder):
    """Reads one word alone: where a text has it, it is near every question."""

    name = "sees"
    dimensions = 2

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word, self.asked, self.read = word, 0, ""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked += len(texts)
        self.read = texts[-1]
        return np.array([[1.0, 0.0]] * len(texts), np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.array([[1.0, 0.0] if self._word in text else [0.0, 1.0] for text in texts], np.float32)


def _seeing(word: str) -> PassageDirections:
    return PassageDirections(Sees(word))


@pytest.fixture
def four(make_passage: Callable[..., Passage]) -> list[Passage]:
    return [make_passage(f"a/{word}", f"Om {word}.", phrasings=[word]) for word in ("buss", "tåg", "båt", "flyg")]


def test_the_second_comes_first_where_it_says_what_is_asked(four: list[Passage]) -> None:
    assert CloseCalls(four, _seeing("tåg")).order("resa", [0, 1, 2, 3], SCORES) == [1, 0, 2, 3]


def test_what_leads_stays_where_it_fits_as_well(four: list[Passage]) -> None:
    assert CloseCalls(four, _seeing("buss")).order("resa", [0, 1, 2, 3], SCORES) == [0, 1, 2, 3]


def test_what_comes_after_the_candidates_stays_there(make_passage: Callable[..., Passage]) -> None:
    many = [make_passage(f"a/{n}", f"Om {n}.", phrasings=[f"väg {n}"]) for n in range(CANDIDATES)]
    last = make_passage("a/flyg", "Om flyg.", phrasings=["flyg"])
    scores = np.array([1.0, NEARLY, *[0.9] * (CANDIDATES - 1)])
    order = CloseCalls([*many, last], _seeing("flyg")).order("resa", range(CANDIDATES + 1), scores)
    assert order == list(range(CANDIDATES + 1))


def test_a_passage_without_other_questions_is_taken(make_passage: Callable[..., Passage]) -> None:
    bare = [make_passage("a/ett", "", phrasings=[]), make_passage("a/två", "Om två.", phrasings=[])]
    assert sorted(CloseCalls(bare, _seeing("två")).order("två", [0, 1], np.array([1.0, NEARLY]))) == [0, 1]


@pytest.mark.parametrize(
    ("scores", "undecided"),
    [([1.0, NEARLY], True), ([1.0, 1.0], True), ([1.0, 1 - 2 * UNDECIDED], False), ([1.0], False), ([], False)],
)
def test_undecided_is_the_second_close_behind(scores: list[float], undecided: bool) -> None:
    assert is_undecided(np.array(scores)) is undecided
    assert is_undecided(np.zeros(2)) is False  # nothing was found


def test_a_search_looks_again_only_where_it_is_undecided(
    tmp_path_factory: pytest.TempPathFactory, four: list[Passage], neutral: SubjectModel, pieces: StaticEncoder
) -> None:
    folder = tmp_path_factory.mktemp("index")
    generations.publish(folder, four, HashingEncoder(), pieces)
    for word in ("tåg", "båt"):
        again = Sees(word)
        directions = PassageDirections(again)
        retriever = HybridRetriever(folder, HashingEncoder(), pieces, neutral, lambda: four, directions=directions)
        retriever.reload()
        decided = retriever.search("flyg", 4)
        assert (decided.kept[0].passage.id, again.asked) == ("a/flyg", 0)
        found = retriever.search("tåg eller båt", 4)
        assert (found.kept[0].passage.id, again.asked) == (f"a/{word}", 1)
        scores = [one.score for one in found.kept]
        assert scores == sorted(scores, reverse=True)
        retriever.search("och då?", 4, context="tåg eller båt")  # a follow-up is read with what it leans on
        assert (again.asked, again.read) == (2, "tåg eller båt och då?")
