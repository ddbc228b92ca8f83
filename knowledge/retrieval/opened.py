"""The library index that is searched: swapped for the newly published one while searches go on."""

from __future__ import annotations

import threading
from pathlib import Path

from . import library_index, publication
from .encoders.static import StaticEncoder
from .library_index import LibraryIndex


class OpenedIndex:
    def __init__(self, folder: Path, encoder: StaticEncoder) -> None:
        self._folder, self._encoder = folder, encoder
        self._index: LibraryIndex | None = None
        self._reloading = threading.Lock()

    @property
    def index(self) -> LibraryIndex | None:
        """None while none is published."""
        return self._index

    @property
    def generation(self) -> str | None:
        return self._index.name if self._index else None

    def reload(self) -> None:
        """Opens the current generation, if it is another one. Raises IndexUnavailable and keeps the old one.

        A search that goes on has the old one to its end; with the last of them its files are closed.
        """
        with self._reloading:
            name = publication.current_name(self._folder)
            if name is None:
                self._index = None
            elif self.generation != name:
                self._index = library_index.open_current(self._folder, self._encoder)
