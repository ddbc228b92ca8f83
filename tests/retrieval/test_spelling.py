"""Slips of the finger: read as the word that is meant, and never a right word as another."""

from __future__ import annotations

import pytest

from knowledge.retrieval.compounds import CompoundSplitter
from knowledge.retrieval.ordinary_words import ordinary_words
from knowledge.retrieval.spelling import SpellingCorrector

CORRECTOR = SpellingCorrector(
    ["Ungen i tältlägret behöver tandläkare", "uppehållsrätt och bistånd, hur går det till på toaletter"],
    CompoundSplitter(),
    ordinary_words(),
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("tandlkare", "tandläkare"),  # a letter lost
        ("tandläkkare", "tandläkare"),  # one too many
        ("andläkare", "tandläkare"),  # the first
        ("bisttånd för barn", "bistånd för barn"),
        ("uppehållsärtt", "uppehållsrätt"),  # two exchanged
        ("bistand utan uppehallsratt", "bistånd utan uppehållsrätt"),  # no å, ä, ö on the keyboard
        ("hur gar det till med uppehalsratt", "hur går det till med uppehållsrätt"),  # and a slip besides
    ],
)
def test_a_slip_is_read_as_the_word_of_the_corpus(typed: str, read: str) -> None:
    assert CORRECTOR.corrected(typed) == read


@pytest.mark.parametrize(
    "text",
    [
        "ugnen",
        "Bistånd, tack!",
        "",
        "1234567",
        "kommunen beslutar",
        "tabletter i handen",  # ordinary words that no text of ours has, a letter from "toaletter"
        "what help can a pregnant woman get",
        "på bistand",  # who writes å has the key for it
    ],
)
def test_short_words_known_words_and_right_words_stay(text: str) -> None:
    assert CORRECTOR.corrected(text) == text
