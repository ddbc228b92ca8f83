"""Bytes of a text file -> text."""

from __future__ import annotations

import codecs
import re
import unicodedata

from ...errors import CorpusError
from ..files import RawFile

_OTHER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_of(raw: RawFile, declared: str = "") -> str:
    """UTF-8, or what the file itself declares; nothing is guessed, since a wrong guess garbles å, ä and ö unseen."""
    if not raw.data.strip():
        raise CorpusError(raw.where, "is empty", "empty")
    if raw.data.startswith(_OTHER_MARKS):
        raise CorpusError(raw.where, "is UTF-16", "not_utf8")
    if b"\0" in raw.data:
        raise CorpusError(raw.where, "holds bytes that no text holds", "binary")
    try:
        text = raw.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _decoded(raw, declared)
        if not text:
            line = raw.data.count(b"\n", 0, error.start) + 1
            raise CorpusError(f"{raw.where}:{line}", "is not UTF-8", "not_utf8") from error
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def blocks_of(text: str) -> list[str]:
    """What is parted by empty lines."""
    return [block.rstrip() for block in re.split(r"\n\s*\n", text) if block.strip()]


def _decoded(raw: RawFile, declared: str) -> str:
    try:
        return raw.data.decode(declared) if declared else ""
    except (LookupError, UnicodeDecodeError):
        return ""
