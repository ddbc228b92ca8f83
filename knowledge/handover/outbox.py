"""Brings the answers that go by e-mail, in a thread of its own. Of several processes, one sends each answer."""

from __future__ import annotations

import logging
import threading
from typing import Protocol

from ..errors import KnowledgeError, MailFailed
from .datatypes import Delivery
from .mail import Mailer

log = logging.getLogger(__name__)
_EVERY_S = 5.0
_AT_ONCE = 10


class MailDeliveries(Protocol):
    def claim_mail(self, limit: int) -> tuple[Delivery, ...]: ...

    def end(self, n: int, *, delivered: bool, detail: str = "", again: bool = False) -> None: ...


class MailOutbox:
    """Without a mailer nothing is sent: the answers wait, and the console says why."""

    def __init__(self, deliveries: MailDeliveries, mailer: Mailer | None) -> None:
        self._deliveries, self._mailer = deliveries, mailer
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_configured(self) -> bool:
        return self._mailer is not None

    def start(self) -> None:
        if self._mailer is not None:
            self._thread = threading.Thread(target=self._run, name="mail", daemon=True)
            self._thread.start()

    def stop(self, wait_s: float) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(wait_s)

    def send_waiting(self) -> int:
        """Sends what waits. Returns how many were sent."""
        if self._mailer is None:
            return 0
        sent = 0
        for delivery in self._deliveries.claim_mail(_AT_ONCE):
            try:
                self._mailer.send(delivery)
            except MailFailed as error:
                # The reference, never the address: the log is read by others than the matter is.
                log.warning("the answer in %s was not sent: %s", delivery.reference, error)
                self._deliveries.end(delivery.n, delivered=False, detail=str(error), again=not error.is_final)
            else:
                self._deliveries.end(delivery.n, delivered=True)
                sent += 1
        return sent

    def _run(self) -> None:
        while not self._stop.wait(_EVERY_S):
            try:
                self.send_waiting()
            except KnowledgeError as error:  # the database is away, or a hand-over was erased meanwhile
                log.warning("the answers that wait could not be sent: %s", error)
