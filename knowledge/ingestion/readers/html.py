"""A web page -> a document of its main content: no menus, no cookie notice, no footer.

Found by trafilatura, which was made for it and is measured on pages of many languages; Apache-2.0.
"""

from __future__ import annotations

import re
from typing import Any

import trafilatura
from lxml.etree import LxmlError

from ...datatypes import Document
from ...errors import CorpusError
from ..files import RawFile
from ..sidecar import said_of
from .documents import document_of, name_of
from .markdown_text import sections_of, title_of
from .origins import told
from .tables import tables_read_out
from .texts import text_of

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 2048  # bytes; where the standard looks for it
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# A day that the page gives as its own, not any that stands in its text.
_DATE = {"extensive_search": False, "original_date": False, "outputformat": "%Y-%m-%d"}
_LEAST_TEXT = 40  # characters; less is a heading or a cookie notice


def read(raw: RawFile) -> Document:
    """Raises CorpusError with the file's place and what is wrong."""
    text = _XML_DECLARATION.sub("", text_of(raw, _charset(raw)))
    try:
        # Recall before precision: the stricter way loses lists of telephone numbers and tables of fees.
        body = trafilatura.extract(text, output_format="markdown", include_comments=False, favor_recall=True) or ""
        about = trafilatura.extract_metadata(text, date_config=_DATE)
    except (LxmlError, ValueError) as error:
        raise CorpusError(raw.where, f"is damaged: {error}", "corrupt") from error
    sections = sections_of(tables_read_out(body))
    if sum(len(paragraph) for section in sections for paragraph in section.paragraphs) < _LEAST_TEXT:
        raise CorpusError(raw.where, "has no main content", "no_content")
    heading = title_of(body) or about.title or name_of(raw)
    return document_of(raw, told(_of_the_page(about) | said_of(raw), heading), sections)


def _of_the_page(about: Any) -> dict[str, str]:
    said = {"title": about.title, "url": about.url, "publisher": about.sitename, "date": about.date}
    return {key: value for key, value in said.items() if value}


def _charset(raw: RawFile) -> str:
    """As the server or the page itself declares it."""
    declared = _CHARSET.search(raw.content_type) or _CHARSET.search(
        raw.data[:_DECLARED_WITHIN].decode("ascii", errors="replace")
    )
    return declared[1] if declared else ""
