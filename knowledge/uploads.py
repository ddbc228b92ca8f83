"""Files that came over HTTP into the library, each with what became of it.

What a file is, is known by its name alone: another file of the same name is a newer version of the same document. Only
this module knows how `knowledge.ingestion` is called for it.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

from .datatypes import Document
from .errors import CorpusError
from .ingestion.files import SIDECAR
from .ingestion.isolation import Isolated
from .ingestion.library import Ingestion
from .store.library import SqlLibraryStore

TOGETHER_AT_MOST = 200 * 1024 * 1024  # bytes: all files of one request
_FOLDER = "uppladdat"  # part of what a file is known by: never change it
_LONGEST_NAME = 200  # bytes of UTF-8; file systems take 255
_NAMELESS = "namnlös"
TAKEN, UNCHANGED, REFUSED = "taken", "unchanged", "refused"


class Upload(NamedTuple):
    name: str
    content: BinaryIO


@dataclass(frozen=True, slots=True)
class Outcome:
    """`code` says why a file was refused and `problem` the same in English words; `document_id` is there where one was
    taken, and `remark` where it was not taken as a whole."""

    name: str
    outcome: str
    code: str = ""
    problem: str = ""
    document_id: str | None = None
    remark: str = ""


class UploadDesk:
    def __init__(self, store: SqlLibraryStore) -> None:
        self._store = store

    def take(self, uploads: Iterable[Upload], by: str) -> list[Outcome]:
        """Each file is stored as a whole or not at all, and what is wrong with one stops none of the others.

        A file that says where another one comes from (`report.pdf.yml`) shares its fate. `by` is who sent them.
        """
        with tempfile.TemporaryDirectory() as temporary, Isolated() as reader:
            folder = Path(temporary) / _FOLDER
            folder.mkdir()
            written = [_write(upload, folder) for upload in uploads]
            names = {name for name, _ in written}
            this = _Round(self._store, reader, self._store.known_documents(), by)
            found = {name: this.take(folder / name) for name, is_first in written if is_first and not _of(name, names)}
        return [self._outcome(name, found, names) if is_first else _second(name) for name, is_first in written]

    @staticmethod
    def _outcome(name: str, found: Mapping[str, Outcome], names: Container[str]) -> Outcome:
        of = _of(name, names)
        return replace(found[of], name=name, document_id=None, remark="") if of else found[name]


class _Round:
    """The files of one request."""

    def __init__(self, store: SqlLibraryStore, reader: Isolated, known: Mapping[str, str], by: str) -> None:
        self._store, self._reader, self._known, self._by = store, reader, known, by
        self._names: dict[str, str] = {}  # by document

    def take(self, path: Path) -> Outcome:
        refused: list[CorpusError] = []
        taken: list[str] = []
        remarks: list[str] = []

        def put(batch: Sequence[Document]) -> None:
            for document in batch:
                if document.id in self._names:
                    raise CorpusError(str(path), f"is the same document as {self._names[document.id]}", "twice")
                self._names[document.id] = path.name
            self._store.put([replace(document, origin=path.name) for document in batch], self._by)
            taken.extend(document.id for document in batch)

        def on_file(error: CorpusError | None) -> None:
            if error is not None:
                refused.append(error)

        def on_remark(_: str, what: str) -> None:
            remarks.append(what)

        try:
            Ingestion(self._known, put, on_file, read=self._reader.read, on_remark=on_remark).run([path])
        except CorpusError as error:
            refused.append(error)
        if refused:
            return Outcome(path.name, REFUSED, refused[0].code, _problem(refused[0], path))
        if taken:
            return Outcome(path.name, TAKEN, document_id=taken[0], remark=" ".join(remarks))
        return Outcome(path.name, UNCHANGED)


def _write(upload: Upload, folder: Path) -> tuple[str, bool]:
    """The name that it gets in the folder, and whether it is the first of that name; another one is not written."""
    name = file_name(upload.name)
    try:
        with (folder / name).open("xb") as file:
            shutil.copyfileobj(upload.content, file)
    except FileExistsError:
        return name, False
    return name, True


def _second(name: str) -> Outcome:
    return Outcome(name, REFUSED, "twice", "has the same name as another one")


def _of(name: str, names: Container[str]) -> str:
    """The file that this one says something of; empty where it stands for itself."""
    other = name.removesuffix(SIDECAR)
    return other if other != name and other in names else ""


def _problem(error: CorpusError, path: Path) -> str:
    """Without the place, which is ours and tells the sender nothing."""
    place = re.escape(str(path))
    return re.sub(rf"^(?:{place}(?::\d+)?: )+", "", str(error)).replace(str(path), path.name)


def file_name(given: str) -> str:
    """The last part of what a browser calls the file, as a name that every file system takes, with its extension.

    One without a name gets one without an extension: no kind of file that is read.
    """
    last = re.split(r"[\\/]", given)[-1]
    last = re.sub(r"[\x00-\x1f\x7f]", "", last.encode("utf-8", "ignore").decode()).strip().lstrip(".")
    kind = Path(last).suffix[:20]
    stem = last.removesuffix(Path(last).suffix).encode()[: _LONGEST_NAME - len(kind.encode())].decode("utf-8", "ignore")
    return stem + kind if stem else _NAMELESS
