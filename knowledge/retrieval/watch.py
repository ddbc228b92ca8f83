"""A running service takes over what another process publishes: a thread that looks at CURRENT twice a second."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from ..errors import KnowledgeError
from . import publication

log = logging.getLogger(__name__)
_EVERY_S = 0.5


class PublicationWatch:
    """Calls what stands beside a folder once at the start and then after each publication in that folder.

    What fails is said once and tried again at the next look: the store may just be behind the index.
    """

    def __init__(self, take_over: Mapping[Path, Callable[[], None]], every_s: float = _EVERY_S) -> None:
        self._take_over, self._every_s = dict(take_over), every_s
        self._seen: dict[Path, publication.Mark | None] = {}
        self._failed: dict[Path, publication.Mark | None] = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def look(self) -> None:
        for folder, take_over in self._take_over.items():
            mark = publication.mark_of(folder)
            if folder in self._seen and self._seen[folder] == mark:
                continue
            try:
                take_over()
            except KnowledgeError as error:
                if self._failed.get(folder, ()) != mark:
                    log.warning("the index in %s is not taken over: %s", folder, error)
                self._failed[folder] = mark
            else:
                self._seen[folder] = mark

    def start(self) -> None:
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="publications", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while True:
            try:
                self.look()
            except Exception:
                log.exception("looking for a new index failed")
            if self._stopping.wait(self._every_s):
                return
