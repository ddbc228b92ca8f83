"""Reads files in a process of its own: what crashes, hangs or swallows memory there costs that one file.

One worker reads file after file, some of them sent ahead. It sets its own alarm for each and its own limit of memory,
both kept by the kernel, so that it ends by itself even where a parser is stuck in C or this process has been killed.
A dead one is replaced; what was sent ahead to it is sent again.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from types import TracebackType

from ..datatypes import Document
from ..errors import CorpusError, KnowledgeError
from .files import RawFile

REFUSALS = ("took_too_long", "too_much_memory", "crashed")
DEADLINE_S = 60.0  # thousands of pages of PDF take seconds
MEMORY = 1536 << 20  # bytes of address space; the libraries take 200 MiB of it before the first file

_READ = "knowledge.ingestion.reading:read"
_ROOT = Path(__file__).parents[2]
_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR", "SYSTEMROOT")  # no secrets where foreign files are read
_AHEAD, _AHEAD_BYTES = 64, 8 << 20  # files sent before the first of them is read
_ENDS_WITHIN_S = 5


class Isolated:
    """`with Isolated() as reader: reader.read_all(raws)`. For one thread. `target` names the function that reads."""

    def __init__(self, deadline_s: float = DEADLINE_S, memory: int = MEMORY, target: str = _READ) -> None:
        self._words = (target, str(deadline_s), str(memory))
        self._worker: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None

    def __enter__(self) -> Isolated:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, raw: RawFile) -> Document:
        """Raises CorpusError: what the reader found wrong, or how the worker ended."""
        ((_, found),) = self.read_all([raw])
        if isinstance(found, CorpusError):
            raise found
        return found

    def read_all(self, raws: Iterable[RawFile]) -> Iterator[tuple[RawFile, Document | CorpusError]]:
        """Each with its document or with what was wrong, in their order."""
        coming = iter(raws)
        sent: deque[RawFile] = deque()
        while True:
            self._send_ahead(coming, sent)
            if not sent:
                return
            raw, found = sent[0], self._reply(sent[0])
            sent.popleft()
            yield raw, found
            if self._line is None:  # the worker ended: it has read none of the others
                coming, sent = _before(sent, coming), deque()

    def close(self) -> int:
        """Ends the worker and says how it ended; the next file starts another."""
        worker, line = self._worker, self._line
        self._worker = self._line = None
        if line is not None:
            line.close()
        if worker is None:
            return 0
        try:
            return worker.wait(_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            worker.kill()
            return worker.wait()

    def _send_ahead(self, coming: Iterator[RawFile], sent: deque[RawFile]) -> None:
        waiting = sum(len(raw.data) for raw in sent)
        while len(sent) < _AHEAD and waiting < _AHEAD_BYTES:
            raw = next(coming, None)
            if raw is None:
                return
            line = self._line if self._line is not None and (sent or self._is_alive()) else self._start()
            sent.append(raw)
            waiting += len(raw.data)
            try:
                line.send(raw)
            except OSError:
                return  # it has ended; the first without a reply is why

    def _reply(self, raw: RawFile) -> Document | CorpusError:
        assert self._line is not None
        try:
            where, problem, code, document = self._line.recv()
        except (EOFError, OSError):
            return _refusal(raw, self.close())
        if document is None and code == "too_much_memory":
            self.close()  # what it still holds is unknown
        found: Document | CorpusError = CorpusError(where, problem, code) if document is None else document
        return found

    def _is_alive(self) -> bool:
        return self._worker is not None and self._worker.poll() is None

    def _start(self) -> Connection:
        self.close()
        ours, theirs = Pipe()
        self._worker = subprocess.Popen(
            [sys.executable, "-m", "knowledge.ingestion.worker", str(theirs.fileno()), *self._words],
            cwd=_ROOT,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
        )
        theirs.close()
        self._line = ours
        return ours


def _before(first: Iterable[RawFile], then: Iterator[RawFile]) -> Iterator[RawFile]:
    yield from first
    yield from then


def _refusal(raw: RawFile, ended: int) -> CorpusError:
    """By how its worker ended. Raises KnowledgeError where no file can have been the reason."""
    if ended == -signal.SIGALRM:
        return CorpusError(raw.where, "takes too long to read", "took_too_long")
    if ended in (0, -signal.SIGKILL):  # no memory for the next file, or ended by the machine's own guard of it
        return CorpusError(raw.where, "takes too much memory", "too_much_memory")
    if ended > 0:
        raise KnowledgeError(f"the process that reads files does not work, see above (exit status {ended})")
    return CorpusError(raw.where, f"ended the process that read it ({ended})", "crashed")
