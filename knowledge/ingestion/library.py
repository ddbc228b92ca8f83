"""Files -> documents of the library, as a stream: what is known is passed over, what cannot be read is reported.

Memory holds one batch. A batch is stored as a whole or not at all, so a run that was cut short goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..datatypes import Document
from ..errors import CorpusError
from .files import RawFile, files_in, read_bytes
from .isolation import Isolated
from .readers.documents import WITHOUT_TEXT
from .reading import Read

__all__ = ["Counts", "Ingestion", "files_in"]

_BATCH = 300  # documents in one transaction
_BATCH_PASSAGES = 3_000

Incoming = Path | RawFile | CorpusError


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
    """One run. `put` stores a batch; `on_file` hears of each file once it is settled, with what was wrong with it.

    `read` is how a file is read: in a process of its own unless something else is given. `on_remark` hears of a
    document that was taken, but not the whole of it: where it is, and what is missing.
    """

    known: Mapping[str, str]  # the documents that are stored already, by content hash
    put: Callable[[Sequence[Document]], None]
    on_file: Callable[[CorpusError | None], None]
    read: Read | None = None
    on_remark: Callable[[str, str], None] | None = None
    counts: Counts = field(default_factory=Counts)
    _batch: list[Document] = field(default_factory=list)
    _waiting: int = 0  # passages of the batch
    _seen: dict[str, str] = field(default_factory=dict)  # documents of this run by id, and where they are

    @property
    def passages_read(self) -> int:
        return self.counts.passages + self._waiting

    def run(self, files: Iterable[Incoming]) -> Counts:
        """Files by their paths; from elsewhere what came (`files.from_address`), or the error why it did not."""
        if self.read is not None:
            self._take_all(_read_here(self.read, self._new(files)))
        else:
            with Isolated() as reader:
                self._take_all(reader.read_all(self._new(files)))
        self._store()
        return self.counts

    def _new(self, files: Iterable[Incoming]) -> Iterator[RawFile]:
        """Those that have to be read; of the others it is said at once what became of them."""
        for file in files:
            try:
                raw = _bytes_of(file)
            except CorpusError as error:
                self._refuse(error)
                continue
            known = self.known.get(raw.content_hash)
            if known is None:
                yield raw
            elif self._is_first(known, raw):
                self.counts.unchanged += 1
                self.on_file(None)

    def _take_all(self, read: Iterable[tuple[RawFile, Document | CorpusError]]) -> None:
        stored = frozenset(self.known.values())
        for raw, found in read:
            if isinstance(found, CorpusError):
                self._refuse(found)
                continue
            if not self._is_first(found.id, raw):
                continue
            if found.id in stored and found.passages[0].heading == WITHOUT_TEXT:
                self._refuse(CorpusError(raw.where, "is a title of a document that is stored already", "title_only"))
            else:
                self._take(raw, found)

    def _is_first(self, document: str, raw: RawFile) -> bool:
        """Refuses a file whose document came in this run by another file: the last one must not win unseen."""
        earlier = self._seen.setdefault(document, raw.where)
        if earlier != raw.where:
            self._refuse(CorpusError(raw.where, f"is the same document as {earlier}", "twice"))
        return earlier == raw.where

    def _take(self, raw: RawFile, document: Document) -> None:
        if document.summary and self.on_remark:
            self.on_remark(raw.where, document.summary)
        self._batch.append(replace(document, origin=raw.where))
        self._waiting += len(document.passages)
        if len(self._batch) >= _BATCH or self._waiting >= _BATCH_PASSAGES:
            self._store()

    def _refuse(self, error: CorpusError) -> None:
        self.counts.refused += 1
        self.on_file(error)

    def _store(self) -> None:
        if not self._batch:
            return
        self.put(self._batch)
        self.counts.taken += len(self._batch)
        self.counts.passages += self._waiting
        for _ in self._batch:
            self.on_file(None)
        self._batch, self._waiting = [], 0


def _bytes_of(file: Incoming) -> RawFile:
    if isinstance(file, CorpusError):
        raise file
    return read_bytes(file) if isinstance(file, Path) else file


def _read_here(read: Read, raws: Iterable[RawFile]) -> Iterator[tuple[RawFile, Document | CorpusError]]:
    for raw in raws:
        try:
            yield raw, read(raw)
        except CorpusError as error:
            yield raw, error
