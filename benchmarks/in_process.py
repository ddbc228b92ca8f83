"""`python -m benchmarks.in_process`: search and answer without HTTP, Rasa and the others, as JSON.

In a process of its own, so that the settings of threads hold before the libraries are loaded.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from knowledge import bootstrap
from knowledge.datatypes import Question
from knowledge.settings import read_settings

from .turns import percentiles, questions

_COUNT = 300


def main() -> None:
    settings = read_settings()
    bootstrap.prepare(settings)
    knowledge = bootstrap.build(settings)

    def search(text: str) -> None:
        knowledge.retriever.search(text, 10)

    def answer(text: str) -> None:
        knowledge.answering.answer(Question(text, channel="benchmark"))

    json.dump({"search": _timed(search), "answer": _timed(answer)}, sys.stdout)


def _timed(work: Callable[[str], None]) -> dict[str, float]:
    work("uppvärmning")
    durations = []
    for text in questions(_COUNT):
        began = time.perf_counter()
        work(text)
        durations.append((time.perf_counter() - began) * 1000)
    p50, p95 = percentiles(durations)
    return {"p50_ms": p50, "p95_ms": p95}


if __name__ == "__main__":
    main()
