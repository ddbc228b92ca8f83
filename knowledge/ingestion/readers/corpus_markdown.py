"""The starter corpus: one Markdown file a topic, front matter above, a YAML block under each heading.

Phrasings may stand beside it (corpus_phrasings.py). The format is described in CONTRIBUTING.md ("Write a topic").
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ...datatypes import Document, FollowUp, Passage, Source, Validity, ValidityStatus
from ...errors import CorpusError
from .corpus_marks import attributions, without_marks
from .corpus_phrasings import PhrasingsBeside, phrasings_beside, without_topic
from .corpus_yaml import read_mapping, read_text

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_ENGLISH = "English"


class CorpusMarkdownReader:
    def read(self, folder: Path) -> tuple[Document, ...]:
        """Every `*.md` of the folder, by name. Raises CorpusError naming file and passage."""
        files = sorted(folder.glob("*.md"))
        if not files:
            raise CorpusError(str(folder), "no *.md files here")
        for error in without_topic(folder):
            raise error
        return tuple(read_document(file) for file in files)


def read_document(file: Path) -> Document:
    text = read_text(file, file.name)
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise CorpusError(file.name, "must begin with front matter between two lines of ---")
    front = read_mapping(match[1], file.name)
    beside = phrasings_beside(file)
    try:
        sources = {key: _source(value) for key, value in front["sources"].items()}
        sections = _sections(MarkdownIt("commonmark").parse(match[2]))
        blocks = [_block(tokens, f"{file.name} / {heading}") for heading, tokens in sections]
        beside.hold_against(file, (block.get("id") for block in blocks))
        passages = tuple(
            _passage(heading, tokens, block, front, sources, beside, file.name)
            for (heading, tokens), block in zip(sections, blocks, strict=True)
        )
        return Document(
            id=front["slug"],
            title=front["title"],
            title_en=front["title_en"],
            topics=tuple(front.get("topics", [front["slug"]])),
            summary=front["summary"],
            follow_ups=tuple(FollowUp(item["sv"], item["en"]) for item in front["follow_ups"]),
            passages=passages,
            content_hash=_digest(text + beside.text),
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


def _block(tokens: list[Token], where: str) -> dict[str, Any]:
    blocks = [token for token in tokens if token.type == "fence" and token.info.strip() == "yaml"]
    if len(blocks) != 1:
        raise CorpusError(where, "needs one ```yaml block under the heading")
    return read_mapping(blocks[0].content, where)


def _passage(
    heading: str,
    tokens: list[Token],
    block: dict[str, Any],
    front: dict[str, Any],
    sources: dict[str, Source],
    beside: PhrasingsBeside,
    file: str,
) -> Passage:
    where = f"{file} / {heading}"
    marked = _paragraphs(tokens, heading)
    swedish, english = map(without_marks, marked)
    if not swedish:
        raise CorpusError(where, "has no text")
    try:
        about = beside.added_to(block)
        used = tuple(sources[key] for key in about["sources"])
        rests_on = tuple(one for text in marked for one in attributions(text, about["sources"], where))
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
            version=_digest(repr((front["title"], front.get("topics"), heading, *marked, about, used))),
            attributions=rests_on,
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


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
