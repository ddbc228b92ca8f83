"""A file that came in -> a document, by the reader of its kind. Run it in a process of its own (isolation.py)."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from ..datatypes import Document
from ..errors import CorpusError
from . import files, kinds
from .files import RawFile
from .kinds import Kind, kind_of

Read = Callable[[RawFile], Document]

# Module of each reader. They are loaded when the first file of their kind comes: most runs hold one kind only.
READERS = {
    Kind.MARKDOWN: "markdown",
    Kind.TEXT: "plain_text",
    Kind.HTML: "html",
    Kind.PDF: "pdf",
    Kind.DOCX: "docx",
    Kind.TRANSCRIPT: "transcript",
}
REFUSALS = (*files.REFUSALS, *kinds.REFUSALS, "binary", "not_utf8", "front", "no_content", "no_text", "scanned")


def read(raw: RawFile) -> Document:
    """Raises CorpusError with the file's place and what is wrong."""
    reader = import_module(f"{__package__}.readers.{READERS[kind_of(raw)]}")
    document: Document = reader.read(raw)
    return document


def damaged(raw: RawFile, error: Exception) -> CorpusError:
    """What a foreign parser says of a file that it cannot read."""
    return CorpusError(raw.where, f"is damaged: {type(error).__name__}: {error}", "corrupt")
