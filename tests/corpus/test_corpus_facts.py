"""The corpus against the facts that it was written from: no number, section or address that they don't have.

The facts lie beside the repository where it was made; elsewhere these tests say that they skip.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from knowledge.datatypes import Document, Passage
from knowledge.settings import PACKAGE

FACTS = PACKAGE.parent.parent / "shared" / "facts"
pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason="the facts do not lie beside this repository")

_NUMBER = re.compile(r"\d+")
_YAML_BLOCK = re.compile(r"^```yaml\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
_SECTION = r"\d+(?: ?[a-z](?![a-zåäö]))?"
_PART = rf"{_SECTION}(?:\s?[–-]\s?(?:{_SECTION}|[a-z](?![a-zåäö])))?"
_SECTIONS = rf"{_PART}(?:\s*(?:,|och|eller|samt|and|or)\s*{_PART})*"
_SWEDISH = re.compile(rf"({_SECTION}) kap\.\s*({_SECTIONS})\s*§")
_ENGLISH = re.compile(rf"Chapter ({_SECTION}), [Ss]ections? ({_SECTIONS})")
_BARE = re.compile(rf"({_SECTIONS})\s*§")
_CHAPTER = re.compile(rf"({_SECTION}) kap\.")
_OLD_ACT = re.compile(
    rf"(?:{_SECTION} kap\. {_SECTIONS} §§?[ ,]*(?:och )?)+(?:i )?(?:den äldre lagen \()?SoL \(2001:453\)"
)

Pair = tuple[str, str]


@dataclass(frozen=True)
class Checked:
    """A passage with the facts that its file names for it."""

    passage: Passage
    facts: list[dict[str, Any]]
    unknown: list[str]

    @property
    def pool(self) -> str:
        return " ; ".join(
            " ; ".join(
                [f["fact"], f["law"], f["validity"], *(f"{s['title']} {s['date']} {s['url']}" for s in f["sources"])]
            )
            for f in self.facts
        )


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, Any]]:
    lines = (FACTS / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    return {fact["id"]: fact for fact in map(json.loads, lines)}


@pytest.fixture(scope="module")
def key() -> str:
    """Which section of the new act follows which of the old."""
    return (FACTS / "sol_mapping.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def checked(corpus: tuple[Document, ...], facts: dict[str, dict[str, Any]]) -> list[Checked]:
    named: dict[str, list[str]] = {}
    for document in corpus:
        text = (PACKAGE / "corpus" / f"{document.id}.md").read_text(encoding="utf-8")
        for block in _YAML_BLOCK.findall(text):
            about = yaml.safe_load(block)
            named[about["id"]] = about["facts"]
    return [
        Checked(p, [facts[n] for n in named[p.id] if n in facts], [n for n in named[p.id] if n not in facts])
        for document in corpus
        for p in document.passages
    ]


def test_every_passage_names_facts_that_exist(checked: list[Checked]) -> None:
    assert [(c.passage.id, c.unknown) for c in checked if c.unknown or not c.facts] == []


def test_every_fact_is_used_in_its_own_topic(checked: list[Checked], facts: dict[str, dict[str, Any]]) -> None:
    assert len(facts) == 277
    used = {(fact["id"], topic) for c in checked for fact in c.facts for topic in c.passage.topics}
    assert [name for name, fact in facts.items() if (name, fact["topic"]) not in used] == []


def test_every_number_stands_in_the_facts(checked: list[Checked], key: str) -> None:
    """Section numbers may also come from the key, where the text speaks of law; telephone numbers from the contacts."""
    in_key = set(_NUMBER.findall(key))
    in_contacts = set(_NUMBER.findall((PACKAGE / "corpus" / "contacts.csv").read_text(encoding="utf-8")))
    wrong = []
    for c in checked:
        known = set(_NUMBER.findall(c.pool)) | in_contacts
        texts = {"heading": c.passage.heading, "text": c.passage.text, "English": c.passage.text_en}
        for where, text in (*texts.items(), *(("law", law) for law in c.passage.laws)):
            allowed = known | (
                in_key if where == "law" or re.search(r"kap|§|SoL|[Cc]hapter|[Ss]ection", text) else set()
            )
            wrong += [(c.passage.id, where, number) for number in _NUMBER.findall(text) if number not in allowed]
    assert wrong == []


def test_every_section_stands_in_the_facts_or_in_the_key(checked: list[Checked], key: str) -> None:
    in_key = _pairs(_SWEDISH, key)
    wrong = []
    for c in checked:
        known = in_key | {pair for fact in c.facts for pair in _pairs_of_fact(fact)}
        said = _pairs(_SWEDISH, " ; ".join((c.passage.text, *c.passage.laws))) | _pairs(_ENGLISH, c.passage.text_en)
        wrong += [(c.passage.id, pair) for pair in sorted(said - known)]
    assert wrong == []


def test_the_sections_are_seen_at_all(checked: list[Checked]) -> None:
    """Guards the test above: patterns that found nothing would pass it."""
    assert _pairs(_SWEDISH, "enligt 14 kap. 3–5 och 10 §§ SoL, 2 a kap. 8 § och 6 kap. 11 a–b §§") == {
        *(("14", number) for number in ("3", "4", "5", "10")),
        ("2a", "8"),
        ("6", "11a"),
        ("6", "11b"),
    }
    assert _pairs(_ENGLISH, "Chapter 15, Sections 10–12 and Chapter 2 a, Section 8") == {
        *(("15", number) for number in ("10", "11", "12")),
        ("2a", "8"),
    }
    assert sum(len(_pairs(_SWEDISH, c.passage.text)) for c in checked) > 200


def test_sources_are_those_of_the_facts(checked: list[Checked]) -> None:
    """The new act's own text is every passage's to cite: the key was made from it."""
    wrong = []
    for c in checked:
        known = {source["url"] for fact in c.facts for source in fact["sources"]}
        wrong += [(c.passage.id, s.url) for s in c.passage.sources if s.url not in known and "SFS2025-400" not in s.url]
    assert wrong == []


def test_an_old_section_comes_with_its_successor(checked: list[Checked], key: str) -> None:
    successors = _successors(key)
    assert len(successors) > 40
    wrong = []
    for c in checked:
        everything = " ; ".join((c.passage.text, *c.passage.laws))
        chapters = {chapter.replace(" ", "") for chapter in _CHAPTER.findall(_OLD_ACT.sub("", everything))}
        for pair in _old_pairs(everything):
            if pair in successors and not successors[pair] & chapters:
                wrong.append((c.passage.id, pair, sorted(successors[pair])))
    assert wrong == []


def _sections(listed: str) -> set[str]:
    """ "3–5 och 10" -> 3, 4, 5, 10; "11 a–b" -> 11a, 11b."""
    found: set[str] = set()
    for part in re.split(r"\s*(?:,|och|eller|samt|and|or)\s*", listed):
        first, _, last = (piece.strip().replace(" ", "") for piece in re.sub(r"[–-]", "–", part).partition("–"))
        if first.isdigit() and last.isdigit():
            found |= {str(number) for number in range(int(first), int(last) + 1)}
        elif last.isalpha():
            found |= {first, first[:-1] + last}
        else:
            found |= {first, last} - {""}
    return found


def _pairs(pattern: re.Pattern[str], text: str) -> set[Pair]:
    return {(chapter.replace(" ", ""), s) for chapter, listed in pattern.findall(text) for s in _sections(listed)}


def _pairs_of_fact(fact: dict[str, Any]) -> set[Pair]:
    """As written, and where a chapter is named once for several sections: "28 kap. 12 § … och 13 §"."""
    text = f"{fact['fact']} ; {fact['law']} ; {fact['validity']}"
    chapters = {chapter.replace(" ", "") for chapter in _CHAPTER.findall(text)}
    sections = {section for listed in _BARE.findall(text) for section in _sections(listed)}
    return _pairs(_SWEDISH, text) | {(chapter, section) for chapter in chapters for section in sections}


def _old_pairs(text: str) -> set[Pair]:
    """Sections that are said to stand in the old act: those right before its number."""
    return {pair for match in _OLD_ACT.finditer(text) for pair in _pairs(_SWEDISH, match[0])}


def _successors(key: str) -> dict[Pair, set[str]]:
    """An old section -> the chapters of the new act that it went to."""
    found: dict[Pair, set[str]] = {}
    for line in key.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) >= 5:
            chapters = {chapter.replace(" ", "") for chapter in _CHAPTER.findall(cells[3])}
            for pair in _pairs(_SWEDISH, cells[2]):
                found.setdefault(pair, set()).update(chapters)
    return {pair: chapters for pair, chapters in found.items() if chapters}
