"""Folders of Markdown and plain text -> documents with headings and paragraphs, less what belongs to held-out tests."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from training.datatypes import Document, Pair, Places, Section, Settings
from training.files import write_documents
from training.words import looks_swedish, sequences

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n?", re.S)
TITLE_FIELD = re.compile(r"^(?:rubrik|title):\s*\"?(.+?)\"?\s*$", re.M)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
AMENDED_BY = re.compile(r"\s*\b(?:Lag|Förordning) \(\d{4}:\d+\)\.")
LIST_ITEM = re.compile(r"^(?:[-*•–] |\d+\. |[a-z]\) )")
SECTION_NUMBER = re.compile(r"^\d+ ?[a-z]? ?§+$|^\d+ ?[a-z]? kap\.? ?$")
SECTION_START = re.compile(r"^\d+ ?[a-z]? § ")
LEAVE_OUT = re.compile(
    r"^(?:Kontakt|Presskontakt|Relatera|Pressekreterare|Genvägar|Ladda ner|Se även|Övergångsbest)", re.I
)
SHORTEST = 60


def read_documents(places: Places, settings: Settings) -> dict[str, int]:
    counts: Counter[str] = Counter()
    forbidden = held_out_sequences(places.held_out)
    write_documents(places.documents, _documents(places.data, forbidden, settings, counts))
    return dict(counts)


def held_out_sequences(files: tuple[Path, ...]) -> set[str]:
    """Every 8-word sequence of every string in the held-out JSON or JSON-lines files."""
    found: set[str] = set()
    for path in files:
        text = path.read_text(encoding="utf-8")
        rows = (
            [json.loads(line) for line in text.splitlines() if line] if path.suffix == ".jsonl" else [json.loads(text)]
        )
        for string in _strings(rows):
            found |= sequences(string)
    return found


def without_held_out(pairs: Iterable[Pair], files: tuple[Path, ...]) -> tuple[list[Pair], int]:
    """The pairs that share no sequence with the held-out files, and how many did."""
    forbidden = held_out_sequences(files)
    found = list(pairs)
    kept = [
        pair for pair in found if not forbidden or not (sequences(pair.anchor) | sequences(pair.positive)) & forbidden
    ]
    return kept, len(found) - len(kept)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _documents(data: Path, forbidden: set[str], settings: Settings, counts: Counter[str]) -> Iterator[Document]:
    seen: set[str] = set()
    for collection in sorted(folder for folder in data.iterdir() if folder.is_dir()):
        paths = sorted([*collection.rglob("*.md"), *collection.rglob("*.txt")])
        if settings.max_documents and len(paths) > settings.max_documents:
            paths = sorted(Random(settings.seed).sample(paths, settings.max_documents))
        for path in paths:
            document = _clean(read_document(path, collection.name), seen, forbidden, counts)
            if document.sections:
                counts[collection.name] += 1
                yield document


def read_document(path: Path, collection: str) -> Document:
    """Headings are Markdown's, or in plain text a short line that stands alone and does not end like a sentence."""
    text = path.read_text(encoding="utf-8")
    title, heading = "", ""
    if front := FRONT_MATTER.match(text):
        if field := TITLE_FIELD.search(front[1]):
            title = field[1]
        text = text[front.end() :]
    sections: list[Section] = []
    plain = path.suffix == ".txt"
    for block in re.split(r"\n\s*\n", text):
        for line_or_block in _split_headings(block):
            found = _heading(line_or_block, plain)
            if found is None:
                _add_paragraph(sections, heading, line_or_block)
            elif not SECTION_NUMBER.match(found):
                title, heading = title or found, found
    return Document(collection, title, sections)


def _split_headings(block: str) -> list[str]:
    """A Markdown heading directly above its text is a block of its own."""
    block = block.strip()
    if block.startswith("#") and "\n" in block:
        first, rest = block.split("\n", 1)
        return [first, *_split_headings(rest)]
    return [block] if block else []


def _heading(block: str, plain: bool) -> str | None:
    if block.startswith("#"):
        return _plain(block.lstrip("#"))
    bold = re.fullmatch(r"\*\*(.{3,100})\*\*", block)
    if bold:
        return _plain(bold[1])
    alone = plain and len(block) < 100 and "§" not in block and block[:1].isupper() and block[-1:] not in ".,:;"
    return _plain(block) if alone else None


def _add_paragraph(sections: list[Section], heading: str, block: str) -> None:
    paragraph = SECTION_START.sub("", _plain(block))
    if not sections or sections[-1].heading != heading:
        sections.append(Section(heading, []))
    paragraphs = sections[-1].paragraphs
    if paragraphs and LIST_ITEM.match(block) and len(paragraphs[-1]) < 1200:
        paragraphs[-1] += " " + paragraph
    elif paragraph:
        paragraphs.append(paragraph)


def _plain(text: str) -> str:
    text = AMENDED_BY.sub("", LINK.sub(r"\1", text)).replace("**", "").replace("|", " ")
    return " ".join(text.split())


def _clean(document: Document, seen: set[str], forbidden: set[str], counts: Counter[str]) -> Document:
    """Without short, repeated, foreign-language and held-out paragraphs."""
    sections = []
    for section in document.sections:
        if LEAVE_OUT.match(section.heading):
            continue
        kept = []
        for paragraph in section.paragraphs:
            if len(paragraph) < SHORTEST or paragraph in seen or not looks_swedish(paragraph):
                continue
            seen.add(paragraph)
            if forbidden and sequences(paragraph) & forbidden:
                counts["held out"] += 1
                continue
            kept.append(paragraph)
        if kept:
            sections.append(Section(section.heading, kept))
    if forbidden and sequences(document.title) & forbidden:
        counts["held out"] += 1
        return Document(document.collection, "", [])
    counts["paragraphs"] += sum(len(section.paragraphs) for section in sections)
    return Document(document.collection, document.title, sections)
