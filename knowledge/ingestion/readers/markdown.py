"""A Markdown file of running text -> a document of the library, with its address, its date and what it is worth.

Two kinds tell where they come from. A statute has front matter (`beteckning`, `rubrik`, `utfardad_datum` …). A page of
the government lies where it lies on regeringen.se: `pressmeddelanden/2023/08/name.md`. Any other file may say it in
front matter: `title`, `url`, `publisher`, `date`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ...datatypes import Document, Passage, Source, Validity
from ...errors import CorpusError
from .markdown_origin import Origin, page_of_the_government, place_of, said_in_front_matter, statute
from .markdown_text import Section, passages_of, sections_of, title_of

VERSION = "1"  # raise it when the same file gives other passages: every file is then read anew
LARGEST = 20 * 1024 * 1024
REFUSALS = ("missing", "not_a_file", "not_markdown", "unreadable", "too_large", "empty", "binary", "not_utf8", "front")
WITHOUT_TEXT = "Uppgifter om dokumentet"
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_RUNS_ON = re.compile(r"\n(?![ \t\n-]|[\w-]+:(?: |\n|\Z)|\Z)")
_MAY_NEST = re.compile(r"[\[{]|[-?:] +[-?:]|^ {20}", re.MULTILINE)
_DEEPEST = 20
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # no guessing: 2022:15 is a number of base 60 in YAML
_LONGEST_FRONT = 1_000_000  # characters; the statute with the most amendments has a tenth
_TITLE_KEPT = 50


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file's bytes and what they are known by: the same for the same text at the same place."""

    path: Path
    data: bytes
    content_hash: str


def read_bytes(path: Path) -> RawFile:
    """Raises CorpusError where the file cannot be what it should be."""
    where = str(path)
    if path.suffix.lower() != ".md":
        raise CorpusError(where, "is not a Markdown file (.md)", "not_markdown")
    try:
        if not path.exists():
            raise CorpusError(where, "does not exist", "missing")
        if not path.is_file():
            raise CorpusError(where, "is not a file", "not_a_file")
        if path.stat().st_size > LARGEST:
            raise CorpusError(where, f"is larger than {LARGEST >> 20} MB", "too_large")
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(where, f"cannot be read: {error.strerror}", "unreadable") from error
    digest = hashlib.sha256(f"{VERSION}|{place_of(path)}|".encode(errors="surrogateescape"))
    digest.update(data)
    return RawFile(path, data, digest.hexdigest()[:32])


def read_document(raw: RawFile) -> Document:
    """Raises CorpusError with the file's place and what is wrong."""
    front, body = _parts(_text(raw), str(raw.path))
    place = place_of(raw.path)
    heading = title_of(body)
    origin = (
        statute(front, heading)
        if front.get("beteckning")
        else page_of_the_government(place, heading)
        or said_in_front_matter(front, heading or raw.path.stem.replace("-", " "))
    )
    key = _key(origin, place)
    sections = sections_of(body, of_a_statute=origin.is_statute)
    passages = _passages(key, origin, sections)
    if not passages:  # what is known of it can be found all the same, with the address of its text
        passages = _passages(key, origin, [Section(WITHOUT_TEXT, "", [origin.about])], without_text=True)
    return Document(key, origin.source.title, "", (), "", (), passages, raw.content_hash)


def _text(raw: RawFile) -> str:
    where = str(raw.path)
    if not raw.data.strip():
        raise CorpusError(where, "is empty", "empty")
    if b"\0" in raw.data:
        raise CorpusError(where, "holds bytes that no text holds", "binary")
    try:
        text = raw.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.data.count(b"\n", 0, error.start) + 1
        raise CorpusError(f"{where}:{line}", "is not UTF-8", "not_utf8") from error
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def _parts(text: str, where: str) -> tuple[dict[str, Any], str]:
    """Front matter, if there is any, and the text below."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    if len(match[1]) > _LONGEST_FRONT:
        raise CorpusError(where, "front matter is too long", "front")
    # Some titles of the statutes run on at the beginning of the next line, which YAML does not allow.
    front_text = _RUNS_ON.sub(" ", match[1])
    try:
        if _MAY_NEST.search(front_text) and _depth(front_text) > _DEEPEST:
            raise CorpusError(where, "front matter is nested too deeply", "front")
        front = yaml.load(front_text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise CorpusError(where, f"front matter does not parse: {error}", "front") from error
    if not isinstance(front, dict):
        raise CorpusError(where, "front matter must be a mapping", "front")
    return front, text[match.end() :]


def _depth(front: str) -> int:
    """The parser counts on where the loader would run out of stack and take the process with it."""
    depth = deepest = 0
    for event in yaml.parse(front, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > _DEEPEST:
            break
    return deepest


def _key(origin: Origin, place: str) -> str:
    """The document's id: the statute's number, or a readable part and a digest of its address or place."""
    if origin.number:
        return f"sfs-{_slug(origin.number)}"
    digest = hashlib.sha256((origin.source.url or place).encode(errors="surrogateescape")).hexdigest()[:10]
    return f"{_slug(place.rpartition('/')[2])[:_TITLE_KEPT].strip('-')}-{digest}"


def _passages(
    key: str, origin: Origin, sections: Iterable[Section], *, without_text: bool = False
) -> tuple[Passage, ...]:
    found: list[Passage] = []
    named: Counter[str] = Counter()
    for number, (section, text) in enumerate(passages_of(sections), start=1):
        name = _slug(section.address) if section.address else f"{number:04}"
        named[name] += 1
        again = f".{named[name]}" if named[name] > 1 else ""  # a long section is several passages
        found.append(_passage(f"{key}/{name}{again}", key, origin, section, text, without_text))
    return tuple(found)


def _passage(key: str, document: str, origin: Origin, section: Section, text: str, without_text: bool) -> Passage:
    heading = " – ".join(part for part in (section.address, section.heading) if part) or origin.source.title
    validity = origin.validity_without_text if without_text else origin.validity
    return Passage(
        id=key,
        document_id=document,
        title=origin.source.title,
        topics=(),
        heading=heading,
        text=text,
        text_en="",
        sources=(origin.source,),
        laws=(f"{section.address} {origin.source.title}",) if section.address else (),
        validity=validity,
        concerns_child=False,
        phrasings=(),
        phrasings_en=(),
        keywords=(),
        version=_version(heading, text, origin.source, validity),
    )


def _version(heading: str, text: str, source: Source, validity: Validity) -> str:
    return hashlib.sha256(repr((heading, text, source, validity)).encode(errors="surrogateescape")).hexdigest()[:16]


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
