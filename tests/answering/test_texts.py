"""The catalogues: both languages say the same things, and everything that the code names is there."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
import yaml

from knowledge.answering import texts
from knowledge.answering.texts import LANGUAGES, Catalogue
from knowledge.settings import PACKAGE

CATALOGUE = Catalogue()
KEYS = sorted(CATALOGUE.keys("sv") | CATALOGUE.keys("en"))
# Taken by the one who asks: these stand where no language is known yet.
_PLACEHOLDERS = {
    name: f"<{name}>"
    for name in ("kinds", "place", "date", "laws", "note", "responsible", "county", "contact", "municipality")
} | {
    name: f"<{name}>"  # of the law's time
    for name in "act by day near new now old other section since stood then".split()
}
_NAMED_IN_CODE = re.compile(
    r"""["'](?P<key>(?:notice|urgent|refusal|clarify|validity|privacy_kinds|join|months|error|law|section)\.[a-z_]+)["']"""
)


def _raw(language: str) -> dict[str, str]:
    path = Path(texts.__file__).parent / f"{language}.yml"
    found: dict[str, str] = {}

    def walk(node: dict[str, object], prefix: str) -> None:
        for key, value in node.items():
            if isinstance(value, dict):
                walk(value, f"{prefix}{key}.")
            else:
                found[prefix + key] = str(value)

    walk(yaml.safe_load(path.read_text(encoding="utf-8")), "")
    return found


def test_both_languages_have_the_same_keys() -> None:
    assert CATALOGUE.keys("sv") == CATALOGUE.keys("en")
    assert len(KEYS) > 40


@pytest.mark.parametrize("key", KEYS)
def test_both_languages_have_the_same_placeholders(key: str) -> None:
    fields = {
        language: {name for _, name, _, _ in string.Formatter().parse(_raw(language)[key]) if name is not None}
        for language in LANGUAGES
    }
    assert fields["sv"] == fields["en"] <= set(_PLACEHOLDERS)


def test_every_key_named_in_code_exists() -> None:
    files = [file for file in PACKAGE.rglob("*.py") if "migrations" not in file.parts]
    named = {match["key"] for file in files for match in _NAMED_IN_CODE.finditer(file.read_text(encoding="utf-8"))}
    assert len(named) >= 5
    assert sorted(key for key in named if not CATALOGUE.has(key)) == []


def test_placeholders_are_filled_and_braces_in_a_value_are_left_alone() -> None:
    assert "{ort}" in CATALOGUE("sv", "refusal.number_unknown", place="{ort}")
    with pytest.raises(KeyError):
        CATALOGUE("sv", "refusal.number_unknown")


def test_has_knows_leaves_and_what_is_not_there() -> None:
    assert CATALOGUE.has("urgent.lead")
    assert not CATALOGUE.has("urgent.nowhere")
    assert not CATALOGUE.has("urgent.lead.deeper")


def test_the_swedish_is_plain_and_says_du() -> None:
    swedish = _raw("sv")
    assert [key for key, text in swedish.items() if "!" in text] == []
    # "ni" as a plural is meant in one place only: helper and the helped, both in a safe place.
    assert [key for key, text in swedish.items() if re.search(r"\b(Ni|ni|er|ert|era)\b", text)] in (
        [],
        ["urgent.violence"],
    )


def test_danger_names_112_in_both_languages() -> None:
    for language in LANGUAGES:
        for key in ("notice.urgent", "notice.child", "urgent.lead", "refusal.language"):
            assert "112" in CATALOGUE(language, key), (language, key)
    assert "orosanmälan" in CATALOGUE("en", "urgent.child") or "report" in CATALOGUE("en", "urgent.child")
