"""Does what came in: claims it, calls its channel, tries again later where something is down."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Protocol

from ..errors import Busy, DeadlinePassed, LeaseLost, TurnRefused, Unavailable, Undeliverable
from ..pace import Pace
from .progress import Progress
from .store import Incoming, Leased

log = logging.getLogger(__name__)

FAULTS = 3
LEAVING_S = 8.0  # at shutdown, how long work under way may take to end
FORGET_EVERY_S = 3600.0


class Doer(Protocol):
    """The part of a channel (channels/port.py) that is needed here."""

    async def work(self, work: dict[str, Any], progress: Progress) -> None: ...
    async def tell_delay(self, work: dict[str, Any]) -> None: ...
    async def tell_failure(self, work: dict[str, Any]) -> None: ...


class Worker:
    """`at_once` pieces of work at the same time. Several workers, in several processes, share one database."""

    def __init__(
        self,
        incoming: Incoming,
        channels: Mapping[str, Doer],
        at_once: int,
        pace: Pace,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._incoming, self._channels, self._at_once = incoming, channels, at_once
        self._pace, self._now = pace, now
        self._running: set[asyncio.Task[None]] = set()
        self._forgot_at = 0.0

    async def run(self) -> None:
        """Until cancelled; then what is under way may end, and the rest waits for the next start."""
        try:
            while True:
                self._incoming.arrived.clear()
                await self._round()
                await self._wait()
        finally:
            await self._leave()

    async def _round(self) -> None:
        """Starts as much of what is due as there is room for."""
        try:
            if self._now() - self._forgot_at > FORGET_EVERY_S:
                await self._incoming.forget()
                self._forgot_at = self._now()
            room = self._at_once - len(self._running)
            for leased in await self._incoming.claim(room) if room > 0 else ():
                task = asyncio.create_task(self.do(leased))
                self._running.add(task)
                task.add_done_callback(self._ended)
        except Unavailable:
            pass  # the database has said so in the log; it is looked for again

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._incoming.arrived.set()  # there is room again

    async def _wait(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pace.look_s):
                await self._incoming.arrived.wait()

    async def _leave(self) -> None:
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=LEAVING_S)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def do(self, leased: Leased) -> None:
        """One piece of work to its end, or back to the waiting ones."""
        renewal = asyncio.create_task(self._renew(leased))
        try:
            await self._do(leased)
        except LeaseLost:
            log.warning("work %s of %s was taken over by another gateway", leased.number, leased.channel)
        except Unavailable:
            log.error("work %s of %s: its end could not be stored", leased.number, leased.channel)
        except asyncio.CancelledError:
            with suppress(LeaseLost, Unavailable):  # the next start goes on at once, without waiting for the lease
                await self._incoming.put_back(leased, 0)
            raise
        finally:
            renewal.cancel()

    async def _renew(self, leased: Leased) -> None:
        while True:
            await asyncio.sleep(self._pace.lease_s / 4)
            with suppress(Unavailable, LeaseLost):  # the work finds that out itself, at its next step
                await self._incoming.renew(leased)

    async def _do(self, leased: Leased) -> None:
        channel, work = self._channels.get(leased.channel), leased.work
        if channel is None:
            await self._incoming.put_back(
                leased, self._pace.longest_wait_s
            )  # the other gateway has it, or its settings come back
            return
        if work is None:
            log.error("work %s of %s was sealed with another key: given up", leased.number, leased.channel)
            await self._incoming.finish(leased, given_up=True)
            return

        async def save(kept: dict[str, Any]) -> None:
            await self._incoming.keep_progress(leased, kept)

        try:
            await channel.work(work, Progress(leased.progress, save))
        except LeaseLost:
            raise
        except Undeliverable as error:  # nobody is there to be told
            log.warning("work %s of %s cannot be answered: %s", leased.number, leased.channel, error.reason)
            await self._incoming.finish(leased, given_up=True)
        except (Unavailable, DeadlinePassed, Busy) as error:
            await self._delay(channel, leased, work, error)
        except Exception:  # one piece of work must not end the worker
            log.exception("work %s of %s", leased.number, leased.channel)
            await self._fault(channel, leased, work)
        else:
            await self._incoming.finish(leased)

    async def _delay(self, channel: Doer, leased: Leased, work: dict[str, Any], error: TurnRefused) -> None:
        waited = self._now() - leased.taken_at
        if waited > self._pace.given_up_after_s:
            await self._give_up(channel, leased, work)
            return
        if waited >= self._pace.told_after_s and not leased.told:
            await self._incoming.mark_told(leased)  # before it is said: rather not told than told twice
            await _say(channel.tell_delay(work))
        await self._incoming.put_back(leased, self._pace.wait_before(leased.tries, error))

    async def _fault(self, channel: Doer, leased: Leased, work: dict[str, Any]) -> None:
        if leased.faults + 1 >= FAULTS:
            await self._give_up(channel, leased, work)
        else:
            await self._incoming.put_back(leased, self._pace.wait_before(leased.tries), fault=True)

    async def _give_up(self, channel: Doer, leased: Leased, work: dict[str, Any]) -> None:
        await self._incoming.finish(leased, given_up=True)
        await _say(channel.tell_failure(work))


async def _say(telling: Any) -> None:
    """A message about the work: where it can't be sent, the work goes on all the same."""
    try:
        await telling
    except Exception:
        log.exception("could not tell the user")
