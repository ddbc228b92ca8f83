"""What lies in knowledge/model: small, sound, with a card."""

import json
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from training.measure import load_model

MODEL = Path(__file__).parents[2] / "knowledge" / "model"
MOST_BYTES = 15_000_000


@pytest.fixture(scope="module")
def model() -> SentenceTransformer:
    return load_model(MODEL)


def test_it_is_at_most_15_megabytes() -> None:
    assert sum(file.stat().st_size for file in MODEL.rglob("*") if file.is_file()) <= MOST_BYTES


@pytest.mark.parametrize("text", ["", "???", "  \n", "🙂"])
def test_text_without_a_word_gives_numbers(model: SentenceTransformer, text: str) -> None:
    vector = model.encode(text, normalize_embeddings=True)
    assert np.isfinite(vector).all()


def test_text_without_a_word_gives_the_zero_vector(model: SentenceTransformer) -> None:
    assert not model.encode(["", "???"], normalize_embeddings=True).any()


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("socialbidrag", "ekonomiskt bistånd enligt socialtjänstlagen", "vaccination på barnavårdscentralen"),
        ("shelter for the night", "härbärge och akutboende", "förskola och skola"),
        ("snuten", "polisen", "tandläkaren"),
    ],
)
def test_everyday_words_and_english_lie_near_formal_swedish(
    model: SentenceTransformer, question: str, right: str, wrong: str
) -> None:
    asked, near, far = model.encode([question, right, wrong], normalize_embeddings=True)
    assert asked @ near > asked @ far + 0.1


def test_the_card_shows_the_measured_figures() -> None:
    card = (MODEL / "README.md").read_text(encoding="utf-8")
    figures = json.loads((MODEL / "figures.json").read_text(encoding="utf-8"))
    assert figures
    for figure in figures.values():
        assert figure in card
