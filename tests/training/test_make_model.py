"""The whole recipe on a made-up world: the model loads, ranks right, and learned nothing from held-out text."""

import pytest
from sentence_transformers import SentenceTransformer

from training.corpus_passages import read_corpus
from training.datatypes import Places, Settings
from training.files import read_documents
from training.make_model import STEPS, make_model
from training.measure import load_model


@pytest.fixture(scope="module")
def made(places: Places, small_settings: Settings) -> SentenceTransformer:
    make_model(places, small_settings)
    return load_model(places.out)


def test_each_phrasing_finds_its_passage(made: SentenceTransformer, places: Places) -> None:
    passages, faults = read_corpus(places.corpus)
    assert not faults
    assert len(passages) == 6
    texts = made.encode([f"{passage.heading} {passage.text}" for passage in passages], normalize_embeddings=True)
    for number, passage in enumerate(passages):
        questions = made.encode([*passage.swedish, *passage.english], normalize_embeddings=True)
        assert (questions @ texts.T).argmax(1).tolist() == [number] * len(questions)


def test_held_out_sentences_are_dropped(made: SentenceTransformer, places: Places) -> None:
    documents = list(read_documents(places.documents))
    assert documents
    assert "hemliga" not in str(documents)


def test_same_tokenizer_and_seed_give_the_same_vectors(
    made: SentenceTransformer, places: Places, small_settings: Settings
) -> None:
    # From the tokenizer on: the library that trains it breaks ties by chance.
    before = made.encode("vattnet i brunnen")
    make_model(places, small_settings, first="encode_pairs")
    assert (load_model(places.out).encode("vattnet i brunnen") == before).all()


def test_an_unknown_first_step_names_the_steps(places: Places, small_settings: Settings) -> None:
    with pytest.raises(ValueError, match="read_documents"):
        make_model(places, small_settings, first="no_such_step")


def test_every_step_has_its_own_file() -> None:
    assert [step.__module__ for step in STEPS] == [f"training.steps.{step.__name__}" for step in STEPS]
