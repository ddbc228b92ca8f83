"""Documents and pairs as JSON lines in the work folder."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from training.datatypes import Document, Pair, Section


def write_pairs(path: Path, pairs: Iterable[Pair]) -> int:
    return _write(path, pairs)


def read_pairs(path: Path) -> Iterator[Pair]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield Pair(**json.loads(line))


def write_documents(path: Path, documents: Iterable[Document]) -> int:
    return _write(path, documents)


def read_documents(path: Path) -> Iterator[Document]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            row["sections"] = [Section(**section) for section in row["sections"]]
            yield Document(**row)


def _write(path: Path, rows: Iterable[Document] | Iterable[Pair]) -> int:
    written = 0
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
            written += 1
    return written
