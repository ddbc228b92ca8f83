"""What people ask about sections of statutes, in everyday words: an act says "tilläggsavgift", a person "straffavgift".

Written for this service from the text of the sections (docs/adr/0032), a file for each part of the field. A line holds
the statute's number, the address of the section and the questions, which " | " parts. A passage is found by them; none
is ever shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..errors import CorpusError

EVERYDAY = Path(__file__).parent / "everyday"
_PARTS = " | "


class EverydayQuestion(NamedTuple):
    number: str  # "1977:67", "1904:48-s-1"
    address: str  # "3 kap. 2 §"
    text: str


def everyday_questions(folder: Path = EVERYDAY) -> Iterator[EverydayQuestion]:
    """Every question, in the order of the files. Raises CorpusError for a line that holds none."""
    for file in sorted(folder.glob("*.tsv")):
        for place, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            number, address, texts = _columns(line, f"{file.name}, line {place}")
            yield from (EverydayQuestion(number, address, text) for text in texts.split(_PARTS))


def _columns(line: str, where: str) -> tuple[str, str, str]:
    columns = line.split("\t")
    if len(columns) != 3 or not all(columns):
        raise CorpusError(where, "not a number, an address and questions, parted by tabs")
    return columns[0], columns[1], columns[2]
