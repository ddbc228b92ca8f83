"""What the console says is there in both languages, with the same gaps, and asked for by keys that exist."""

from __future__ import annotations

import re
import string
from pathlib import Path

from knowledge.console.texts import Texts, grouped

CONSOLE = Path(__file__).parents[2] / "knowledge" / "console"
texts = Texts()


def gaps(language: str, key: str) -> set[str]:
    found = texts._find(language, key)
    return {name for _, name, _, _ in string.Formatter().parse(str(found)) if name}


def test_both_languages_say_the_same_things() -> None:
    assert texts.keys("sv") == texts.keys("en")


def test_each_text_has_the_same_gaps_in_both() -> None:
    assert [key for key in sorted(texts.keys("sv")) if gaps("sv", key) != gaps("en", key)] == []


def test_every_key_that_a_template_names_is_there() -> None:
    keys = texts.keys("sv")
    for template in (CONSOLE / "templates").rglob("*.html"):
        for key in re.findall(r"""\bt\(\s*["']([\w.]+)["']\s*[,)]""", template.read_text(encoding="utf-8")):
            assert key in keys or f"{key}.other" in keys, f"{template.name}: {key}"


def test_swedish_says_du_and_neither_shouts_nor_apologises() -> None:
    cold = re.compile(r"\b(Ni|Er|Ert|Era)\b|!|\b([Uu]rsäkta|[Tt]yvärr|[Ff]örlåt|[Bb]eklagar)\b")
    assert [key for key in sorted(texts.keys("sv")) if cold.search(str(texts._find("sv", key)))] == []


def test_one_and_many() -> None:
    assert texts("sv", "accounts.question", n=1) == "En person kan logga in"
    assert texts("sv", "accounts.question", n=12345) == "12\N{NO-BREAK SPACE}345 personer kan logga in"
    assert texts("en", "accounts.question", n=0) == "0 people can sign in"


def test_numbers_are_written_as_each_language_does() -> None:
    assert (grouped(12345.6, "sv"), grouped(12345.6, "en")) == ("12\N{NO-BREAK SPACE}345,6", "12,345.6")
