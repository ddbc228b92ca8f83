"""`ingest` killed at random moments while a service answers, and two at once: nothing is lost, nothing mixed."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from knowledge.clock import SystemClock
from knowledge.retrieval import library_index
from knowledge.retrieval.encoders.static import StaticEncoder, embedded_encoder
from knowledge.retrieval.library_index import PassageKey
from knowledge.store.engine import open_engine
from knowledge.store.library import SqlLibraryStore

Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
KILLS, FILES = 20, 700  # more than two batches
_SAID = re.compile(r"Kanotleden (\d+) är öppen, utgåva (\d+)\.")


def write(folder: Path, edition: int) -> None:
    """Each edition changes every file."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(FILES):
        text = f"# Kanotleden {number}\n\nKanotleden {number} är öppen, utgåva {edition}.\n"
        (folder / f"f{number:05}.md").write_text(text, encoding="utf-8")


def environment(data: Path, **named: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"RADGIVAREN_DATA": str(data), "ENCODER": "hashing", "OMP_NUM_THREADS": "1"} | named


def start(*words: str, data: Path, **named: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "knowledge", *words],
        env=environment(data, **named),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def pieces() -> StaticEncoder:
    return embedded_encoder()


@pytest.fixture
def own(data: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(data, tmp_path / "data"))


@pytest.fixture
def store(own: Path) -> Iterator[SqlLibraryStore]:
    engine = open_engine(f"sqlite:///{own / 'radgivaren.db'}")
    yield SqlLibraryStore(engine, SystemClock())
    engine.dispose()


class Asking(threading.Thread):
    """An official who asks all the time, and notes what is not as it should be."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self._url = url
        self.ending = threading.Event()
        self.asked, self.editions = 0, Counter[int]()
        self.errors: list[object] = []

    def run(self) -> None:
        with httpx.Client(base_url=self._url, timeout=20) as client:
            while not self.ending.is_set():
                try:
                    self._ask(client, random.randrange(FILES))
                except Exception as error:  # noqa: BLE001 - a thread's error would otherwise go unseen
                    self.errors.append(error)

    def _ask(self, client: httpx.Client, number: int) -> None:
        time.sleep(0.05)  # an official who thinks, so that two cores have room for the rest
        self.asked += 1
        if self.asked % 4 == 0:  # is recorded, so that two processes write at once
            answered = client.post("/api/answers", json={"question": "Vad kostar akut tandvård?"})
            if answered.status_code != 200 or answered.json()["status"] != "answered":
                self.errors.append(answered.text)
        response = client.post("/api/search", json={"question": f"Är kanotleden {number} öppen?", "k": 5})
        if response.status_code != 200:
            self.errors.append(response.text)
            return
        for passage in response.json()["passages"]:
            if said := _SAID.search(passage["text"]):
                self.editions[int(said[2])] += 1
                if passage["title"] != f"Kanotleden {said[1]}":
                    self.errors.append(passage)  # a passage of one document under the name of another


@pytest.fixture
def service(own: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = start("serve", data=own, KNOWLEDGE_PORT=str(port))
    url = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            if httpx.get(url + "/readyz", timeout=5).status_code == 200:
                break
        except httpx.TransportError:
            time.sleep(0.1)
    yield url
    process.terminate()
    process.communicate(timeout=30)


def test_killed_at_twenty_random_moments_while_questions_are_answered(
    run: Run, own: Path, tmp_path: Path, store: SqlLibraryStore, service: str, pieces: StaticEncoder
) -> None:
    came_in = tmp_path / "in"
    write(came_in, 0)
    began = time.monotonic()
    assert run("ingest", str(came_in), data=own).returncode == 0
    whole_run = time.monotonic() - began
    asking = Asking(service)
    asking.start()

    def indexed() -> set[PassageKey]:
        return set(library_index.open_current(own / "library", pieces).live_rows())

    before, cut_short = indexed(), 0
    for edition in range(1, KILLS + 1):
        write(came_in, edition)
        process = start("ingest", str(came_in), data=own)
        time.sleep(random.uniform(0.4, 1) * whole_run)  # before that it only starts
        process.send_signal(signal.SIGKILL)
        process.communicate()
        cut_short += process.returncode == -signal.SIGKILL
        stored, now = set(store.keys()), indexed()
        assert store.count() == (FILES, FILES)  # no document is lost, and none is there twice
        assert now in (before, stored), "the index is neither the old nor the new one"
        before = now
    assert cut_short > KILLS / 2

    last = run("ingest", str(came_in), data=own)
    assert last.returncode == 0, last.stderr
    counts = re.match(r"700 filer: (\d+) intagna, (\d+) oförändrade, 0 avvisade\.\n", last.stdout)
    assert counts and int(counts[1]) + int(counts[2]) == FILES
    assert indexed() == set(store.keys()) and store.count() == (FILES, FILES)

    seen = asking.editions[KILLS]
    until = time.monotonic() + 30
    while asking.editions[KILLS] == seen and time.monotonic() < until:
        time.sleep(0.05)  # the service takes the last edition over by itself
    asking.ending.set()
    asking.join()
    assert asking.errors == []
    assert asking.editions[KILLS] > seen and asking.asked > KILLS


def test_two_at_once_both_come_to_their_end(
    own: Path, tmp_path: Path, store: SqlLibraryStore, pieces: StaticEncoder
) -> None:
    came_in = tmp_path / "in"
    write(came_in, 0)
    both = [start("ingest", str(came_in), data=own) for _ in range(2)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    for out, _ in said:
        counts = re.match(r"700 filer: (\d+) intagna, (\d+) oförändrade, 0 avvisade\.\n", out)
        assert counts and int(counts[1]) + int(counts[2]) == FILES
    assert store.count() == (FILES, FILES)
    assert set(library_index.open_current(own / "library", pieces).live_rows()) == set(store.keys())
