"""What one version of an answer says that another does not, word by word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from ...refinement.datatypes import Content, LocalAddition, RefinedCitation
from .form import LANGUAGES

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


class Kind(StrEnum):
    SAME = "same"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of the answer that differs. `detail` tells equal names apart: a language, a municipality."""

    name: str
    detail: str
    pieces: tuple[Piece, ...]


Described = Callable[[RefinedCitation], str]


def differences(old: Content, new: Content, described: Described) -> tuple[Difference, ...]:
    """The parts that differ, in the order of the form; none where both say the same."""
    before, after = dict(_parts(old, described)), dict(_parts(new, described))
    names = dict.fromkeys((*after, *before))
    return tuple(
        Difference(*name, words(before.get(name, ""), after.get(name, "")))
        for name in names
        if before.get(name, "") != after.get(name, "")
    )


def words(old: str, new: str) -> tuple[Piece, ...]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece(Kind.SAME, "".join(before[a:b])))
            continue
        if a < b:
            found.append(Piece(Kind.OLD, "".join(before[a:b])))
        if c < d:
            found.append(Piece(Kind.NEW, "".join(after[c:d])))
    return tuple(found)


def _parts(content: Content, described: Described) -> Iterator[tuple[tuple[str, str], str]]:
    """Each part of the content as a text, by its name and what it is of."""
    for language in LANGUAGES:
        wording = content.wording(language)
        yield ("question", language), wording.question if wording else ""
        yield ("text", language), wording.text if wording else ""
        yield ("phrasings", language), "\n".join(wording.phrasings) if wording else ""
    yield ("citations", ""), "\n".join(f"[{n}] {described(one)}" for n, one in enumerate(content.citations, 1))
    for addition in content.additions:
        yield ("addition", addition.municipality), _addition(addition)
    yield ("topics", ""), ", ".join(content.topics)
    for name in ("valid_from", "valid_to", "next_review"):
        day = getattr(content, name)
        yield (name, ""), day.isoformat() if day else ""


def _addition(addition: LocalAddition) -> str:
    return f"{addition.text}\n{addition.text_en}".strip()
