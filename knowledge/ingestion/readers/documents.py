"""Origin and sections -> a document of the library."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath
from urllib.parse import urldefrag

from ...datatypes import Document, Passage, Source, Validity, ValidityStatus
from ..files import RawFile
from .origins import Origin
from .sections import Section, passages_of

WITHOUT_TEXT = "Uppgifter om dokumentet"
_TITLE_KEPT = 50


def document_of(raw: RawFile, origin: Origin, sections: Iterable[Section], remark: str = "") -> Document:
    """Without text it is one passage that says so. `remark` is what the reader of the file could not read."""
    key = _key(origin, raw.place)
    if remark:
        validity = origin.validity
        origin = replace(origin, validity=replace(validity, note=f"{validity.note} {remark}"))
    passages = _passages(key, origin, sections)
    if not passages:  # what is known of it can be found all the same, with the address of its text
        told = replace(origin, validity=origin.validity_without_text)
        passages = _passages(key, told, [Section(WITHOUT_TEXT, paragraphs=[origin.about])])
    return Document(key, origin.source.title, "", origin.topics, remark, (), passages, raw.content_hash)


def _key(origin: Origin, place: str) -> str:
    """The document's id: the statute's number, or a readable part and a digest of its address or place."""
    if origin.number:
        return f"sfs-{slug(origin.number)}"
    digest = hashlib.sha256((origin.source.url or place).encode(errors="surrogateescape")).hexdigest()[:10]
    return f"{slug(PurePath(place).name)[:_TITLE_KEPT].strip('-')}-{digest}"


def _passages(key: str, origin: Origin, sections: Iterable[Section]) -> tuple[Passage, ...]:
    found: list[Passage] = []
    named: Counter[str] = Counter()
    for number, (section, text) in enumerate(passages_of(sections), start=1):
        name = slug(section.name or section.address) or f"{number:04}"
        named[name] += 1
        again = f".{named[name]}" if named[name] > 1 else ""  # a long section is several passages
        found.append(_passage(f"{key}/{name}{again}", key, origin, section, text))
    return tuple(found)


def _passage(key: str, document: str, origin: Origin, section: Section, text: str) -> Passage:
    heading = section.title() or origin.source.title
    source, validity = _source_of(section, origin.source), _validity_of(section, origin.validity)
    return Passage(
        id=key,
        document_id=document,
        title=origin.source.title,
        topics=origin.topics,
        heading=heading,
        text=text,
        text_en="",
        sources=(source,),
        laws=(f"{section.address} {origin.source.title}",) if section.address else (),
        validity=validity,
        concerns_child=False,
        phrasings=(),
        phrasings_en=(),
        keywords=(),
        version=_version(heading, text, source, validity),
    )


def _source_of(section: Section, source: Source) -> Source:
    """With the address of the very page or moment, where the document has an address."""
    if not section.fragment or not source.url:
        return source
    return replace(source, url=f"{urldefrag(source.url).url}#{section.fragment}")


def _validity_of(section: Section, validity: Validity) -> Validity:
    if not (section.note or section.valid_from or section.valid_to):
        return validity
    begins = max(filter(None, (section.valid_from, validity.valid_from)), default=None)
    ends = min(filter(None, (section.valid_to, validity.valid_to)), default=None)
    status = validity.status if section.in_force else ValidityStatus.PROPOSED
    return Validity(status, f"{section.note} {validity.note}".strip(), begins, ends)


def _version(heading: str, text: str, source: Source, validity: Validity) -> str:
    return hashlib.sha256(repr((heading, text, source, validity)).encode(errors="surrogateescape")).hexdigest()[:16]


def name_of(raw: RawFile) -> str:
    """What a file is called where it has no title."""
    return re.sub(r"[-_]+", " ", PurePath(raw.name).stem).strip() or raw.name


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
