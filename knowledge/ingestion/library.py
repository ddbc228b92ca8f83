"""Files -> documents of the library, as a stream: what is known is passed over, what cannot be read is reported.

Memory holds one batch. A batch is stored as a whole or not at all, so a run that was cut short goes on where it was.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from ..datatypes import Document
from ..errors import CorpusError
from .readers.markdown import RawFile, read_bytes, read_document

_BATCH = 300  # documents in one transaction
_BATCH_PASSAGES = 3_000


@dataclass(slots=True)
class Counts:
    """Every file that came in is one of the three. Passages are those of the taken."""

    taken: int = 0
    unchanged: int = 0
    refused: int = 0
    passages: int = 0

    @property
    def came_in(self) -> int:
        return self.taken + self.unchanged + self.refused


@dataclass(slots=True)
class Ingestion:
    """One run. `put` stores a batch; `on_file` hears of each file once it is settled, with what was wrong with it."""

    known: AbstractSet[str]
    put: Callable[[Sequence[Document]], None]
    on_file: Callable[[CorpusError | None], None]
    counts: Counts = field(default_factory=Counts)
    _batch: list[Document] = field(default_factory=list)
    _waiting: int = 0  # passages of the batch
    _seen: dict[str, Path] = field(default_factory=dict)  # documents of this run, by id

    @property
    def passages_read(self) -> int:
        return self.counts.passages + self._waiting

    def run(self, files: Iterable[Path]) -> Counts:
        for path in files:
            try:
                self._take(read_bytes(path))
            except CorpusError as error:
                self.counts.refused += 1
                self.on_file(error)
        self._store()
        return self.counts

    def _take(self, raw: RawFile) -> None:
        if raw.content_hash in self.known:
            self.counts.unchanged += 1
            self.on_file(None)
            return
        document = read_document(raw)
        earlier = self._seen.setdefault(document.id, raw.path)
        if earlier is not raw.path:
            raise CorpusError(str(raw.path), f"is the same document as {earlier}", "twice")
        self._batch.append(document)
        self._waiting += len(document.passages)
        if len(self._batch) >= _BATCH or self._waiting >= _BATCH_PASSAGES:
            self._store()

    def _store(self) -> None:
        if not self._batch:
            return
        self.put(self._batch)
        self.counts.taken += len(self._batch)
        self.counts.passages += self._waiting
        for _ in self._batch:
            self.on_file(None)
        self._batch, self._waiting = [], 0


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and every Markdown file in the folders, by name; links to folders are not followed."""
    seen: set[str] = set()
    for path in paths:
        for file in _below(path) if path.is_dir() else [path]:
            key = os.path.realpath(file)
            if key not in seen:
                seen.add(key)
                yield file


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if name.lower().endswith(".md"):
                yield Path(place) / name
