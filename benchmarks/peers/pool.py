"""The passages that are searched and the questions whose right passage is known."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from training.measure import CHUNK, Task, swefaq_task, swequad_task
from training.steps.read_documents import SHORTEST, read_document
from training.words import sentences, sequences

SEED = 7
ARCHIVE = ".tar.xz"
SUFFIXES = (".md", ".txt")
COPIED_WORDS = 20  # so many in a row are a copy; eight are often no more than the name of an act


class TooFewPassages(Exception):
    """The documents do not give as many passages as were asked for; carries how many they give."""

    def __init__(self, wanted: int, there: int) -> None:
        super().__init__(f"{wanted} passages wanted, {there} there: give more --corpora")


@dataclass(frozen=True)
class Asked:
    """A question, the set that it comes from, and the rows of the passages that answer it."""

    text: str
    of: str
    right: frozenset[int]


@dataclass(frozen=True)
class Pool:
    passages: list[str]
    questions: list[Asked]


def read_tasks(swefaq: Path | None, swequad: Sequence[Path]) -> list[Task]:
    tasks = [swefaq_task(swefaq)] if swefaq else []
    for file in swequad:
        task = swequad_task(file)
        tasks.append(Task(f"SweQUAD {file.stem}", task.questions, task.texts, task.right))
    return tasks


def make_pool(tasks: Sequence[Task], filler: Sequence[str], size: int) -> Pool:
    """The tasks' texts, all of them, and filler up to `size`; a larger pool holds the smaller one.

    Shuffled: where scores tie, the first row is often kept, and the right passages must not all lie first.
    Raises TooFewPassages.
    """
    known = list(dict.fromkeys(_one_line(text) for task in tasks for text in task.texts))
    taken = filler[: max(0, size - len(known))]
    texts = [*known, *taken]
    if len(texts) < size:
        raise TooFewPassages(size, len(texts))
    Random(SEED).shuffle(texts)
    rows = {text: row for row, text in enumerate(texts)}
    questions = [
        Asked(question, task.name, frozenset(rows[_one_line(task.texts[at])] for at in right))
        for task in tasks
        for question, right in zip(task.questions, task.right, strict=True)
    ]
    return Pool(texts, questions)


def read_filler(corpora: Sequence[Path], known: Iterable[str]) -> list[str]:
    """Every passage of the documents once, in an order that does not depend on where the files lie.

    Without those that copy a part of a known text: they could answer a question and would count as wrong.
    """
    forbidden = {sequence for text in known for sequence in sequences(text, COPIED_WORDS)}
    found = {passage for corpus in corpora for file in _files(corpus) for passage in passages_of(file)}
    kept = sorted(passage for passage in found if forbidden.isdisjoint(sequences(passage, COPIED_WORDS)))
    Random(SEED).shuffle(kept)
    return kept


def unpacked(corpora: Sequence[Path], into: Path) -> list[Path]:
    """Folders as they are; archives, alone or in a folder, unpacked once below `into`."""
    folders: list[Path] = []
    for path in corpora:
        archives = sorted(path.glob(f"*{ARCHIVE}")) if path.is_dir() else [path]
        folders += [_unpack(archive, into) for archive in archives] or [path]
    return folders


def _unpack(archive: Path, into: Path) -> Path:
    size = archive.stat().st_size
    folder = into / f"{archive.name.removesuffix(ARCHIVE)}-{size}"
    done = folder / ".unpacked"
    if not done.exists():
        with tarfile.open(archive, "r:xz") as opened:
            opened.extractall(folder, filter="data")
        done.touch()
    return folder


def _files(corpus: Path) -> Iterator[Path]:
    return (file for file in corpus.rglob("*") if file.suffix in SUFFIXES)


def passages_of(file: Path) -> Iterator[str]:
    """A section's paragraphs, packed to passages of up to 700 characters; too short ones left out."""
    for section in read_document(file, "").sections:
        for passage in _packed(piece for paragraph in section.paragraphs for piece in _pieces(paragraph)):
            if len(passage) >= SHORTEST:
                yield passage


def _packed(pieces: Iterable[str]) -> Iterator[str]:
    passage = ""
    for piece in pieces:
        if passage and len(passage) + 1 + len(piece) > CHUNK:
            yield passage
            passage = ""
        passage = f"{passage} {piece}" if passage else piece
    if passage:
        yield passage


def _pieces(paragraph: str) -> Iterator[str]:
    """Whole where it fits, else its sentences, else cut between words, else cut anywhere."""
    if len(paragraph) <= CHUNK:
        yield paragraph
        return
    for sentence in sentences(paragraph):
        while len(sentence) > CHUNK:
            cut = sentence.rfind(" ", 1, CHUNK)
            cut = cut if cut > 0 else CHUNK
            yield sentence[:cut]
            sentence = sentence[cut:].lstrip()
        if sentence:
            yield sentence


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
