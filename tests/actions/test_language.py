"""Swedish or English: a wish in words, the channel's setting, the language of the message, in that order."""

from __future__ import annotations

import re

import pytest

from actions.language import detected, wished
from actions.texts import CATALOGUES, text
from tests.actions.conftest import Conversation


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Hej!", "sv"),
        ("hello", "en"),
        ("Får han stanna?", "sv"),
        ("May he remain in town?", "en"),
        ("begging rules for children", "en"),
        ("anna@kommun.se", None),
        ("", None),
        ("🙂", None),
    ],
)
def test_the_language_of_a_message(said: str, language: str | None) -> None:
    assert detected(said) == language


def test_what_is_wished_for() -> None:
    assert wished("svara på engelska tack") == "en"
    assert wished("switch to Swedish") == "sv"
    assert wished("byt språk") == "unclear"
    assert wished("byt från engelska till svenska") == "unclear"


def test_a_wish_lasts_until_the_channel_changes_its_language(anna: Conversation) -> None:
    anna.metadata["language"] = "sv"
    assert anna.run("action_change_language", "English please").texts == [text("language_changed", "en")]
    assert anna.run("action_small_talk", "tack", "thanks").texts == [text("thanks", "en")]
    anna.metadata["language"] = "en"
    anna.metadata["language"] = "sv"
    anna.run("action_change_language", "svara på svenska")
    assert anna.run("action_small_talk", "thanks", "thanks").texts == [text("thanks", "sv")]
    anna.metadata["language"] = "en"
    assert anna.run("action_small_talk", "tack", "thanks").texts == [text("thanks", "en")]


def test_an_unclear_wish_offers_both(anna: Conversation) -> None:
    assert anna.run("action_change_language", "byt språk").titles() == ["Svara på svenska", "Svara på engelska"]


def test_a_message_without_language_is_answered_in_that_of_the_one_before(anna: Conversation) -> None:
    anna.run("action_small_talk", "hello", "greet")
    assert anna.run("action_ask_consent", "anna@kommun.se").texts == [text("ask_consent", "en")]


def test_the_catalogues_say_the_same_things() -> None:
    swedish, english = CATALOGUES["sv"], CATALOGUES["en"]
    assert swedish.keys() == english.keys()
    for key in swedish:
        assert set(re.findall(r"{\w+}", swedish[key])) == set(re.findall(r"{\w+}", english[key])), key


def test_swedish_texts_say_du() -> None:
    assert not [key for key, said in CATALOGUES["sv"].items() if re.search(r"\b(ni|er|era|ert)\b", said.lower())]
