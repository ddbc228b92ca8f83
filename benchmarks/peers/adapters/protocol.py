"""`python -P protocol.py ADAPTER FOLDER RESULT [OPTIONS]`: a peer ingests, warms up, and answers each question alone.

Runs in the peer's environment: standard library and numpy only. -P, because an adapter bears the name of the package
that it wraps. ADAPTER defines `PACKAGES`, whose versions are reported, and `Peer(**OPTIONS)`:

    ingest(passages, vectors)      (id, text) of each passage, and its vector in the same row
    search(text, vector) -> ids    of up to 10 passages, best first

FOLDER holds passages.jsonl, vectors.npy, questions.jsonl and question_vectors.npy; the first questions are for
warming up and do not count.
"""

from __future__ import annotations

import importlib.util
import json
import platform
import resource
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

WARM_UP = 20
STATUS = Path("/proc/self/status")

Vectors = NDArray[np.float32]


class Peer(Protocol):
    def ingest(self, passages: Sequence[tuple[str, str]], vectors: Vectors) -> None: ...

    def search(self, text: str, vector: Vectors) -> Sequence[str]: ...


def main() -> None:
    adapter, folder, result = (Path(argument) for argument in sys.argv[1:4])
    module = _load(adapter)
    peer: Peer = module.Peer(**json.loads(sys.argv[4]) if len(sys.argv) > 4 else {})
    figures: dict[str, Any] = {"ingest_s": _ingest(peer, folder), "rss_after_ingest_mib": _memory_mib("VmRSS")}
    figures |= _ask(peer, folder)
    figures["peak_memory_mib"] = _memory_mib("VmHWM")
    figures["versions"] = {"python": platform.python_version()} | {name: version(name) for name in module.PACKAGES}
    result.write_text(json.dumps(figures), encoding="utf-8")


def _load(adapter: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("adapter", adapter)
    assert spec and spec.loader, adapter
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _ingest(peer: Peer, folder: Path) -> float:
    passages = _read(folder / "passages.jsonl")
    # Mapped: who does not take vectors does not pay for them in memory.
    vectors = np.load(folder / "vectors.npy", mmap_mode="r")
    began = time.perf_counter()
    peer.ingest(passages, vectors)
    return time.perf_counter() - began


def _ask(peer: Peer, folder: Path) -> dict[str, Any]:
    """Wall time is what a user waits; processor time shows where another process, or a second thread, meddled."""
    questions = _read(folder / "questions.jsonl")
    vectors = np.load(folder / "question_vectors.npy")
    wall_ms: list[float] = []
    cpu_ms: list[float] = []
    ranked: dict[str, list[str]] = {}
    for (name, text), vector in zip(questions, vectors, strict=True):
        cpu, wall = time.process_time(), time.perf_counter()
        found = peer.search(text, vector)
        wall_ms.append((time.perf_counter() - wall) * 1000)
        cpu_ms.append((time.process_time() - cpu) * 1000)
        ranked[name] = list(found)
    measured = [name for name, _ in questions[WARM_UP:]]
    return {
        "latencies_ms": wall_ms[WARM_UP:],
        "cpu_ms": cpu_ms[WARM_UP:],
        "ranked": {name: ranked[name] for name in measured},
    }


def _read(file: Path) -> list[tuple[str, str]]:
    with file.open(encoding="utf-8") as lines:
        return [(row["id"], row["text"]) for row in map(json.loads, lines)]


def _memory_mib(field: str) -> float:
    """Not ru_maxrss where the kernel says more: a child starts with its parent's, which has read the whole corpus."""
    if not STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith(f"{field}:"))
    return int(line.split()[1]) / 2**10


if __name__ == "__main__":
    main()
