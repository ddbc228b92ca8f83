"""Slips of the finger: read as the word that is meant, and never a right word as another."""

from __future__ import annotations

import pytest

from knowledge.retrieval.compounds import CompoundSplitter
from knowledge.retrieval.spelling import SpellingCorrector

CORRECTOR = SpellingCorrector(
    ["Ungen i tältlägret behöver tandläkare", "uppehållsrätt och bistånd"], CompoundSplitter()
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("tandlkare", "tandläkare"),  # a letter lost
        ("tandläkkare", "tandläkare"),  # one too many
        ("bisttånd för barn", "bistånd för barn"),
        ("uppehållsärtt", "uppehållsrätt"),  # two exchanged
    ],
)
def test_a_slip_is_read_as_the_word_of_the_corpus(typed: str, read: str) -> None:
    assert CORRECTOR.corrected(typed) == read


@pytest.mark.parametrize(
    "text", ["ugnen", "Bistånd, tack!", "bistand utan uppehallsratt", "", "1234567", "kommunen beslutar"]
)
def test_short_words_known_words_and_missing_dots_stay(text: str) -> None:
    assert CORRECTOR.corrected(text) == text
