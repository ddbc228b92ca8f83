"""The main text of what was fetched, a sentence a line, so that a change can be shown.

More than what becomes passages of a document: a telephone number in a list beside the text counts as well.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from html.parser import HTMLParser
from typing import Protocol, cast

from ...errors import CorpusError
from ..fetching.fetcher import Fetched
from ..files import RawFile, from_address
from ..isolation import Isolated
from ..readers.sections import SENTENCE_END

_TARGET = "knowledge.ingestion.refresh.page_text:text_of"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 2048  # bytes
_LEAST_TEXT = 40  # characters; a page with less main text than that is taken whole
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ASIDE = frozenset("script style noscript template nav header footer aside form svg button title".split())
_BLOCKS = frozenset(
    "p div section article main li ul ol table tr h1 h2 h3 h4 h5 h6 br hr dt dd blockquote pre figcaption".split()
)


class PageTexts(Protocol):
    """Text out of what was fetched. One call at a time."""

    def text_of(self, fetched: Fetched) -> str: ...

    def close(self) -> None: ...


class IsolatedPageTexts:
    """In a process of its own (isolation.py): what crashes or hangs on a page costs that page."""

    def __init__(self) -> None:
        self._reader = Isolated(target=_TARGET)

    def text_of(self, fetched: Fetched) -> str:
        raw = from_address(fetched.url, fetched.body, fetched.content_type)
        try:
            return cast(str, cast(object, self._reader.read(raw)))  # it passes on what the target returns
        except CorpusError:
            return digest_of(raw)

    def close(self) -> None:
        self._reader.close()


def digest_of(raw: RawFile) -> str:
    """Stands for a text that cannot be read: it tells at least that something changed."""
    return f"({raw.content_type}, {len(raw.data)} byte, {hashlib.sha256(raw.data).hexdigest()[:16]})"


def text_of(raw: RawFile) -> str:
    """Never empty: what holds no text is told by its bytes."""
    kind = raw.content_type.partition(";")[0].strip().lower()
    if kind == "application/pdf":
        text = _of_a_pdf(raw)
    else:
        text = decoded(raw.data, raw.content_type)
        text = _of_a_page(text) if kind in ("text/html", "application/xhtml+xml") else text
    return _lines(text) or digest_of(raw)


def _of_a_pdf(raw: RawFile) -> str:
    from ..readers import pdf  # takes its time to load, and many runs meet no PDF

    try:
        return "\n".join(f"{passage.heading}\n{passage.text}" for passage in pdf.read(raw).passages)
    except CorpusError:  # scanned, encrypted, damaged
        return ""


def _of_a_page(html: str) -> str:
    import trafilatura
    from lxml.etree import LxmlError

    try:
        main = trafilatura.extract(
            _XML_DECLARATION.sub("", html), favor_recall=True, include_comments=False, include_tables=True
        )
    except (LxmlError, ValueError):
        main = None
    return main if main and len(main) >= _LEAST_TEXT else whole_text(html)


def decoded(data: bytes, content_type: str) -> str:
    """By the header, the page's own word, or UTF-8; else as Windows of Western Europe wrote."""
    said = [_CHARSET.search(content_type), _CHARSET.search(data[:_DECLARED_WITHIN].decode("ascii", "replace"))]
    for name in [match[1] for match in said if match] + ["utf-8-sig"]:
        try:
            return codecs.decode(data, name)
        except (LookupError, UnicodeDecodeError, TypeError):
            continue
    return data.decode("cp1252", "replace")


def whole_text(html: str) -> str:
    """All that is neither menu nor script."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._aside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _ASIDE:
            self._aside.append(tag)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._aside:
            del self._aside[self._aside.index(tag) :]
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._aside:
            self.parts.append(re.sub(r"\s+", " ", data))


def _lines(text: str) -> str:
    lines = (" ".join(sentence.split()) for line in text.splitlines() for sentence in SENTENCE_END.split(line))
    return "\n".join(line for line in lines if line)
