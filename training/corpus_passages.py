"""The project's corpus (knowledge/corpus/*.md) as training sees it: a passage with its questions in two languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

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
    faults: list[str] = []
    for path in sorted(folder.glob("*.md")):
        try:
            passages += _read(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, ValueError, KeyError, TypeError) as fault:
            faults.append(f"{path.name}: {fault!r}"[:200])
    return passages, faults


def _read(text: str) -> Iterator[Passage]:
    parts = FRONT_MATTER.match(text)
    if not parts:
        raise ValueError("no front matter")
    front = yaml.safe_load(parts[1])
    for chunk in re.split(r"^## ", parts[2], flags=re.M)[1:]:
        found = PASSAGE.match(chunk)
        if not found:
            raise ValueError(f"no yaml block below {chunk[:40]!r}")
        yield _passage(front, found[1].strip(), yaml.safe_load(found[2]), found[3])


def _passage(front: dict[str, Any], heading: str, block: dict[str, Any], body: str) -> Passage:
    swedish, _, english = (ENGLISH.sub("\0", body)).partition("\0")
    phrasings = block["phrasings"]
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
