"""A small corpus whose right answers anyone can see, and both encoders."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge.datatypes import Passage
from knowledge.retrieval import generations
from knowledge.retrieval.encoders.by_setting import make_encoder
from knowledge.retrieval.encoders.hashing import HashingEncoder
from knowledge.retrieval.encoders.static import EMBEDDED, StaticEncoder, embedded_encoder
from knowledge.retrieval.encoders.transformer import TransformerEncoder
from knowledge.retrieval.search import HybridRetriever
from knowledge.retrieval.subject import BUCKETS, SubjectModel
from knowledge.seams import Encoder
from knowledge.settings import read_settings

# `embedded` is what ships, `hashing` the fake, a folder any model of sentence-transformers, as from a hub. Another
# implementation is held to the contract by its name here.
ENCODERS = ("embedded", "hashing", str(EMBEDDED), "transformer")
_TEXTS = {
    "skola/start": "Barnet har rätt att gå i skola. Anmäl barnet till kommunens skolkontor.",
    "tandvard/akut": "Akut tandvård betalas av patienten. Tandläkaren avgör vad som inte kan vänta.",
    "harbarge/natt": "Härbärget tar emot vuxna på natten. Platserna fördelas vid dörren.",
    "hemresa/buss": "Kommunen kan betala en bussbiljett hem. Beslutet gäller en resa.",
    "tiggeri/torg": "På torget får man be om pengar. Kommunen kan kräva tillstånd.",
    "graviditet/mvc": "Barnmorskan tar emot gravida. Besöket kostar en avgift.",
}


@pytest.fixture(scope="session", params=ENCODERS)
def encoder(request: pytest.FixtureRequest) -> Encoder:
    if request.param == "transformer":
        return TransformerEncoder()
    return make_encoder(read_settings({"ENCODER": request.param, "KNOWLEDGE_HOST": "127.0.0.1"}))


@pytest.fixture(scope="session")
def pieces() -> StaticEncoder:
    """Whose piece vectors late interaction compares."""
    return embedded_encoder()


@pytest.fixture(scope="session")
def passages(make_passage: Callable[..., Passage]) -> list[Passage]:
    return [make_passage(key, text, phrasings=[re.sub(r"\W", " ", key)]) for key, text in _TEXTS.items()]


@pytest.fixture
def neutral() -> SubjectModel:
    """Says of every question that it could be ours."""
    return SubjectModel(np.zeros(BUCKETS, dtype=np.float32), 0.0)


@pytest.fixture
def retriever(tmp_path: Path, passages: list[Passage], neutral: SubjectModel, pieces: StaticEncoder) -> HybridRetriever:
    generations.publish(tmp_path / "index", passages, HashingEncoder(), pieces)
    found = HybridRetriever(tmp_path / "index", HashingEncoder(), pieces, neutral, lambda: passages)
    found.reload()
    return found
