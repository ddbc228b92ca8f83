"""Question sets in SQuAD's or SweQUAD's shape -> pairs of a question and the part of its text that answers it."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.datatypes import Pair, Places, Settings
from training.files import write_pairs
from training.steps.read_documents import without_held_out

BEFORE, AFTER = 350, 550


def pair_questions(places: Places, _: Settings) -> dict[str, int]:
    asked = (pair for path in sorted(places.data.rglob("*.json")) for pair in _pairs(path))
    pairs, dropped = without_held_out(asked, places.held_out)
    write_pairs(places.pairs("questions"), pairs)
    return {**Counter(pair.kind for pair in pairs), "held out": dropped}


def _pairs(path: Path) -> Iterator[Pair]:
    for item in json.loads(path.read_text(encoding="utf-8"))["data"]:
        if "paragraphs" in item:
            yield from _squad(item)
        else:
            yield from _swequad(item)


def _squad(article: dict[str, Any]) -> Iterator[Pair]:
    for paragraph in article["paragraphs"]:
        context = paragraph["context"]
        for question in paragraph["qas"]:
            kind = "question_near" if question.get("is_impossible") else "question"
            yield Pair(kind, question["question"], context[:1000], key=context[:80])


def _swequad(item: dict[str, Any]) -> Iterator[Pair]:
    right = next((choice for choice in item["choices"] if choice["type"] == "Correct answer"), None)
    start = right["start"] if right else 0
    window = _whole_words(item["context"], start - BEFORE, start + AFTER)
    yield Pair("question", item["question"], window, key=window[:80])


def _whole_words(text: str, start: int, end: int) -> str:
    start = max(0, start)
    part = text[start:end]
    if start > 0:
        part = part.partition(" ")[2]
    return " ".join(part.split())
