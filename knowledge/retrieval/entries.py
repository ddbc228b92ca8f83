"""What is indexed: several entries a passage, since a question resembles a question more than an answer."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from ..datatypes import Passage


class EntryKind(StrEnum):
    BODY = "body"
    PHRASING = "phrasing"


class Entry(NamedTuple):
    passage: int  # its place in the sequence of passages
    kind: EntryKind
    text: str


def entries_of(passages: Sequence[Passage]) -> list[Entry]:
    found: list[Entry] = []
    for number, passage in enumerate(passages):
        keywords = " ".join(passage.keywords)
        laws = " ".join(passage.laws)
        found.append(
            Entry(number, EntryKind.BODY, f"{passage.title}. {passage.heading} {passage.text} {keywords} {laws}")
        )
        if passage.text_en:
            found.append(Entry(number, EntryKind.BODY, passage.text_en))
        for phrasing in (passage.heading, *passage.phrasings, *passage.phrasings_en):
            found.append(Entry(number, EntryKind.PHRASING, phrasing))
    return found
