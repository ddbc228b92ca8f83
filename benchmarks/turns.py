"""Whole turns through the running service: gateway, Rasa, actions, knowledge and back."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit

QUESTIONS = Path(__file__).parent / "questions.txt"
_TIMEOUT_S = 60


@dataclass(slots=True)
class Turns:
    """What became of a number of turns."""

    clients: int
    seconds: float = 0.0
    durations_ms: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        done = len(self.durations_ms)
        p50, p95 = percentiles(self.durations_ms) if done > 1 else (None, None)
        return {
            "clients": self.clients,
            "turns": done + len(self.failures),
            "failures": len(self.failures),
            "p50_ms": p50,
            "p95_ms": p95,
            "turns_per_second": round(done / self.seconds, 1),
        }


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """The 50th and the 95th."""
    cut = quantiles(values, n=20, method="inclusive")
    return round(cut[9], 1), round(cut[18], 1)


def questions(count: int) -> list[str]:
    """So many, over and over from the list."""
    return list(islice(cycle(QUESTIONS.read_text(encoding="utf-8").splitlines()), count))


def ask_all(url: str, turns: int, clients: int) -> Turns:
    """Each turn is a conversation of its own; each client asks its next question when it has the last answer."""
    waiting = iter(questions(turns))
    lock = threading.Lock()
    result = Turns(clients)

    def client() -> None:
        connection = _Connection(url)
        while True:
            with lock:
                question = next(waiting, None)
            if question is None:
                return connection.close()
            began = time.perf_counter()
            fault = connection.ask(question)
            taken = (time.perf_counter() - began) * 1000
            with lock:
                if fault:
                    result.failures.append(f"{question}: {fault}")
                else:
                    result.durations_ms.append(taken)

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for running in [pool.submit(client) for _ in range(clients)]:
            running.result()
    result.seconds = time.perf_counter() - began
    return result


class _Connection:
    """The standard library's client: a richer one would take processor time from the service that it measures."""

    def __init__(self, url: str) -> None:
        self._http = http.client.HTTPConnection(urlsplit(url).netloc, timeout=_TIMEOUT_S)

    def ask(self, question: str) -> str | None:
        """None, or what went wrong."""
        body = json.dumps({"text": question}).encode()
        try:
            self._http.request("POST", "/channels/web/messages", body, {"Content-Type": "application/json"})
            response = self._http.getresponse()
            content = response.read()
            if response.status != 200:
                return f"status {response.status}"
            kinds = [message["type"] for message in json.loads(content)["messages"]]
            return None if kinds == ["answer"] else f"got {kinds}"
        except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
            self._http.close()
            return repr(error)

    def close(self) -> None:
        self._http.close()
