"""One file in, one document or one refusal out."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.datatypes import Document
from knowledge.errors import CorpusError
from knowledge.ingestion import reading
from knowledge.ingestion.files import read_bytes


def read(file: Path, data: bytes | str, sidecar: str = "") -> Document:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    if sidecar:
        file.with_name(f"{file.name}.yml").write_text(sidecar, encoding="utf-8")
    return reading.read(read_bytes(file))


def refused(file: Path, data: bytes | str, sidecar: str = "") -> str:
    """The code of the refusal, which names the file."""
    with pytest.raises(CorpusError) as caught:
        read(file, data, sidecar)
    assert caught.value.where.startswith(str(file))
    return caught.value.code


def shown(document: Document) -> list[tuple[str, str]]:
    return [(passage.heading, passage.text) for passage in document.passages]
