"""What kind a file is: by its content; its extension must not say otherwise.

A file that is not what its name says is refused, not read all the same: whoever named it took it for something else,
and every other program will trip over it.
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from ..errors import CorpusError
from .files import LARGEST_TEXT, RawFile


class Kind(StrEnum):
    """Each has its reader (`reading.READERS`)."""

    MARKDOWN = "markdown"
    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    TRANSCRIPT = "transcript"


REFUSALS = (
    *("empty", "too_large", "corrupt", "encrypted", "bomb", "unknown", "old_office", "other_office", "archive"),
    *("mislabelled_pdf", "mislabelled_docx", "mislabelled_html", "mislabelled_text"),
)

EXTENSIONS = {
    ".md": Kind.MARKDOWN,
    ".txt": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
    ".vtt": Kind.TRANSCRIPT,
    ".srt": Kind.TRANSCRIPT,
}
_RUNNING_TEXT = frozenset({Kind.MARKDOWN, Kind.TEXT, Kind.TRANSCRIPT})

_PDF_WITHIN = 1024  # bytes; some programs write a line before it, and every reader of PDF allows it
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"PK\x03\x04", b"PK\x05\x06")
_RTF = b"{\\rtf"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_CUES = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:WEBVTT\b|\d+\s*\n\s*\d+:\d\d:\d\d[,.]\d{3} +-->)")
_FIRST_BYTES = 4096

_OTHER_OFFICE = ("ppt/", "xl/", "visio/")
_MOST_ENTRIES, _LARGEST_UNPACKED, _HIGHEST_RATIO, _RATIO_COUNTS_FROM = 5_000, 300 << 20, 150, 20 << 20


def kind_of(raw: RawFile) -> Kind:
    """Raises CorpusError for what cannot be read here, and for a name that says something else than the content."""
    if not raw.data.strip():
        raise CorpusError(raw.where, "is empty", "empty")
    found, named = _by_content(raw), EXTENSIONS.get(raw.extension)
    if raw.content_type:  # an address need not end with what it gives
        kind = found or named or (Kind.TEXT if raw.content_type.startswith("text/") else None)
    else:
        kind = _agreed(raw, found, named)
    if kind is None:
        raise CorpusError(raw.where, "is of no kind that is read here", "unknown")
    if kind not in (Kind.PDF, Kind.DOCX) and len(raw.data) > LARGEST_TEXT:
        raise CorpusError(raw.where, f"is larger than {LARGEST_TEXT >> 20} MB", "too_large")
    return kind


def _agreed(raw: RawFile, found: Kind | None, named: Kind | None) -> Kind | None:
    """Of running text the name decides, since Markdown may begin with anything; a transcript is known anyway."""
    if found is None and named in (Kind.PDF, Kind.DOCX):
        code = "corrupt" if b"\0" in raw.data[:_FIRST_BYTES] else "mislabelled_text"
        raise CorpusError(raw.where, f"is no {named}", code)
    if found is None or found is named:
        return named
    if found is Kind.TRANSCRIPT:
        return Kind.TRANSCRIPT if named in _RUNNING_TEXT and named is not Kind.MARKDOWN else named
    raise CorpusError(raw.where, f"is {found}, whatever its name says", f"mislabelled_{found}")


def _by_content(raw: RawFile) -> Kind | None:
    data, first = raw.data, raw.data[:_FIRST_BYTES]
    if b"%PDF-" in first[:_PDF_WITHIN]:
        return Kind.PDF
    if data.startswith(_OLE):
        raise _of_old_office(raw)
    if data.startswith(_RTF):
        raise CorpusError(raw.where, "is RTF", "other_office")
    if data.startswith(_ZIP):
        return _in_archive(raw)
    if _HTML.match(first):
        return Kind.HTML
    return Kind.TRANSCRIPT if _CUES.match(first) else None


def _of_old_office(raw: RawFile) -> CorpusError:
    if _ENCRYPTED_PACKAGE in raw.data:
        return CorpusError(raw.where, "is encrypted", "encrypted")
    return CorpusError(raw.where, "is of the old Office formats", "old_office")


def _in_archive(raw: RawFile) -> Kind:
    """Looks at the list of contents only: nothing is unpacked before it is known how much it will be."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise CorpusError(raw.where, f"is damaged: {error}", "corrupt") from error
    unpacked = sum(entry.file_size for entry in entries)
    ratio = unpacked / max(len(raw.data), 1)
    high = unpacked > _RATIO_COUNTS_FROM and ratio > _HIGHEST_RATIO
    if len(entries) > _MOST_ENTRIES or unpacked > _LARGEST_UNPACKED or high:
        raise CorpusError(raw.where, f"unpacks to {unpacked} bytes", "bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise CorpusError(raw.where, "is encrypted", "encrypted")
    names = {entry.filename for entry in entries}
    if "word/document.xml" in names:
        return Kind.DOCX
    if "mimetype" in names or any(name.startswith(_OTHER_OFFICE) for name in names):
        raise CorpusError(raw.where, "is a presentation, a spreadsheet or another office document", "other_office")
    if "[Content_Types].xml" in names:
        raise CorpusError(raw.where, "lacks its text", "corrupt")
    raise CorpusError(raw.where, "is an archive", "archive")
