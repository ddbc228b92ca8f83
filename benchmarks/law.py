"""`python -m benchmarks.law --statutes DIR`: questions about Swedish statutes, by section and in everyday words.

Section questions are made by templates from the statutes that the library holds; the everyday ones stand in
questions/statutes.jsonl. The data folder is made anew unless one is named that already holds the statutes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from knowledge import bootstrap
from knowledge.clock import SystemClock
from knowledge.datatypes import Passage, Question
from knowledge.fakes import ForgetfulConversations
from knowledge.law.lookup import address_of
from knowledge.law.references import find
from knowledge.law.register import repeals
from knowledge.law.statutes import Statute, statute_table
from knowledge.settings import read_settings
from knowledge.store.engine import transaction
from knowledge.store.library import SqlLibraryStore
from knowledge.store.tables import LIBRARY, passages

from .result_files import described, hand_over, put_between, say, where
from .running_service import ROOT
from .tables import Rows, in_markdown

NAME = "law"
README = Path(__file__).parent / "README.md"
EVERYDAY = Path(__file__).parent / "questions" / "statutes.jsonl"
SEED, QUESTIONS, STATUTES = 20261126, 60, 20
SECTION_LINE, EVERYDAY_LINE = 0.95, 0.75
_FIRST = 5

_Template = Callable[[str, Statute], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the section that answers it."""

    question: str
    number: str
    address: str


def _name(statute: Statute) -> str:
    return statute.abbreviations[0] if statute.abbreviations else statute.names[0]


TEMPLATES: tuple[_Template, ...] = (
    lambda address, statute: f"Vad säger {address} {_name(statute)}?",
    lambda address, statute: f"{_name(statute)} {address}",
    lambda address, statute: f"vad står i {address} {statute.names[0]}",
    lambda address, statute: f"{address} {statute.names[0]} ({statute.number})",
    lambda address, statute: f"hur lyder {address.replace('kap.', 'kap')} {statute.names[0]}?",
    lambda address, statute: f"Kan du visa {address} lagen ({statute.number})?",
    lambda address, statute: f"{_name(statute).lower()} {address.replace(' §', '§')} vad innebär den",
    lambda address, statute: f"What does {_english(address)} {_name(statute)} say?",
)


def _english(address: str) -> str:
    """ "3 kap. 5 §" -> "chapter 3, section 5"."""
    found = find(address, dt.date.min)[0]
    return f"chapter {found.chapter}, section {found.section}" if found.chapter else f"section {found.section}"


def section_questions(sections: dict[str, list[str]], count: int = QUESTIONS) -> list[Asked]:
    """Questions over the addresses of statutes, evenly over the statutes; the same for the same sections."""
    chance = random.Random(SEED)
    known = statute_table().by_number
    numbers = [number for number in sorted(sections) if number in known and sections[number]]
    chance.shuffle(numbers)
    asked: list[Asked] = []
    seen: set[tuple[str, str]] = set()
    while numbers and len(asked) < count and len(seen) < sum(len(sections[number]) for number in numbers):
        for number in numbers:
            address = chance.choice(sections[number])
            if (number, address) in seen or len(asked) == count:
                continue
            seen.add((number, address))
            template = TEMPLATES[len(asked) % len(TEMPLATES)]
            asked.append(Asked(template(address, known[number]), number, address))
    return asked


def everyday_questions(file: Path = EVERYDAY) -> list[Asked]:
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [Asked(row["question"], row["sfs"], row["address"]) for row in rows]


def is_right(passage: Passage, asked: Asked) -> bool:
    return passage.document_id == _document_of(asked.number) and address_of(passage) == asked.address


def _document_of(number: str) -> str:
    """ "1904:48 s.1" -> "sfs-1904-48-s-1"."""
    return "sfs-" + re.sub(r"\W+", "-", number)


def measure(knowledge: bootstrap.Knowledge, asked: Sequence[Asked], first: int, *, answers: bool) -> dict[str, Any]:
    """The share whose section is among the first that `search` finds, and, if asked for, is cited first."""
    missed: list[dict[str, Any]] = []
    found = cited = 0
    for one in asked:
        kept = knowledge.searching.search(one.question, max(first, _FIRST)).kept[:first]
        right = any(is_right(scored.passage, one) for scored in kept)
        found += right
        if answers:
            citations = knowledge.answering.answer(Question(one.question)).citations
            cited += bool(citations) and is_right(citations[0].passage, one)
        if not right:
            missed.append({"question": one.question, "wanted": f"{one.address} {one.number}", "found": _told(kept)})
    count = max(1, len(asked))
    figures: dict[str, Any] = {"questions": len(asked), f"in_the_first_{first}": round(found / count, 3)}
    if answers:
        figures["cited_first"] = round(cited / count, 3)
    return figures | {"statutes": len({one.number for one in asked}), "missed": missed}


def _told(kept: Sequence[Any]) -> list[str]:
    return [f"{scored.passage.heading} · {scored.passage.title}" for scored in kept]


def sections_of(knowledge: bootstrap.Knowledge) -> dict[str, list[str]]:
    """The addresses of every statute of the library that the table names and that still applies."""
    found: dict[str, list[str]] = {}
    for number in statute_table().by_number:
        over = repeals().get(number)
        if over is None or not over.ended:
            found[number] = list(dict.fromkeys(_addresses(knowledge, number)))
    return {number: addresses for number, addresses in found.items() if addresses}


def _addresses(knowledge: bootstrap.Knowledge, number: str) -> Iterator[str]:
    key = f"sfs-{number.replace(':', '-')}"
    wanted = select(passages.c.heading).where(
        passages.c.document_id == key, passages.c.collection == LIBRARY, passages.c.current
    )
    with transaction(knowledge.engine) as connection:
        headings = connection.execute(wanted.order_by(passages.c.position)).scalars().all()
    for heading in headings:
        address = heading.partition(" – ")[0]
        if address.endswith("§"):
            yield address


def main() -> int:
    options = _options()
    # Where the statutes lie is no part of what was measured.
    result = described("benchmarks.law", ["--statutes", "DIR"])
    if not options.statutes.is_dir():
        print(f"no folder {options.statutes}: nothing is measured", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory(prefix="radgivaren-law-") as temporary:
        data = options.data or Path(temporary)
        paths = [options.statutes, *options.also]
        subprocess.run(
            [sys.executable, "-m", "knowledge", "ingest", *(str(path.resolve()) for path in paths)],
            cwd=ROOT,
            env=os.environ | {"RADGIVAREN_DATA": str(data)},
            check=False,  # a file that is refused is no reason to measure nothing
        )
        settings = read_settings(dict(os.environ) | {"RADGIVAREN_DATA": str(data)})
        knowledge = bootstrap.prepare_and_build(settings, recording=ForgetfulConversations())
        result["library"] = SqlLibraryStore(knowledge.engine, SystemClock()).count()._asdict()
        result["sections"] = measure(knowledge, section_questions(sections_of(knowledge)), 1, answers=True)
        result["everyday"] = measure(knowledge, everyday_questions(), _FIRST, answers=False)
    file = hand_over(result, options.json, NAME, [table(result)])
    if file:
        put_between(README, NAME, in_readme(result))
        say(f"written: {file.relative_to(ROOT)}, and the table in benchmarks/README.md")
    return 0


def table(result: dict[str, Any]) -> Rows:
    sections, everyday, library = result["sections"], result["everyday"], result["library"]
    title = f"a library of {library['documents']:,} documents, {library['passages']:,} passages"
    lines = [
        [
            f"{sections['questions']} that name a section, of {sections['statutes']} statutes",
            "search shows it first",
            f"{sections['in_the_first_1']:.3f}",
            f"{SECTION_LINE}",
        ],
        ["the same", "the answer cites it first", f"{sections['cited_first']:.3f}", "–"],
        [
            f"{everyday['questions']} in everyday words, over {everyday['statutes']} statutes",
            f"among the first {_FIRST} of search",
            f"{everyday[f'in_the_first_{_FIRST}']:.3f}",
            f"{EVERYDAY_LINE}",
        ],
    ]
    return Rows(title, ["questions", "what is counted", "share", "line"], lines)


def in_readme(result: dict[str, Any]) -> str:
    return f"{where(result)}\n\n{in_markdown(table(result))}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.law", description=__doc__)
    parser.add_argument("--statutes", type=Path, required=True, help="the folder with the statutes")
    parser.add_argument("--also", type=Path, nargs="*", default=[], help="more files, as a statute in plain text")
    parser.add_argument("--data", type=Path, help="a data folder to use and keep")
    parser.add_argument("--json", metavar="FILE|-", help="the result here, and results/ and the README left alone")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
