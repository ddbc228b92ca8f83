"""The library's index: generations of passage_search.py that grow from one another, and whose passage each row is.

    <data>/library/<generation>/…              passage_search.py
                               rows.npy        the passage key of each row
                               standings.npy   float16: how much each row's score counts
                               manifest.json   what made it; written last
    <data>/library/CURRENT                     the generation that answers
    <data>/library/lock                        held by who publishes; goes with its process

The store is the truth and this is derived: a publication that was cut short is made up for by the next one.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..datatypes import ValidityStatus
from ..errors import IndexUnavailable
from . import analysis, passage_search, publication
from .encoders.static import StaticEncoder
from .passage_search import PassageSearch

PassageKey = tuple[str, str]  # id and version
TextsOf = Callable[[Iterable[PassageKey]], Iterable[str]]
StatusesOf = Callable[[Iterable[PassageKey]], Iterable[ValidityStatus]]

_FORMAT = "2"  # raise it when what a passage is found by changes
# Rows taken out stay in the files: they cost room, and their words still count as frequent.
_MOST_REMOVED = 0.2
# How much a passage's score counts. Many statutes of the collection are repealed and read like those that came after
# them; a speech or a bill tells less surely what applies than a statute in force.
_STANDING = {
    ValidityStatus.CURRENT: 1.0,
    ValidityStatus.UNCERTAIN: 0.85,
    ValidityStatus.PROPOSED: 0.85,
    ValidityStatus.SUPERSEDED: 0.7,
}
_ROWS, _STANDINGS, _MANIFEST = "rows.npy", "standings.npy", "manifest.json"
_SEPARATOR = "\t"


@dataclass(frozen=True, slots=True)
class LibraryManifest:
    """What an index was built by. It serves only where all of this still holds."""

    format: str
    analysis: str
    encoder: str


class Publication(NamedTuple):
    """What became of the rows. Nothing added and nothing removed: the index stood as it should."""

    kept: int
    added: int
    removed: int
    anew: bool


class LibraryIndex:
    """One opened generation. Safe to search from several threads."""

    def __init__(self, name: str, rows: NDArray[np.bytes_], removed: Sequence[int], search: PassageSearch) -> None:
        self.name, self.removed = name, removed
        self._rows, self._search = rows, search

    @property
    def size(self) -> int:
        return self._search.size

    @property
    def rows(self) -> int:
        return len(self._rows)

    def search(self, text: str, k: int, other_words: str = "") -> list[tuple[PassageKey, float]]:
        """The k best passages' keys and scores, best first."""
        return [(_key(self._rows[row]), score) for row, score in self._search.search(text, k, other_words)]

    def live_rows(self) -> dict[PassageKey, int]:
        gone = frozenset(self.removed)
        return {_key(value): row for row, value in enumerate(self._rows) if row not in gone}


def publish(
    folder: Path,
    keys: Iterable[PassageKey],
    texts_of: TextsOf,
    encoder: StaticEncoder,
    *,
    on_wait: Callable[[], None] | None = None,
    anew: bool = False,
    statuses_of: StatusesOf | None = None,
) -> Publication:
    """Makes the index hold exactly these passages. What it holds already is not read again, unless `anew`.

    A crash at any point leaves the earlier generation in place; its half-built folder goes at the next publication.
    One at a time: see publication.alone for `on_wait`. The keys are read once it is this one's turn. Without
    `statuses_of`, all of them apply.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with publication.alone(folder, on_wait):
        current = None if anew else _usable(folder, encoder)
        publication.sweep(folder, keep=publication.current_name(folder))
        wanted = list(keys)
        held = current.live_rows() if current else {}
        still = set(wanted)
        new = [key for key in wanted if key not in held]
        gone = [row for key, row in held.items() if key not in still]
        if current and not new and not gone:
            return Publication(len(held), 0, 0, anew=False)
        if current and len(current.removed) + len(gone) <= _MOST_REMOVED * current.rows:
            _build(folder, new, texts_of, encoder, statuses_of, current, gone)
            return Publication(len(held) - len(gone), len(new), len(gone), anew=False)
        _build(folder, wanted, texts_of, encoder, statuses_of)
        return Publication(0, len(wanted), len(held), anew=True)


def open_current(folder: Path, encoder: StaticEncoder) -> LibraryIndex:
    """Raises IndexUnavailable where none is published, or where another encoder or analysis made it."""
    return publication.open_published(folder, lambda place: _open(place, encoder))


def _usable(folder: Path, encoder: StaticEncoder) -> LibraryIndex | None:
    try:
        return open_current(folder, encoder)
    except IndexUnavailable:
        return None


def _open(place: Path, encoder: StaticEncoder) -> LibraryIndex:
    try:
        manifest = LibraryManifest(**json.loads((place / _MANIFEST).read_text()))
        # A plain array over the mapped file: its pages are read where a row is shown.
        rows: NDArray[np.bytes_] = np.asarray(np.load(place / _ROWS, mmap_mode="r"))
        removed = np.load(place / "removed.npy").tolist()
        standings = np.load(place / _STANDINGS).astype(np.float32)
    except (OSError, ValueError, TypeError) as error:
        raise IndexUnavailable(f"index of the library in {place}: {error}") from error
    if manifest != _made_by(encoder):
        raise IndexUnavailable("the index of the library was built by another encoder or analysis")
    search = PassageSearch(place, encoder, standings=standings)
    if search.size != len(rows) - len(removed):
        raise IndexUnavailable(f"{place}: {search.size} passages for {len(rows)} keys")
    return LibraryIndex(place.name, rows, removed, search)


def _build(
    folder: Path,
    new: Sequence[PassageKey],
    texts_of: TextsOf,
    encoder: StaticEncoder,
    statuses_of: StatusesOf | None,
    onto: LibraryIndex | None = None,
    gone: Sequence[int] = (),
) -> None:
    name = uuid.uuid4().hex[:12]
    place = folder / name
    earlier = folder / onto.name if onto else None
    passage_search.build(place, texts_of(new), encoder, onto=earlier, removed=gone)
    rows = np.array([_SEPARATOR.join(key).encode() for key in new], dtype=np.bytes_)
    statuses = statuses_of(new) if statuses_of else [ValidityStatus.CURRENT] * len(new)
    standings = np.array([_STANDING[status] for status in statuses], dtype=np.float16)
    if earlier:
        before = np.load(earlier / _ROWS)
        rows = np.concatenate([before, rows]) if len(rows) else before
        standings = np.concatenate([np.load(earlier / _STANDINGS), standings])
    np.save(place / _ROWS, rows)
    np.save(place / _STANDINGS, standings)
    (place / _MANIFEST).write_text(json.dumps(asdict(_made_by(encoder))))
    _open(place, encoder)  # what cannot be opened is never published
    publication.publish(folder, name)


def _made_by(encoder: StaticEncoder) -> LibraryManifest:
    return LibraryManifest(_FORMAT, analysis.VERSION, encoder.name)


def _key(value: bytes) -> PassageKey:
    key, _, version = value.decode().partition(_SEPARATOR)
    return key, version
