"""The contract of an encoder, held over every implementation."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.datatypes import Document
from knowledge.errors import ConfigurationError
from knowledge.retrieval.directions import shown_text
from knowledge.retrieval.encoders.by_setting import make_encoder, make_reranker, make_transformer
from knowledge.retrieval.encoders.centred import CentredEncoder
from knowledge.retrieval.encoders.hashing import HashingEncoder
from knowledge.retrieval.encoders.sentence_transformer import SentenceTransformerEncoder
from knowledge.retrieval.encoders.static import EMBEDDED, EMBEDDED_WEIGHT, embedded_encoder
from knowledge.retrieval.encoders.transformer import EMBEDDED_TRANSFORMER, TransformerEncoder, text_key
from knowledge.seams import Encoder, Vectors
from knowledge.settings import read_settings

TEXTS = ["Vilket bistånd kan en familj få?", "Har barnet rätt till skola?", "Can she see a midwife?"]
SILENT = ["", "???", "   ", "\n"]


def test_unit_vectors_of_the_shape_it_says(encoder: Encoder) -> None:
    for vectors in (encoder.encode_queries(TEXTS), encoder.encode_passages(TEXTS)):
        assert vectors.shape == (len(TEXTS), encoder.dimensions)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


@pytest.mark.parametrize("text", SILENT, ids=repr)
def test_a_text_without_words_is_zeros_never_nan(encoder: Encoder, text: str) -> None:
    for vectors in (encoder.encode_queries([text]), encoder.encode_passages([TEXTS[0], text])[1:]):
        assert vectors.shape == (1, encoder.dimensions)
        assert not np.isnan(vectors).any()
        assert np.linalg.norm(vectors) == pytest.approx(0, abs=1e-6)


def test_the_same_text_gives_the_same_vector_in_any_company(encoder: Encoder) -> None:
    together = encoder.encode_queries(TEXTS)
    alone = np.vstack([encoder.encode_queries([text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-5)
    assert np.array_equal(encoder.encode_queries(TEXTS), together)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert len(encoder.encode_queries([])) == 0


def test_a_near_text_is_nearer_than_a_far_one(encoder: Encoder) -> None:
    asked = encoder.encode_queries(["barnets skola"])[0]
    near, far = encoder.encode_passages(["Barnet går i skola. Barnets skola ligger nära.", "Bussen hem kostar pengar."])
    assert float(asked @ near) > float(asked @ far) + 0.1


def test_a_long_or_strange_text_is_taken(encoder: Encoder) -> None:
    strange = ["ord " * 5000, "\x00\x07", "🙂" * 50, "<script>alert(1)</script>", "Лекар за дете"]
    assert np.isfinite(encoder.encode_queries(strange)).all()


def test_it_has_a_name_and_a_share_of_the_score(encoder: Encoder) -> None:
    assert encoder.name
    assert 0 <= encoder.weight <= 1


def test_the_setting_names_encoder_and_weight() -> None:
    settings = {"ENCODER": "embedded", "KNOWLEDGE_HOST": "127.0.0.1"}
    assert make_encoder(read_settings(settings)).weight == EMBEDDED_WEIGHT
    assert make_encoder(read_settings(settings | {"ENCODER_WEIGHT": "0.9"})).weight == 0.9


def test_a_model_that_does_not_load_is_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[")
    with pytest.raises(ConfigurationError) as raised:
        make_encoder(read_settings({"ENCODER": str(tmp_path), "KNOWLEDGE_HOST": "127.0.0.1"}))
    assert raised.value.setting == "ENCODER"


def test_the_embedded_model_read_directly_is_what_sentence_transformers_makes_of_it() -> None:
    direct, loaded = embedded_encoder(), SentenceTransformerEncoder(str(EMBEDDED), weight=0.5)
    assert direct.name == loaded.name
    texts = [*TEXTS, "uppehållsrätt 2005:716 § 3", *SILENT]
    assert np.allclose(direct.encode_passages(texts), loaded.encode_passages(texts), atol=1e-3)


class _Crowded:
    """As many hub models are: one direction that every text has."""

    name, dimensions, weight = "crowded", HashingEncoder.dimensions, 0.5

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        vectors = HashingEncoder().encode_queries(texts) / 3
        vectors[:, 0] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))

    encode_passages = encode_queries


def test_a_model_that_finds_everything_alike_is_brought_apart() -> None:
    crowded = _Crowded()
    texts = ["Hur söker man bygglov?", "Bussen till sjukhuset är försenad.", "???"]
    assert float(crowded.encode_queries(texts[:1])[0] @ crowded.encode_passages(texts)[1]) > 0.7
    centred = CentredEncoder(crowded)
    asked, (same, other, silent) = centred.encode_queries(texts[:1])[0], centred.encode_passages(texts)
    assert abs(float(asked @ other)) < 0.3
    assert float(asked @ same) > 0.9
    assert not silent.any()
    assert centred.name != crowded.name  # an index of vectors as they were does not fit


def test_pieces_of_one_text_are_those_among_many() -> None:
    encoder = embedded_encoder()
    assert [one.tolist() for one in encoder.pieces_of_all(TEXTS)] == [encoder.pieces(text).tolist() for text in TEXTS]


def test_no_cross_encoder_unless_one_is_named(tmp_path: Path) -> None:
    for named in ({}, {"RERANKER": ""}, {"RERANKER": "none"}):
        assert make_reranker(read_settings({"KNOWLEDGE_HOST": "127.0.0.1"} | named)) is None
    with pytest.raises(ConfigurationError) as raised:
        make_reranker(read_settings({"RERANKER": str(tmp_path / "nowhere"), "KNOWLEDGE_HOST": "127.0.0.1"}))
    assert raised.value.setting == "RERANKER"


def test_close_calls_are_looked_at_again_unless_told_otherwise() -> None:
    loopback = {"KNOWLEDGE_HOST": "127.0.0.1"}
    assert isinstance(make_transformer(read_settings(loopback)), TransformerEncoder)
    for named in ({"RERANKER": "none"}, {"RERANKER": "a/cross-encoder"}, {"ENCODER": "hashing"}):
        assert make_transformer(read_settings(loopback | named)) is None


def test_a_transformer_without_its_files_says_where_they_should_be(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(str(tmp_path))):
        TransformerEncoder(tmp_path)
    shutil.copytree(EMBEDDED_TRANSFORMER, tmp_path, dirs_exist_ok=True)
    (tmp_path / "model.onnx").write_bytes(b"not a model")
    with pytest.raises(ConfigurationError, match=re.escape(str(tmp_path))):
        TransformerEncoder(tmp_path)


def test_vectors_that_come_along_are_what_the_model_makes(tmp_path: Path, corpus: tuple[Document, ...]) -> None:
    """Of most of the corpus: what was written since is made when it is needed, a few milliseconds a text."""
    shutil.copytree(EMBEDDED_TRANSFORMER, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("known.npz"))
    passages = [passage for document in corpus for passage in document.passages]
    texts = [shown_text(passage.heading, passage.text) for passage in passages]
    some = texts[::10]
    assert np.allclose(
        TransformerEncoder().encode_passages(some), TransformerEncoder(tmp_path).encode_passages(some), atol=2e-3
    )
    with np.load(EMBEDDED_TRANSFORMER / "known.npz") as known:
        held = set(known["texts"].tolist())
    assert sum(text_key(text) in held for text in texts) >= 0.9 * len(texts)
