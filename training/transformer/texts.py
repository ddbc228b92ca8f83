"""What the transformer reads of a passage while it learns."""

from __future__ import annotations

from random import Random

from knowledge.retrieval.directions import shown_text
from knowledge.sentences import split_sentences
from training.corpus_passages import Passage
from training.distortions import fold, misspell


def shown(passage: Passage, rng: Random) -> str:
    """Its conclusion, with or without its question and one more sentence."""
    said, drawn = split_sentences(passage.text), rng.random()
    if drawn < 0.35:
        return said[0]
    more = "" if drawn < 0.7 else f" {rng.choice(said)}"
    return shown_text(passage.heading, passage.text) + more


def as_asked(question: str, rng: Random) -> str:
    """As it stands most of the time; now and then as written in haste."""
    drawn = rng.random()
    if drawn < 0.85:
        return question
    return misspell(question, rng) if drawn < 0.95 else fold(question).lower()
