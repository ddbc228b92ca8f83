"""The encoder and the reranker that the settings name."""

from __future__ import annotations

from typing import NamedTuple

from ...seams import Encoder, Reranker
from ...settings import Settings
from .centred import CentredEncoder
from .hashing import HashingEncoder
from .static import embedded_encoder


class HubModel(NamedTuple):
    """What belongs to a model and not to a house: the prompts it was trained with, and its share of the score."""

    query_prompt: str = ""
    passage_prompt: str = ""
    weight: float = 0.6  # measured with multilingual-e5-small alone: .3 to .7 differ by .02 (docs/adr/0031)


_E5 = HubModel("query: ", "passage: ")
HUB_MODELS = {
    "intfloat/multilingual-e5-small": _E5,
    "intfloat/multilingual-e5-base": _E5,
    "intfloat/multilingual-e5-large": _E5,
    "BAAI/bge-m3": HubModel(),
    "KBLab/sentence-bert-swedish-cased": HubModel(),
}
UNKNOWN_MODEL = HubModel()
_WITHOUT_CROSS_ENCODER = ("embedded", "none", "")


def make_encoder(settings: Settings) -> Encoder:
    """The encoder that ENCODER names. Heavy: loads a model. A setting goes before what is known of the model."""
    if settings.encoder == "hashing":
        return HashingEncoder()
    if settings.encoder == "embedded":
        return embedded_encoder(settings.encoder_weight)
    # Imported when chosen: torch takes seconds and 300 MiB, and the embedded model needs none of it.
    from .sentence_transformer import SentenceTransformerEncoder

    known = HUB_MODELS.get(settings.encoder, UNKNOWN_MODEL)
    return CentredEncoder(
        SentenceTransformerEncoder(
            settings.encoder,
            weight=known.weight if settings.encoder_weight is None else settings.encoder_weight,
            query_prompt=settings.encoder_query_prompt or known.query_prompt,
            passage_prompt=settings.encoder_passage_prompt or known.passage_prompt,
        )
    )


def make_reranker(settings: Settings) -> Reranker | None:
    """The cross-encoder that RERANKER names; None where it names none."""
    if settings.reranker in _WITHOUT_CROSS_ENCODER:
        return None
    from .cross_encoder import CrossEncoderReranker

    return CrossEncoderReranker(settings.reranker)


def make_transformer(settings: Settings) -> Encoder | None:
    """What looks again at close calls. None where RERANKER wants another or none, and beside hashes."""
    if settings.reranker != "embedded" or settings.encoder == "hashing":
        return None
    from .transformer import TransformerEncoder

    return TransformerEncoder()
