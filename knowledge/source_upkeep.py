"""The sources that documents rest on: looked at again, reported to staff, settled by them.

Says what became of a source; never changes, drops or keeps a document by itself.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import fcntl
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

from .errors import NotFound, NotPossible
from .ingestion.fetching.addresses import Resolver
from .ingestion.fetching.fetcher import Fetcher
from .ingestion.fetching.pace import Timer
from .ingestion.fetching.policy import Policy
from .ingestion.refresh.page_text import PageTexts
from .ingestion.refresh.run import RefreshRun, due
from .seams import Clock
from .source_checks import Outcome, RestingContact, RestingDocument, SourceCheck, SourceState, WatchedSource
from .store.document_catalogue import SqlDocumentCatalogue
from .store.source_checks import RunCounts, SqlSourceStore
from .store.tables import LIBRARY


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person has to look at, with the documents and contacts that rest on the source."""

    source: WatchedSource
    check: SourceCheck
    state: SourceState
    documents: tuple[RestingDocument, ...]
    contacts: tuple[RestingContact, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """`unreachable` are tried again by themselves; they become findings when that goes on."""

    findings: tuple[Finding, ...]
    unreachable: tuple[SourceState, ...]
    latest: RunCounts | None
    never_checked: int
    watched: int


@dataclass(frozen=True, slots=True)
class SourceUpkeep:
    sources: tuple[WatchedSource, ...]
    store: SqlSourceStore
    documents: SqlDocumentCatalogue
    policy: Policy
    resolver: Resolver
    timer: Timer
    texts: PageTexts
    clock: Clock
    lock: Path  # a file; one run at a time, or hosts are asked twice as often as they are told

    def due(self) -> tuple[WatchedSource, ...]:
        return due(self.sources, self.store.states(), self.clock.now())

    def named(self, addresses: Sequence[str]) -> tuple[WatchedSource, ...]:
        """These sources. Raises NotFound for an address that is not watched."""
        known = {source.address: source for source in self.sources}
        for address in addresses:
            if address not in known:
                raise NotFound("source", address)
        return tuple(known[address] for address in dict.fromkeys(addresses))

    def check(self, chosen: Collection[WatchedSource], on_check: Callable[[SourceCheck], None]) -> None:
        """Looks at these. Each check is kept at once: a run that is cut short goes on with the rest when it is due.

        Raises NotPossible while another run is at it.
        """
        with _alone(self.lock):
            try:
                asyncio.run(self._check(chosen, on_check))
            finally:
                self.texts.close()

    async def _check(self, chosen: Collection[WatchedSource], on_check: Callable[[SourceCheck], None]) -> None:
        states = self.store.states()
        # One look through the whole library, when the first source is gone: not one for each.
        resting = cache(lambda: self.store.resting_on(source.address for source in chosen))

        def record(state: SourceState, check: SourceCheck) -> None:
            self.store.record(state, check)
            gone = check.outcome is Outcome.GONE
            before = states.get(check.address)
            if gone or (check.outcome.has_content and before is not None and before.failures > 0):
                self._say_of_library(resting()[check.address], gone=gone)

        async with Fetcher(self.policy, self.resolver, self.timer) as fetcher:
            run = RefreshRun(
                name=f"{self.clock.now().astimezone(dt.UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:6]}",
                fetcher=fetcher,
                texts=self.texts,
                states=states,
                record=record,
                on_check=on_check,
                now=self.clock.now,
            )
            await run.over(chosen)

    def _say_of_library(self, resting: Iterable[RestingDocument], *, gone: bool) -> None:
        """A document of the library is one page of one source: its state says that it is gone there. It serves on."""
        for document in resting:
            if document.collection == LIBRARY:
                self.documents.mark_gone(document.id, gone=gone)

    def settle(self, addresses: Sequence[str]) -> int:
        """A person has dealt with these; they leave the report until something new happens. Raises NotFound."""
        return self.store.settle([source.address for source in self.named(addresses)])

    def report(self) -> Report:
        states, known = self.store.states(), {source.address: source for source in self.sources}
        latest = {check.address: check for check in self.store.open_checks()}
        resting, contacts = self.store.resting_on(latest), self.store.contacts_on(latest)
        watched = [states[address] for address in known if address in states]
        return Report(
            findings=tuple(
                Finding(
                    known.get(address) or _no_longer_watched(address),
                    check,
                    states[address],
                    resting[address],
                    contacts[address],
                )
                for address, check in latest.items()
            ),
            unreachable=tuple(state for state in watched if state.outcome is Outcome.UNREACHABLE),
            latest=self.store.latest_run(),
            never_checked=len(known) - len(watched),
            watched=len(known),
        )


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """The lock goes with the process that holds it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise NotPossible("refresh_running") from error
        yield


def _no_longer_watched(address: str) -> WatchedSource:
    return WatchedSource(address, address, "", (), dt.timedelta(0))
