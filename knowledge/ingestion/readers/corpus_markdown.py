"""The starter corpus: one Markdown file a topic, front matter above, a YAML block under each heading.

The format is described in CONTRIBUTING.md ("Write a topic").
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ...datatypes import Document, FollowUp, Passage, Source, Validity, ValidityStatus
from ...errors import CorpusError

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_ENGLISH = "English"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CorpusMarkdownReader:
    def read(self, folder: Path) -> tuple[Document, ...]:
        """Every `*.md` of the folder, by name. Raises CorpusError naming file and passage."""
        files = sorted(folder.glob("*.md"))
        if not files:
            raise CorpusError(str(folder), "no *.md files here")
        return tuple(read_document(file) for file in files)


def read_document(file: Path) -> Document:
    text = file.read_text(encoding="utf-8")
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise CorpusError(file.name, "must begin with front matter between two lines of ---")
    front = _yaml(match[1], file.name)
    try:
        sources = {key: _source(value) for key, value in front["sources"].items()}
        sections = _sections(MarkdownIt("commonmark").parse(match[2]))
        passages = tuple(_passage(heading, tokens, front, sources, file.name) for heading, tokens in sections)
        return Document(
            id=front["slug"],
            title=front["title"],
            title_en=front["title_en"],
            topics=tuple(front.get("topics", [front["slug"]])),
            summary=front["summary"],
            follow_ups=tuple(FollowUp(item["sv"], item["en"]) for item in front["follow_ups"]),
            passages=passages,
            content_hash=_digest(text),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise CorpusError(file.name, f"front matter lacks or misspells {error}") from error


def _sections(tokens: list[Token]) -> list[tuple[str, list[Token]]]:
    """The tokens under each second-level heading."""
    found: list[tuple[str, list[Token]]] = []
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            found.append((tokens[number + 1].content, []))
        elif found:
            found[-1][1].append(token)
    return found


def _passage(
    heading: str, tokens: list[Token], front: dict[str, Any], sources: dict[str, Source], file: str
) -> Passage:
    where = f"{file} / {heading}"
    blocks = [token for token in tokens if token.type == "fence" and token.info.strip() == "yaml"]
    if len(blocks) != 1:
        raise CorpusError(where, "needs one ```yaml block under the heading")
    about = _yaml(blocks[0].content, where)
    swedish, english = _paragraphs(tokens, heading)
    if not swedish:
        raise CorpusError(where, "has no text")
    try:
        used = tuple(sources[key] for key in about["sources"])
        validity = about["validity"]
        return Passage(
            id=about["id"],
            document_id=front["slug"],
            title=front["title"],
            topics=tuple(about.get("topics", front.get("topics", [front["slug"]]))),
            heading=heading,
            text=swedish,
            text_en=english,
            sources=used,
            laws=tuple(about["laws"]),
            validity=Validity(
                ValidityStatus(validity["status"]), validity["note"], _day(validity["from"]), _day(validity["to"])
            ),
            concerns_child=bool(about["child"]),
            phrasings=tuple(about["phrasings"]["sv"]),
            phrasings_en=tuple(about["phrasings"]["en"]),
            keywords=tuple(map(str, about["keywords"])),
            version=_digest(repr((front["title"], front.get("topics"), heading, swedish, english, about, used))),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CorpusError(where, f"its YAML block lacks or misspells {error}") from error


def _paragraphs(tokens: list[Token], heading: str) -> tuple[str, str]:
    """Swedish and English running text of a passage."""
    parts: dict[str, list[str]] = {"": [], _ENGLISH: []}
    part, in_heading = "", False
    for token in tokens:
        if token.type == "heading_open":
            in_heading = True
        elif token.type == "heading_close":
            in_heading = False
        elif token.type == "inline" and in_heading:
            part = _ENGLISH if token.content.strip() == _ENGLISH else part
        elif token.type == "inline" and token.content != heading:
            parts[part].append(" ".join(token.content.split()))
    return " ".join(parts[""]), " ".join(parts[_ENGLISH])


def _source(value: dict[str, Any]) -> Source:
    published = value.get("published")
    return Source(
        value["title"],
        value["url"],
        value["publisher"],
        str(value["date"]),
        None if published is None else str(published),
    )


def _day(value: Any) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    return dt.date.fromisoformat(str(value))


def _yaml(text: str, where: str) -> dict[str, Any]:
    try:
        value = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise CorpusError(where, f"YAML does not parse: {error}") from error
    if not isinstance(value, dict):
        raise CorpusError(where, "YAML must be a mapping")
    return value


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
