"""Retention by itself: some minutes after the start and once a day, by one of the processes that serve."""

from __future__ import annotations

import logging
import threading

from .store.audit_log import SqlAuditLog
from .store.retention import SqlRetention

log = logging.getLogger(__name__)
_FIRST_AFTER_S, _LOOK_EVERY_S = 300.0, 3600.0  # a start has better things to do first
BY = "service"  # as the audit log names what nobody asked for


class RetentionUpkeep:
    """Each process looks every hour whether the day's run is still to be done: who comes first does it."""

    def __init__(self, retention: SqlRetention, audit_log: SqlAuditLog, first_after_s: float = _FIRST_AFTER_S) -> None:
        self._retention, self._audit_log, self._first_after_s = retention, audit_log, first_after_s
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        # A daemon: a process may end at any point of a run.
        self._stopped.clear()
        self._thread = threading.Thread(target=self._work, name="retention", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _work(self) -> None:
        wait_s = self._first_after_s
        while not self._stopped.wait(wait_s):
            wait_s = _LOOK_EVERY_S
            try:
                self._run_if_due()
            except Exception:
                log.exception("what is old could not be erased: tried again in an hour")

    def _run_if_due(self) -> None:
        if not self._retention.due():
            return
        erased = self._retention.run(BY)
        log.info("erased what is old: %s", ", ".join(f"{kind} {count}" for kind, count in erased.items()))
        head = self._audit_log.head()
        # The log leaves the machine, the database does not: who has this line can tell that the end was cut off.
        log.info("audit log: %d rows, head %s", head.n, head.hash)
