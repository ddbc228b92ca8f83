"""Generations of the index on disk: built beside, checked, published by one atomic rename.

    <data>/index/<generation>/manifest.json   what it was built from
                              lexical/        tantivy
                              vectors.faiss
                              late_*.npy              late_interaction.py
                              sentence*.npy           sentence_vectors.py
    <data>/index/CURRENT                      the generation that answers
    <data>/index/lock                         held by who publishes; goes with its process

The store is the truth and the index is derived: whatever happens to this folder, a rebuild brings it back.
"""

from __future__ import annotations

import hashlib
import json
import logging
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ..datatypes import Passage
from ..errors import IndexUnavailable
from ..seams import Encoder, LexicalIndex, VectorIndex
from . import analysis, publication
from .encoders.static import StaticEncoder
from .entries import EntryKind, entries_of
from .fusion import Rows
from .indexes.faiss_index import FaissIndex, build_vector_index
from .late_interaction import LateInteraction, LateWriter
from .lexical import LexicalWriter, TantivyIndex
from .sentence_vectors import SentenceVectors, write_sentence_vectors

log = logging.getLogger(__name__)
_MANIFEST = "manifest.json"
_FORMAT = "2"  # raise it when a generation holds something else


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
    late: LateInteraction
    sentences: SentenceVectors


def fingerprint(passages: Sequence[Passage], encoder: Encoder, pieces: StaticEncoder) -> str:
    """Changes with any passage, the encoders or the analysis."""
    digest = hashlib.sha256(f"{_FORMAT}|{analysis.VERSION}|{encoder.name}|{encoder.dimensions}|{pieces.name}".encode())
    for passage in passages:
        digest.update(f"{passage.id}|{passage.version}\n".encode())
    return digest.hexdigest()[:24]


def current_fingerprint(folder: Path, pieces: StaticEncoder) -> str | None:
    """The published generation's fingerprint; None where none is published or any part of it cannot be opened."""
    try:
        return open_current(folder, pieces).manifest.fingerprint
    except IndexUnavailable:
        return None


def publish(folder: Path, passages: Sequence[Passage], encoder: Encoder, pieces: StaticEncoder) -> str:
    """Builds a generation from the passages and makes it the current one. Returns its name.

    `pieces` is the encoder whose piece vectors serve late interaction: the embedded one, whichever `encoder` is.

    A crash at any point leaves the earlier generation in place; its half-built folder goes at the next publication.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with publication.alone(folder, lambda: log.info("waiting for another process that publishes in %s", folder)):
        name = uuid.uuid4().hex[:12]
        _build(folder / name, passages, encoder, pieces)
        publication.publish(folder, name)
    return name


def _build(place: Path, passages: Sequence[Passage], encoder: Encoder, pieces: StaticEncoder) -> None:
    entries = entries_of(passages)
    texts = [entry.text for entry in entries]
    place.mkdir()
    lexical, late = LexicalWriter(place / "lexical"), LateWriter(place, len(pieces.piece_vectors))
    analyzer = analysis.Analyzer()
    for text, found in zip(texts, pieces.pieces_of_all(texts), strict=True):
        lexical.add(analyzer.tokens(text))
        late.add(found)
    lexical.close()
    late.close()
    build_vector_index(place / "vectors.faiss", encoder.encode_passages(texts))
    write_sentence_vectors(place, passages, encoder)
    rows = [(entry.passage, entry.kind.value) for entry in entries]
    manifest = Manifest(fingerprint(passages, encoder, pieces), len(passages), rows)
    (place / _MANIFEST).write_text(json.dumps(asdict(manifest)))
    _open(place, pieces)  # what cannot be opened is never published


def open_current(folder: Path, pieces: StaticEncoder) -> Generation:
    return publication.open_published(folder, lambda place: _open(place, pieces))


def _open(place: Path, pieces: StaticEncoder) -> Generation:
    try:
        raw = json.loads((place / _MANIFEST).read_text())
        manifest = Manifest(raw["fingerprint"], raw["passages"], [(int(p), EntryKind(k).value) for p, k in raw["rows"]])
    except (OSError, ValueError, KeyError) as error:
        raise IndexUnavailable(f"manifest in {place}: {error}") from error
    vectors = FaissIndex(place / "vectors.faiss")
    late = LateInteraction(place, pieces)
    if not vectors.size == late.size == len(manifest.rows):
        raise IndexUnavailable(f"{place}: {vectors.size} vectors and {late.size} rows for {len(manifest.rows)} entries")
    sentences = SentenceVectors(place)
    if sentences.passages != manifest.passages:
        raise IndexUnavailable(f"{place}: sentences of {sentences.passages} passages, not of {manifest.passages}")
    lexical = TantivyIndex(place / "lexical")
    return Generation(place.name, manifest, Rows(manifest.rows), lexical, vectors, late, sentences)
