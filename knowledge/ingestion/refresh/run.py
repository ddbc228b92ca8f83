"""One run over the sources: hosts side by side, the addresses of a host one after the other.

Each check is handed on as soon as it is made, so that a run that is cut short has lost nothing and the next one goes
on with the rest.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass

import httpx

from ...errors import FetchFailed
from ...source_checks import SourceCheck, SourceState, WatchedSource
from ..fetching.fetcher import Fetched, Fetcher, Known
from .judgement import judge_content, judge_failure
from .page_text import PageTexts

_HOSTS_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class RefreshRun:
    """`record` keeps a check, in one transaction; `on_check` hears of it after that.

    Texts and records are made in a thread beside the requests, whose time runs on meanwhile: one after the other.
    """

    name: str
    fetcher: Fetcher
    texts: PageTexts
    states: Mapping[str, SourceState]
    record: Callable[[SourceState, SourceCheck], None]
    on_check: Callable[[SourceCheck], None]
    now: Callable[[], dt.datetime]

    async def over(self, sources: Iterable[WatchedSource]) -> None:
        """Raises what `record` raises."""
        by_host: dict[str, list[WatchedSource]] = defaultdict(list)
        for source in sources:
            by_host[httpx.URL(source.address).host].append(source)
        places = asyncio.Semaphore(_HOSTS_AT_ONCE)
        try:
            with ThreadPoolExecutor(max_workers=1) as beside:
                async with asyncio.TaskGroup() as hosts:
                    for of_host in by_host.values():
                        hosts.create_task(self._host(of_host, places, beside))
        except ExceptionGroup as group:
            raise group.exceptions[0] from group  # the store is gone: the other hosts were stopped

    async def _host(self, sources: list[WatchedSource], places: asyncio.Semaphore, beside: Executor) -> None:
        loop = asyncio.get_running_loop()
        async with places:
            for source in sources:
                found = await self._fetched(source)
                check = await loop.run_in_executor(beside, self._recorded, source, found)
                self.on_check(check)

    async def _fetched(self, source: WatchedSource) -> Fetched | FetchFailed:
        before = self.states.get(source.address)
        known = Known(before.read_from, before.etag, before.last_modified) if before else None
        try:
            return await self.fetcher.fetch(source.address, known)
        except FetchFailed as error:
            return error

    def _recorded(self, source: WatchedSource, found: Fetched | FetchFailed) -> SourceCheck:
        before, now = self.states.get(source.address), self.now()
        if isinstance(found, FetchFailed):
            state, check = judge_failure(source, before, found, self.name, now)
        else:
            text = before.text if before and not found.modified else self.texts.text_of(found)
            state, check = judge_content(source, before, found, text, self.name, now)
        self.record(state, check)
        return check


def due(
    sources: Iterable[WatchedSource], states: Mapping[str, SourceState], now: dt.datetime
) -> tuple[WatchedSource, ...]:
    """Those whose time has come: never looked at, or last looked at long enough ago."""
    return tuple(s for s in sources if s.address not in states or states[s.address].next_check_at <= now)
