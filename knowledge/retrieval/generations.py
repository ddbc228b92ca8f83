"""Generations of the index on disk: built beside, checked, published by one atomic rename.

    <data>/index/<generation>/manifest.json   what it was built from
                              lexical/        tantivy
                              vectors.faiss
    <data>/index/CURRENT                      the generation that answers

The store is the truth and the index is derived: whatever happens to this folder, a rebuild brings it back.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ..datatypes import Passage
from ..errors import IndexUnavailable
from ..seams import Encoder, LexicalIndex, VectorIndex
from . import analysis
from .entries import EntryKind, entries_of
from .fusion import Rows
from .indexes.faiss_index import FaissIndex, build_vector_index
from .lexical import TantivyIndex, build_lexical_index

_CURRENT, _MANIFEST = "CURRENT", "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built from. It serves only where all of this still holds."""

    fingerprint: str
    passages: int
    rows: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Generation:
    name: str
    manifest: Manifest
    rows: Rows
    lexical: LexicalIndex
    vectors: VectorIndex


def fingerprint(passages: Sequence[Passage], encoder: Encoder) -> str:
    """Changes with any passage, the encoder or the analysis."""
    digest = hashlib.sha256(f"{analysis.VERSION}|{encoder.name}|{encoder.dimensions}".encode())
    for passage in passages:
        digest.update(f"{passage.id}|{passage.version}\n".encode())
    return digest.hexdigest()[:24]


def current_fingerprint(folder: Path) -> str | None:
    """The published generation's fingerprint; None where none is published or any part of it cannot be opened."""
    try:
        return open_current(folder).manifest.fingerprint
    except IndexUnavailable:
        return None


def publish(folder: Path, passages: Sequence[Passage], encoder: Encoder) -> str:
    """Builds a generation from the passages and makes it the current one. Returns its name.

    A crash at any point leaves the earlier generation in place; its half-built folder goes at the next publication.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = uuid.uuid4().hex[:12]
    place = folder / name
    entries = entries_of(passages)
    build_lexical_index(place / "lexical", map(analysis.Analyzer().tokens, (entry.text for entry in entries)))
    build_vector_index(place / "vectors.faiss", encoder.encode_passages([entry.text for entry in entries]))
    rows = [(entry.passage, entry.kind.value) for entry in entries]
    manifest = Manifest(fingerprint(passages, encoder), len(passages), rows)
    _write_durably(place / _MANIFEST, json.dumps(asdict(manifest)))
    _open(place)  # what cannot be opened is never published
    _write_durably(folder / _CURRENT, name)
    _sweep(folder, keep=name)
    return name


def open_current(folder: Path) -> Generation:
    name = current_name(folder)
    if name is None:
        raise IndexUnavailable(f"no index is published in {folder}")
    return _open(folder / name)


def current_name(folder: Path) -> str | None:
    try:
        return (folder / _CURRENT).read_text().strip()
    except OSError:
        return None


def _open(place: Path) -> Generation:
    try:
        raw = json.loads((place / _MANIFEST).read_text())
        manifest = Manifest(raw["fingerprint"], raw["passages"], [(int(p), EntryKind(k).value) for p, k in raw["rows"]])
    except (OSError, ValueError, KeyError) as error:
        raise IndexUnavailable(f"manifest in {place}: {error}") from error
    vectors = FaissIndex(place / "vectors.faiss")
    if vectors.size != len(manifest.rows):
        raise IndexUnavailable(f"{place}: {vectors.size} vectors for {len(manifest.rows)} rows")
    return Generation(place.name, manifest, Rows(manifest.rows), TantivyIndex(place / "lexical"), vectors)


def _write_durably(path: Path, text: str) -> None:
    partial = path.with_name(path.name + ".partial")
    with partial.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _sweep(folder: Path, keep: str) -> None:
    """Removes what no longer serves. Open readers keep their files until they let go of them."""
    for place in folder.iterdir():
        if place.is_dir() and place.name != keep:
            shutil.rmtree(place, ignore_errors=True)
