"""Which language a reply is given in.

First a wish in words ("English please"), until the channel's own setting changes after it; then the channel's setting;
then the language of the message, or of the latest one that shows its language ("anna@kommun.se" shows none).
"""

from __future__ import annotations

import re
from typing import Literal

from rasa_sdk import Tracker

from actions.texts import Language
from actions.turn import turn_of
from actions.word_sets import ENGLISH, NAMES_OF_ENGLISH, NAMES_OF_SWEDISH, SWEDISH

WORD = re.compile(r"[^\W\d_]+")

BOTH = SWEDISH & ENGLISH


def words_of(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def detected(text: str) -> Language | None:
    """The language of the text, or None where it shows none."""
    words = [word for word in words_of(text) if word not in BOTH]
    swedish = sum(word in SWEDISH or bool(set(word) & set("åäö")) for word in words)
    english = sum(word in ENGLISH for word in words)
    if swedish == english:
        return None
    return "sv" if swedish > english else "en"


def wished(text: str) -> Language | Literal["unclear"]:
    """The language that a change of language asks for."""
    words = set(words_of(text))
    if bool(words & NAMES_OF_ENGLISH) == bool(words & NAMES_OF_SWEDISH):
        return "unclear"
    return "en" if words & NAMES_OF_ENGLISH else "sv"


def chosen_language(tracker: Tracker) -> Language | None:
    """The language that was chosen, in words or in the channel; None: go by the message."""
    channel = turn_of(tracker).channel_language
    wish = tracker.get_slot("language")
    if wish and tracker.get_slot("language_overrides") == channel:
        return as_language(wish)
    return as_language(channel)


def reply_language(tracker: Tracker) -> Language:
    """The language of what we say now."""
    chosen = chosen_language(tracker)
    if chosen:
        return chosen
    texts = [turn_of(tracker).text]
    texts += [event.get("text") or "" for event in reversed(tracker.events) if event.get("event") == "user"]
    return next((language for language in map(detected, texts) if language), "sv")


def as_language(value: str | None) -> Language | None:
    if value == "sv":
        return "sv"
    return "en" if value == "en" else None
