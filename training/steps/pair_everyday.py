"""Everyday questions about sections of statutes -> pairs of a question and its section, and of two that ask
for the same.

The text of a section comes from the statutes among the data; questions about one that is not there teach nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from knowledge.datatypes import Document
from knowledge.ingestion.files import read_bytes
from knowledge.ingestion.reading import read
from knowledge.law.everyday_questions import EverydayQuestion, everyday_questions
from knowledge.law.lookup import address_of
from training.datatypes import Pair, Places, Settings
from training.files import write_pairs
from training.steps.pair_documents import STATUTES
from training.steps.read_documents import without_held_out

LONGEST = 900


def pair_everyday(places: Places, _: Settings) -> dict[str, int]:
    found, dropped = without_held_out(_pairs(places.data / STATUTES, _by_statute()), places.held_out)
    write_pairs(places.pairs("everyday"), found)
    return {**Counter(pair.kind for pair in found), "held out": dropped}


def _by_statute() -> dict[str, list[EverydayQuestion]]:
    """The questions of each statute by the name of its file, "sfs-1977-67"."""
    found: dict[str, list[EverydayQuestion]] = defaultdict(list)
    for question in everyday_questions():
        found[f"sfs-{question.number.replace(':', '-')}"].append(question)
    return found


def _pairs(folder: Path, by_statute: dict[str, list[EverydayQuestion]]) -> Iterator[Pair]:
    for path in sorted(folder.rglob("*.md")):
        if asked := by_statute.get(path.stem):
            yield from _of_a_statute(read(read_bytes(path)), asked)


def _of_a_statute(statute: Document, asked: list[EverydayQuestion]) -> Iterator[Pair]:
    texts = {
        address_of(passage): " ".join(f"{statute.title} {passage.heading} {passage.text}".split())[:LONGEST]
        for passage in reversed(statute.passages)  # of a long section, the first part
    }
    by_section: dict[str, list[str]] = defaultdict(list)
    for question in asked:
        by_section[question.address].append(question.text)
    for address, questions in by_section.items():
        if text := texts.get(address):
            key = f"{statute.id} {address}"
            yield from (Pair("everyday", question, text, key) for question in questions)
            yield from (Pair("everyday_alike", one, another, key) for one, another in pairwise(questions))
