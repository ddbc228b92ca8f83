"""What the gateway says: the same codes in both languages, and a text for each code that it can send."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot.gateway
from bot.gateway.errors import TurnRefused
from bot.gateway.texts import LANGUAGES, Texts

GATEWAY = Path(bot.gateway.__file__).parent
SOURCES = {file: file.read_text(encoding="utf-8") for file in GATEWAY.rglob("*.py")}


def refusals(kind: type[TurnRefused] = TurnRefused) -> set[type[TurnRefused]]:
    return {kind}.union(*(refusals(below) for below in kind.__subclasses__()))


def codes_sent() -> set[str]:
    """The codes of all refusals, those that BadMessage is raised with, and those that failures.py names."""
    codes = {refusal.code for refusal in refusals()}
    for source in SOURCES.values():
        codes.update(re.findall(r'BadMessage\("(\w+)"\)', source))
        codes.update(re.findall(r'\.error\("(\w+)"\)', source))
    failures = SOURCES[GATEWAY / "failures.py"]
    codes.update(re.findall(r'\d{3}: "(\w+)"', failures))
    codes.update(re.findall(r'response\(\s*\d{3}, "(\w+)"', failures))
    return codes | {"invalid"}


def test_the_search_for_codes_finds_them() -> None:
    assert {"empty", "too_long", "invalid", "not_found", "unavailable", "busy", "timeout"} <= codes_sent()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_code_has_a_text_and_each_text_a_code(language: str) -> None:
    assert Texts().codes(language) == codes_sent()


def test_an_error_has_both_languages() -> None:
    texts = Texts()
    for code in codes_sent():
        error = texts.error(code)
        assert error.keys() == {"code", "text", "text_en"}
        assert error["text"] != error["text_en"]


def test_the_tone() -> None:
    """Whole sentences, never "ni", no sign of the inside."""
    texts = Texts()
    for code in codes_sent():
        error = texts.error(code)
        for text in (error["text"], error["text_en"]):
            assert text[0].isupper()
            assert text.endswith(".")
            assert not re.search(r"Rasa|HTTP|server|JSON|token", text)
        assert not re.search(r"\b(ni|er|ert|era)\b", error["text"], re.IGNORECASE)


@pytest.mark.parametrize("code", ["unavailable", "timeout", "busy"])
def test_who_cannot_be_answered_is_told_where_to_turn(code: str) -> None:
    error = Texts().error(code)
    assert "112" in error["text"]
    assert "112" in error["text_en"]


def test_each_refusal_is_an_error_of_the_client_or_a_passing_one() -> None:
    statuses = {refusal.status for refusal in refusals() - {TurnRefused}}
    assert statuses <= {400, 401, 403, 404, 413, 429, 503, 504}
