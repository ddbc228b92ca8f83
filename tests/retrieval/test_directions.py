"""Each passage's direction: the one that was learnt, or the mean of its questions where it is newer than the model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge.datatypes import Document, Passage
from knowledge.errors import IndexUnavailable
from knowledge.retrieval.directions import DIRECTIONS, Learnt, PassageDirections
from knowledge.retrieval.encoders.hashing import HashingEncoder
from knowledge.retrieval.encoders.transformer import EMBEDDED_TRANSFORMER, TransformerEncoder

SHARE = 0.8


@pytest.fixture
def two(make_passage: Callable[..., Passage]) -> list[Passage]:
    return [
        make_passage(f"a/{word}", f"Om {word}.", phrasings=[f"{word} här", f"{word} nu"]) for word in ("tåg", "båt")
    ]


def _learnt(passage: str) -> Learnt:
    return Learnt({passage: HashingEncoder().encode_queries(["lärt"])[0]}, SHARE)


def test_what_was_learnt_stands_and_a_newer_passage_has_the_mean_of_its_questions(
    tmp_path: Path, two: list[Passage]
) -> None:
    encoder = HashingEncoder()
    _learnt("a/tåg").save(tmp_path)
    directions = PassageDirections.load(tmp_path, encoder)
    known, newer = directions.of(two)
    assert known == pytest.approx(encoder.encode_queries(["lärt"])[0], abs=1e-3)
    mean = encoder.encode_passages([two[1].heading, *two[1].phrasings]).mean(axis=0)
    assert newer == pytest.approx(SHARE * mean / np.linalg.norm(mean), abs=1e-3)


def test_a_question_is_nearer_to_the_newer_passage_that_answers_it(two: list[Passage]) -> None:
    directions = PassageDirections(HashingEncoder())
    nearness = directions.of(two) @ directions.question("båt här")
    assert nearness[1] > nearness[0]


@pytest.mark.parametrize("content", [None, b"", b"PK not a zip", b"PK\x03\x04cut short"])
def test_directions_that_cannot_be_read_are_unavailable(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / DIRECTIONS).write_bytes(content)
    with pytest.raises(IndexUnavailable, match=DIRECTIONS):
        PassageDirections.load(tmp_path, HashingEncoder())


def test_directions_of_another_model_are_unavailable(tmp_path: Path) -> None:
    Learnt({"a/tåg": np.zeros(2, np.float32)}, SHARE).save(tmp_path)
    with pytest.raises(IndexUnavailable, match="dimensions"):
        PassageDirections.load(tmp_path, HashingEncoder())


def test_the_shipped_ones_tell_the_passage_of_its_own_heading(corpus: tuple[Document, ...]) -> None:
    """Most of the time: two headings of one topic may ask nearly the same."""
    directions = PassageDirections.load(EMBEDDED_TRANSFORMER, TransformerEncoder())
    passages = [passage for document in corpus for passage in document.passages]
    vectors = directions.of(passages)
    some = range(0, len(passages), 5)
    found = [int(np.argmax(vectors @ directions.question(passages[number].heading))) for number in some]
    assert np.mean([number == at for number, at in zip(found, some, strict=True)]) > 0.9
