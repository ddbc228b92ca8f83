"""Stands for a parser that a file brings down: what it does is what the file says."""

from __future__ import annotations

import ctypes
import time

from knowledge.datatypes import Document
from knowledge.errors import CorpusError
from knowledge.ingestion.files import RawFile


def read(raw: RawFile) -> Document:
    match raw.data:
        case b"crash":
            ctypes.string_at(0)
        case b"hang":
            time.sleep(3600)
        case b"spin":
            while True:
                pass
        case b"swallow":
            raise MemoryError if not bytearray(64 << 30) else AssertionError
        case b"raise":
            raise ZeroDivisionError("a parser's own error")
        case b"refuse":
            raise CorpusError(raw.where, "is not liked", "empty")
    return Document(raw.data.decode(), "", "", (), "", (), (), raw.content_hash)
