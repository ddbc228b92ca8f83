"""A Markdown file of running text -> a document of the library, with its address, its date and what it is worth.

Two kinds tell where they come from. A statute has front matter (`beteckning`, `rubrik`, `utfardad_datum` …). A page of
the government lies where it lies on regeringen.se: `pressmeddelanden/2023/08/name.md`. Any other file may say it in
front matter: `title`, `url`, `publisher`, `date`.
"""

from __future__ import annotations

import re
from typing import Any

from ...datatypes import Document
from ...errors import CorpusError
from ..files import RawFile
from ..front import NotAMapping, mapping_of
from ..sidecar import said_of
from .documents import document_of, name_of
from .markdown_text import sections_of, sections_of_a_statute, title_of
from .origins import overruled, page_of_the_government, statute, told
from .texts import text_of

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_RUNS_ON = re.compile(r"\n(?![ \t\n-]|[\w-]+:(?: |\n|\Z)|\Z)")


def read(raw: RawFile) -> Document:
    """Raises CorpusError with the file's place and what is wrong."""
    front, body = _parts(text_of(raw), raw.where)
    said = said_of(raw)
    heading = title_of(body)
    if front.get("beteckning"):
        return document_of(raw, overruled(statute(front, heading), said), sections_of_a_statute(body))
    page = page_of_the_government(raw.place, heading)
    origin = overruled(page, said) if page else told(front | said, heading or name_of(raw))
    return document_of(raw, origin, sections_of(body))


def _parts(text: str, where: str) -> tuple[dict[str, Any], str]:
    """Front matter, if there is any, and the text below."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    try:
        # Some titles of the statutes run on at the beginning of the next line, which YAML does not allow.
        return mapping_of(_RUNS_ON.sub(" ", match[1])), text[match.end() :]
    except NotAMapping as error:
        raise CorpusError(where, f"front matter {error}", "front") from error
