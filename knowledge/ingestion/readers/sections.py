"""What a reader makes of a file: sections with their headings, cut into passages of a length that can be quoted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

LONGEST = 700  # characters of a passage: two or three paragraphs, what an official reads at a glance

SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÅÄÖ0-9–\"”])")


@dataclass(slots=True)
class Section:
    """`address` is where a statute has it: "3 kap. 5 §". `place` is where the file has it: "sida 3", "12:30–13:05".

    `fragment` opens the source there: "page=3". `name` stands in the passage's id instead of the address or the number.
    The days, both inclusive, and the note are of this section alone; without them it holds as the document does.
    """

    heading: str
    address: str = ""
    paragraphs: list[str] = field(default_factory=list)
    place: str = ""
    fragment: str = ""
    name: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    note: str = ""
    in_force: bool = True  # False: from a day that nobody has set yet

    def title(self) -> str:
        """What a passage of it is headed by; empty where there is nothing to say."""
        title = " – ".join(part for part in (self.address, self.heading, self.place) if part)
        return title[:1].upper() + title[1:]


def passages_of(sections: Iterable[Section]) -> Iterator[tuple[Section, str]]:
    """Each section in pieces that end with a paragraph; a longer paragraph is cut at the end of a sentence."""
    for section in sections:
        pieces = [piece for paragraph in section.paragraphs for piece in _cut(paragraph)]
        collected = ""
        for piece in pieces:
            if collected and len(collected) + 1 + len(piece) > LONGEST:
                yield section, collected
                collected = piece
            else:
                collected = f"{collected}\n{piece}" if collected else piece
        if collected:
            yield section, collected


def _cut(paragraph: str) -> Iterator[str]:
    if len(paragraph) <= LONGEST:
        yield paragraph
        return
    ends = [match.end() for match in SENTENCE_END.finditer(paragraph)]
    start = 0
    for end, after in pairwise([*ends, len(paragraph), len(paragraph) + LONGEST + 1]):
        if after - start > LONGEST and end > start:
            yield from _cut_at_words(paragraph[start:end].strip())
            start = end


def _cut_at_words(text: str) -> Iterator[str]:
    """The last resort: a sentence, or a table, that is longer than a passage."""
    start = 0
    while len(text) - start > LONGEST:
        at = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        at = at if at > 0 else start + LONGEST
        yield text[start:at].strip()
        start = at
    if rest := text[start:].strip():
        yield rest
