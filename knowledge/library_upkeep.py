"""Brings the library's index up to date in the background, one job at a time, in every process that serves.

What is to be indexed lies in the store, so a job is only the wish that the index be made to fit it. A process that
dies with a job loses nothing: the next one to start takes it up. Two that take up the same job do it one after the
other, the second in no time.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from .law.everyday_questions import everyday_questions
from .retrieval import everyday, library_index
from .retrieval.encoders.static import StaticEncoder
from .retrieval.everyday import Section
from .retrieval.library_index import PassageKey, Publication
from .store.index_jobs import IndexJob, SqlIndexJobs
from .store.library import SqlLibraryStore

log = logging.getLogger(__name__)
_REPORT_EVERY_S = 1.0

Progress = Callable[[int, int], None]  # passages written, of how many


def questions_about(store: SqlLibraryStore) -> Iterator[tuple[Section, str]]:
    """The everyday questions about the statutes that the library holds."""
    if statutes := store.statutes():
        for number, address, text in everyday_questions():
            if number in statutes:
                yield Section(number, address), text


class LibraryUpkeep:
    """`on_published` is called before a job is said to be done: its caller finds what it sent in the next search."""

    def __init__(
        self,
        folder: Path,
        everyday_folder: Path,
        store: SqlLibraryStore,
        jobs: SqlIndexJobs,
        encoder: StaticEncoder,
        on_published: Callable[[], None],
    ) -> None:
        self._folder, self._everyday_folder = folder, everyday_folder
        self._store, self._jobs, self._encoder = store, jobs, encoder
        self._on_published = on_published
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def ask(self) -> IndexJob:
        """Notes a job and sees to it that it is worked on."""
        job = self._jobs.ask()
        self.resume()
        return job

    def job(self, key: str) -> IndexJob:
        return self._jobs.get(key)

    def recent_jobs(self, limit: int) -> tuple[IndexJob, ...]:
        """The newest first."""
        return self._jobs.recent(limit)

    def resume(self) -> None:
        """Works on whatever is unfinished, in a thread. Returns at once."""
        with self._lock:
            if self._thread is None:
                # A daemon: a process may end at any point of this.
                self._thread = threading.Thread(target=self._work, name="library-index", daemon=True)
                self._thread.start()

    def wait(self, timeout_s: float | None = None) -> None:
        """Returns when nothing is being worked on."""
        if (thread := self._thread) is not None:
            thread.join(timeout_s)

    def publish(
        self, progress: Progress | None = None, on_wait: Callable[[], None] | None = None, *, anew: bool = False
    ) -> Publication:
        """Makes the indexes fit the store, now; waits, after a call of `on_wait`, where another process does so."""

        def texts_of(keys: Iterable[PassageKey]) -> Iterator[str]:
            wanted = list(keys)
            for number, text in enumerate(self._store.texts(wanted), start=1):
                yield text
                if progress is not None:
                    progress(number, len(wanted))

        published = library_index.publish(
            self._folder,
            self._store.keys(),
            texts_of,
            self._encoder,
            on_wait=on_wait,
            anew=anew,
            statuses_of=self._store.statuses,
        )
        everyday.publish(self._everyday_folder, questions_about(self._store), self._encoder, anew=anew)
        return published

    def _work(self) -> None:
        while keys := self._next():
            try:
                self._do(keys)
            except Exception as error:
                log.exception("the library's index could not be brought up to date")
                if not self._gave_up(keys, type(error).__name__):
                    return

    def _next(self) -> tuple[str, ...]:
        """The jobs to do, or none; with none, this thread is done, and the next `ask` starts another."""
        with self._lock:
            try:
                keys = self._jobs.unfinished()
            except Exception:
                log.exception("the jobs of the library's index cannot be read")
                keys = ()
            if not keys:
                self._thread = None
            return keys

    def _do(self, keys: tuple[str, ...]) -> None:
        said = time.monotonic()

        def progress(done: int, total: int) -> None:
            nonlocal said
            if done == 1 or time.monotonic() - said >= _REPORT_EVERY_S:
                said = time.monotonic()
                self._jobs.report(keys, done, total)

        published = self.publish(progress, lambda: log.info("waiting for another process that indexes the library"))
        self._on_published()
        self._jobs.end(keys, published.added)

    def _gave_up(self, keys: tuple[str, ...], error: str) -> bool:
        """Whether that could be noted. Otherwise they stay unfinished, and are taken up with the next one asked for."""
        try:
            self._jobs.fail(keys, error)
        except Exception:
            log.exception("the jobs of the library's index cannot be ended")
            with self._lock:
                self._thread = None
            return False
        return True
