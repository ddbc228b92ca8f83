"""How near a question is to what a passage concludes, and to the nearest of its sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import IndexUnavailable
from knowledge.retrieval.encoders.static import embedded_encoder
from knowledge.retrieval.sentence_vectors import CONCLUSION_SHARE, SentenceVectors, write_sentence_vectors
from tests.conftest import MakePassage

FARE = "Kommunen kan betala biljetten hem."
CHILD = "Ett barn har rätt till skola."
OTHER = "Källan är från 2018."


@pytest.fixture
def nearness(make_passage: MakePassage, tmp_path: Path) -> dict[str, float]:
    """Of each passage, to a question that is word for word one of its sentences."""
    encoder = embedded_encoder()
    texts = {"a/forst": f"{FARE} {OTHER}", "a/sist": f"{OTHER} {FARE}", "a/annat": f"{CHILD} {OTHER}"}
    write_sentence_vectors(tmp_path, [make_passage(key, text) for key, text in texts.items()], encoder)
    found = SentenceVectors(tmp_path).nearness(encoder.encode_queries([FARE]))
    return dict(zip(texts, found.tolist(), strict=True))


def test_one_that_concludes_it_is_nearer_than_one_that_also_says_it(nearness: dict[str, float]) -> None:
    assert nearness["a/forst"] == pytest.approx(1.0, abs=0.01)
    assert nearness["a/forst"] > nearness["a/sist"] > nearness["a/annat"]


def test_one_that_says_it_last_has_what_the_nearest_sentence_counts_for(nearness: dict[str, float]) -> None:
    assert nearness["a/sist"] >= 1 - CONCLUSION_SHARE - 0.15


def test_no_passages_is_no_nearness(tmp_path: Path) -> None:
    encoder = embedded_encoder()
    write_sentence_vectors(tmp_path, [], encoder)
    assert SentenceVectors(tmp_path).nearness(encoder.encode_queries([FARE])).shape == (0,)


def test_a_question_without_a_known_word_is_near_to_nothing(make_passage: MakePassage, tmp_path: Path) -> None:
    encoder = embedded_encoder()
    write_sentence_vectors(tmp_path, [make_passage("a/ett", FARE)], encoder)
    assert SentenceVectors(tmp_path).nearness(encoder.encode_queries(["???"])).tolist() == [0.0]


@pytest.mark.parametrize("broken", ["sentences.npy", "sentence_begins.npy"])
def test_a_file_that_is_missing_or_cut_short_is_said(make_passage: MakePassage, tmp_path: Path, broken: str) -> None:
    write_sentence_vectors(tmp_path, [make_passage("a/ett", FARE)], embedded_encoder())
    (tmp_path / broken).write_bytes(b"cut")
    with pytest.raises(IndexUnavailable, match="sentence vectors"):
        SentenceVectors(tmp_path)
    (tmp_path / broken).unlink()
    with pytest.raises(IndexUnavailable, match="sentence vectors"):
        SentenceVectors(tmp_path)
