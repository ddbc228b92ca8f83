"""What general search is measured on: questions whose right passage is known, and passages that are only in the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from training.measure import Task, swefaq_task, swequad_task
from training.words import sequences

from ..peers.pool import COPIED_WORDS, passages_of

SEED = 7
BEFORE, AFTER = 350, 550  # characters of a window, around where the answer starts


@dataclass(frozen=True)
class Pool:
    """Each question with the file that it is from and the rows of its right passages."""

    name: str
    questions: list[str]
    files: list[str]
    texts: list[str]
    right: list[frozenset[int]]


def read_pools(swefaq: Path | None, swequad: Sequence[Path]) -> list[Pool]:
    pools = [_joined("SweFAQ", [(swefaq, swefaq_task(swefaq))])] if swefaq else []
    if swequad:
        pools.append(_joined("SweQUAD", [(file, swequad_task(file)) for file in swequad]))
        pools.append(_joined("SweQUAD, windows", [(file, window_task(file)) for file in swequad]))
    return pools


def _joined(name: str, tasks: Sequence[tuple[Path, Task]]) -> Pool:
    """All files' questions over all their texts, each text once."""
    places: dict[str, int] = {}
    questions, files, right = [], [], []
    for file, task in tasks:
        rows = [places.setdefault(text, len(places)) for text in task.texts]
        for question, wanted in zip(task.questions, task.right, strict=True):
            questions.append(question)
            files.append(file.name)
            right.append(frozenset(rows[at] for at in wanted))
    return Pool(name, questions, files, list(places), right)


def window_task(file: Path) -> Task:
    """For each question the text around its answer, as the study before this project cut it."""
    places: dict[str, int] = {}
    questions: list[str] = []
    right: list[set[int]] = []
    for item in json.loads(file.read_text(encoding="utf-8"))["data"]:
        answer = next(choice["start"] for choice in item["choices"] if choice["type"] == "Correct answer")
        questions.append(item["question"])
        right.append({places.setdefault(window(item["context"], answer), len(places))})
    return Task("SweQUAD, windows", questions, list(places), right)


def window(text: str, at: int) -> str:
    """Whole words from 350 characters before to 550 after, on one line."""
    begin, end = max(0, at - BEFORE), min(len(text), at + AFTER)
    while 0 < begin < at and not text[begin - 1].isspace():
        begin += 1
    while at < end < len(text) and not text[end].isspace():
        end -= 1
    return " ".join(text[begin:end].split())


def with_distractors(pool: Pool, distractors: Sequence[str]) -> Pool:
    """Shuffled: of equal scores the first row often wins, and the right passages must not all lie first."""
    known = set(pool.texts)
    texts = [*pool.texts, *(text for text in distractors if text not in known)]
    order = list(range(len(texts)))
    Random(SEED).shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    right = [frozenset(place[row] for row in rows) for rows in pool.right]
    return Pool(pool.name, pool.questions, pool.files, [texts[old] for old in order], right)


def read_distractors(folders: Sequence[Path], count: int, known: Iterable[str]) -> list[str]:
    """So many passages of documents drawn with a fixed seed; fewer where there are not as many.

    Without those that copy a part of a known text: they could answer a question and would count as wrong.
    """
    forbidden = {sequence for text in known for sequence in sequences(text, COPIED_WORDS)}
    found: dict[str, None] = {}
    for passage in _passages(folders):
        if len(found) >= count:
            break
        if forbidden.isdisjoint(sequences(passage, COPIED_WORDS)):
            found[passage] = None
    return list(found)


def _passages(folders: Sequence[Path]) -> Iterator[str]:
    files = [(str(file.relative_to(folder)), file) for folder in folders for file in folder.rglob("*.md")]
    files.sort()
    Random(SEED).shuffle(files)
    for _, file in files:
        yield from passages_of(file)
