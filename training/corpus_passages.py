"""The project's corpus (knowledge/corpus) as training sees it: a passage with its questions in two languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import CorpusError
from knowledge.ingestion.readers.corpus_marks import without_marks
from knowledge.ingestion.readers.corpus_phrasings import PhrasingsBeside, phrasings_beside, without_topic
from knowledge.ingestion.readers.corpus_yaml import read_mapping, read_text

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)", re.S)
PASSAGE = re.compile(r"(.+?)\n+```yaml\n(.*?)\n```\n(.*)", re.S)
ENGLISH = re.compile(r"^### English\s*$", re.M)


@dataclass(frozen=True)
class Passage:
    passage_id: str
    topics: frozenset[str]
    title: str
    title_en: str
    heading: str
    swedish: list[str]
    english: list[str]
    keywords: list[str]
    text: str
    text_en: str


def read_corpus(folder: Path) -> tuple[list[Passage], list[str]]:
    """All passages, and a line about each file that could not be read."""
    passages: list[Passage] = []
    faults = [str(error) for error in without_topic(folder)]
    for path in sorted(folder.glob("*.md")):
        try:
            passages += _read(path)
        except CorpusError as fault:
            faults.append(str(fault)[:200])
        except (ValueError, KeyError, TypeError) as fault:
            faults.append(f"{path.name}: {fault!r}"[:200])
    return passages, faults


def _read(path: Path) -> list[Passage]:
    parts = FRONT_MATTER.match(read_text(path, path.name))
    if not parts:
        raise ValueError("no front matter")
    front = read_mapping(parts[1], path.name)
    beside = phrasings_beside(path)
    sections = list(_sections(parts[2], path.name))
    beside.hold_against(path, (block.get("id") for _, block, _ in sections))
    return [_passage(front, heading, block, body, beside) for heading, block, body in sections]


def _sections(text: str, file: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    for chunk in re.split(r"^## ", text, flags=re.M)[1:]:
        found = PASSAGE.match(chunk)
        if not found:
            raise ValueError(f"no yaml block below {chunk[:40]!r}")
        heading = found[1].strip()
        yield heading, read_mapping(found[2], f"{file} / {heading}"), found[3]


def _passage(front: dict[str, Any], heading: str, block: dict[str, Any], body: str, beside: PhrasingsBeside) -> Passage:
    swedish, _, english = ENGLISH.sub("\0", without_marks(body)).partition("\0")
    phrasings = beside.added_to(block)["phrasings"]
    return Passage(
        passage_id=block["id"],
        topics=frozenset(block.get("topics", [front["slug"]])),
        title=front["title"],
        title_en=front.get("title_en", ""),
        heading=heading,
        swedish=[str(phrasing) for phrasing in phrasings["sv"]],
        english=[str(phrasing) for phrasing in phrasings["en"]],
        keywords=[str(word) for word in block["keywords"]],
        text=" ".join(swedish.split()),
        text_en=" ".join(english.split()),
    )
