"""The several processes that serve knowledge on one port, asked one by one."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx
import psutil

from benchmarks.running_service import RunningService

_AT_ONCE, _ROUNDS = 4, 20  # which process takes a connection is the kernel's choice


@dataclass(frozen=True, slots=True)
class Given:
    """The first answer of one process."""

    process: int
    at: float
    body: dict[str, Any]

    @property
    def refined(self) -> bool:
        return self.body["refined_answer"] is not None


def workers_of(service: RunningService) -> list[psutil.Process]:
    """What the process that keeps them has started."""
    started: list[psutil.Process] = service.process("knowledge").children()
    return started


def ask_each(workers: list[psutil.Process], service: RunningService, question: str, count: int) -> list[Given]:
    """Asks by new connections until so many processes have each answered, and gives the first answer of each."""
    given: dict[int, Given] = {}
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as threads:
        for _ in range(_ROUNDS):
            answers = threads.map(lambda _: _ask(service, question, workers), range(_AT_ONCE))
            for answer in sorted(answers, key=lambda answer: answer.at):
                given.setdefault(answer.process, answer)
            if len(given) == count:
                return list(given.values())
    raise AssertionError(f"only {sorted(given)} of {count} processes answered")


def _ask(service: RunningService, question: str, workers: list[psutil.Process]) -> Given:
    with (
        httpx.Client(base_url=service.url("knowledge"), timeout=30, trust_env=False) as client,
        client.stream("POST", "/api/answers", json={"question": question}) as response,
    ):
        response.read()
        at = time.monotonic()
        port = response.extensions["network_stream"].get_extra_info("client_addr")[1]
        return Given(_at_the_other_end(port, workers), at, response.json())


def _at_the_other_end(port: int, workers: list[psutil.Process]) -> int:
    for worker in workers:
        if any(line.raddr and line.raddr.port == port for line in worker.net_connections("tcp")):
            return int(worker.pid)
    raise AssertionError(f"no worker has the connection from {port}")
