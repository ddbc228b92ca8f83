"""Swedish text to tokens: one spelling for every way of typing a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.retrieval.analysis import FOLDED_STOP_WORDS, Analyzer, content_words, fold, words
from knowledge.retrieval.compounds import CompoundSplitter

ANALYZER = Analyzer()


@pytest.mark.parametrize("text", ["", " ", "???", "—…!", "\n\t", "🙂🙂", "och det att i", "the and of", "_"])
def test_what_has_no_subject_has_no_tokens(text: str) -> None:
    assert ANALYZER.tokens(text) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("harbarge", "härbärge"),
        ("UPPEHALLSRATT", "uppehållsrätt"),
        ("Ha\u0308rba\u0308rge", "härbärge"),  # decomposed, as some keyboards send it
        ("romania", "România"),
    ],
)
def test_a_word_typed_without_its_dots_gives_the_same_words(typed: str, meant: str) -> None:
    assert content_words(typed) == content_words(meant)
    assert set(ANALYZER.tokens(typed)) & set(ANALYZER.tokens(meant)) >= {f"_{fold(meant.lower())}"[:5]}


def test_an_inflection_shares_its_stem_and_a_compound_its_parts() -> None:
    assert _kind("S", "kommunens") & _kind("S", "kommunen")
    assert len(_kind("", "nödbistånd") & _kind("", "biståndsbeslut")) >= 6


def test_the_kinds_of_token_are_kept_apart() -> None:
    """ "ska" as a word must not count as the three letters within "skada"."""
    tokens = ANALYZER.tokens("skola")
    assert tokens[0] == "Sskol"
    assert {"_sko", "ola_", "_skol"} <= set(tokens)
    assert all(token[0] == "S" or token == token.lower() for token in tokens)


def test_a_compound_brings_the_stems_of_its_parts() -> None:
    assert {"Ssjuk", "Svard"} <= set(ANALYZER.tokens("sjukvårdskostnader"))
    assert CompoundSplitter().parts("kommunen") == ("kommunen",)
    assert CompoundSplitter().parts("tidsfrist"[::-1]) == ("tidsfrist"[::-1],)


def test_right_spelled_words_go_without_the_short_grams() -> None:
    sure = ANALYZER.word_tokens("skolorna")
    assert set(sure) < set(ANALYZER.tokens("skolorna"))
    assert {len(token) for token in sure if token[0] != "S"} == {5}


def test_stop_words_leave_whether_or_not_they_are_typed_with_dots() -> None:
    assert content_words("Får man göra så?") == content_words("Far man gora sa?") == []
    assert "barn" not in FOLDED_STOP_WORDS
    assert content_words("Barn i skolan") == ["barn", "skolan"]


def test_law_references_and_hyphens_stay_whole() -> None:
    assert words("EU-medborgare 2001:453, 4 kap. 1 §") == ["eu-medborgare", "2001:453", "4", "kap", "1"]


@settings(deadline=None, max_examples=60, database=None)
@given(st.text(max_size=300))
def test_no_text_breaks_it_and_every_token_is_one_word(text: str) -> None:
    """Tokens are joined by spaces for the engine: a space within one would make two."""
    tokens = ANALYZER.tokens(text)
    assert tokens == ANALYZER.tokens(text)
    assert all(token and not any(sign.isspace() for sign in token) for token in tokens)


def _kind(prefix: str, text: str) -> set[str]:
    return {token for token in ANALYZER.tokens(text) if (token[0] if token[0] in "WS" else "") == prefix}
