"""Keeps the inbox in the background: puts questions that are alike together, and looks each day at what time has done.

One process of all that serve does it: the one that holds the lock. It goes with that process, and another takes over.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .datatypes import Passage
from .inbox.datatypes import Kind
from .inbox.grouping import Groups
from .inbox.scans import due, unsound
from .law.lookup import register_of
from .refinement.seams import LiveReader
from .seams import CitedPassages, Clock, Encoder, SectionFinder
from .store.inbox_groups import SqlInboxGroups
from .store.inbox_scan import SqlInboxScan

log = logging.getLogger(__name__)
_EVERY_S = 2.0
_AFTER_FAILURE_S = 60.0
_AT_ONCE = 50  # questions
_SCANNED = (Kind.VALIDITY, Kind.EXPIRED_ANSWER, Kind.REVIEW_DUE)


@dataclass(frozen=True, slots=True)
class DailyScan:
    """Looks through all that is live: refined answers and the curated corpus."""

    live: LiveReader
    cited: CitedPassages
    curated: Callable[[], tuple[Passage, ...]]
    sections: SectionFinder
    store: SqlInboxScan
    clock: Clock

    def run(self) -> None:
        """Safe to run at any time and again: what is there already is not opened twice."""
        day = self.clock.today()
        live = [answer for answer in self.live.since(0).values() if answer is not None]
        named = {(one.passage_id, one.passage_version) for answer in live for one in answer.content.citations}
        cited, current = self.cited.of(named), self.cited.current_versions(key for key, _ in named)
        serving = [answer for answer in live if answer.content.holds_on(day)]
        found = [*due(live, day)]
        found += unsound(serving, cited, current, self.curated(), register_of(self.sections), day)
        opened, closed = self.store.take(found, _SCANNED, self.clock.now())
        log.info("inbox: %d matters of law and time found, %d no longer", opened, closed)


class InboxUpkeep:
    """`work` does what there is to do, once; `start` does so every two seconds, where this process holds the lock."""

    def __init__(
        self,
        groups: SqlInboxGroups,
        encoder: Encoder,
        scan: DailyScan,
        clock: Clock,
        lock: Path,
        every_s: float = _EVERY_S,
    ) -> None:
        self._store, self.encoder, self.scan, self._clock = groups, encoder, scan, clock
        self._lock, self._every_s = lock, every_s
        self._groups: Groups | None = None
        self._scanned: dt.date | None = None
        self._scan_from = 0.0  # by the monotonic clock: not at once again after a failure
        self.holds = False  # whether this process is the one that does it
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def work(self) -> None:
        self._group()
        today = self._clock.today()
        if self._scanned != today and time.monotonic() >= self._scan_from:
            self._scan_from = time.monotonic() + _AFTER_FAILURE_S
            self.scan.run()
            self._scanned, self._scan_from = today, 0.0

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._stopping.clear()

    def _group(self) -> None:
        groups = self._groups or self._known_groups()
        self._groups = groups
        while not self._stopping.is_set() and (items := self._store.ungrouped(_AT_ONCE)):
            self._store.join(groups.place(items))

    def _known_groups(self) -> Groups:
        groups = Groups(self.encoder)
        for leaders in self._store.leaders():
            groups.add(leaders)
        return groups

    def _run(self) -> None:
        held: IO[str] | None = None
        while not self._stopping.is_set():
            held = held or self._take_lock()
            self.holds = held is not None
            if held is not None:
                try:
                    self.work()
                except Exception:
                    log.exception("the inbox could not be kept")
            self._stopping.wait(self._every_s)
        if held is not None:
            held.close()
            self.holds = False
            self._groups = None  # another process goes on from here

    def _take_lock(self) -> IO[str] | None:
        """The open file while this process holds it; None where another does."""
        try:
            held = self._lock.open("w")
        except OSError:
            log.exception("the lock of the inbox cannot be opened")
            return None
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
            return None
        return held
