"""What runs beside the requests, as long as the app: the channels' connections, the worker and the courier."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from .bootstrap import Gateway
from .channels.port import Channel
from .database import make_tables
from .deliveries.courier import Courier
from .errors import Unavailable
from .incoming.worker import Worker

log = logging.getLogger(__name__)
_AGAIN_S, _LONGEST_S = 1.0, 60.0


class Background:
    """Does nothing where no channel with durable work is configured: the web needs no database."""

    def __init__(self, gateway: Gateway, channels: Sequence[Channel]) -> None:
        self.channels = tuple(channels)
        by_name = {channel.name: channel for channel in channels}
        worker = Worker(gateway.incoming, by_name, gateway.settings.in_flight, gateway.pace)
        courier = Courier(gateway.knowledge, gateway.deliveries, gateway.addresses, by_name, gateway.pace.deliveries_s)
        self._engine = gateway.engine
        self._jobs = (worker.run, courier.run) if channels else ()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        if self.channels:
            await self._make_tables()
        jobs = (*(self._keep_running(job) for job in self._jobs), *(self._open(channel) for channel in self.channels))
        self._tasks = [asyncio.create_task(job) for job in jobs]

    async def stop(self) -> None:
        """Work under way ends first: it needs its channel."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for channel in self.channels:
            await channel.close()

    async def _make_tables(self) -> bool:
        """A database that is away for a while keeps nobody from asking in the web."""
        try:
            await asyncio.to_thread(make_tables, self._engine)
        except Unavailable:
            return False
        return True

    async def _open(self, channel: Channel) -> None:
        wait_s = _AGAIN_S
        while True:
            try:
                await channel.start()
            except Exception:  # the other channels and the web go on
                log.exception("%s could not be opened; next try in %d s", channel.name, wait_s)
            else:
                return
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, _LONGEST_S)

    async def _keep_running(self, job: Callable[[], Awaitable[None]]) -> None:
        while not await self._make_tables():
            await asyncio.sleep(_AGAIN_S)
        while True:
            try:
                await job()
            except Exception:  # an edge of the process: nobody else would see it
                log.exception("unforeseen; going on")
            await asyncio.sleep(_AGAIN_S)
