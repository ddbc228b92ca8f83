"""Encoders: the embedded model, any sentence-transformers model, and a fake. Built by `make_encoder`."""

from __future__ import annotations

from ...seams import Encoder
from ...settings import PACKAGE, Settings
from .hashing import HashingEncoder

EMBEDDED = PACKAGE / "model"
EMBEDDED_WEIGHT = 0.5  # .4 to .6 did best on the development questions: it knows the field's phrasings (docs/adr/0003)
# Not measured: no hub model could be loaded where this was made. A larger one deserves at least as much say.
HUB_WEIGHT = 0.6


def make_encoder(settings: Settings) -> Encoder:
    """The encoder that ENCODER names. Heavy: loads a model."""
    if settings.encoder == "hashing":
        return HashingEncoder()
    # Imported when chosen: torch takes seconds, and tests with the fake need none of it.
    from .sentence_transformer import SentenceTransformerEncoder

    embedded = settings.encoder == "embedded"
    weight = settings.encoder_weight
    if weight is None:
        weight = EMBEDDED_WEIGHT if embedded else HUB_WEIGHT
    return SentenceTransformerEncoder(
        str(EMBEDDED) if embedded else settings.encoder,
        weight=weight,
        query_prompt=settings.encoder_query_prompt,
        passage_prompt=settings.encoder_passage_prompt,
    )
