"""The process that reads files (isolation.py): `python -m knowledge.ingestion.worker LINE TARGET DEADLINE_S MEMORY`."""

from __future__ import annotations

import logging
import re
import resource
import signal
import sys
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from ..datatypes import Document
from ..errors import CorpusError
from .files import RawFile
from .reading import Read, damaged

_PEAK = re.compile(r"^VmPeak:\s+(\d+) kB$", re.MULTILINE)

Reply = tuple[str, str, str, Document | None]  # where, problem and code of the refusal, or the document


def main(line: int, target: str, deadline_s: float, memory: int) -> None:
    """Ends when the other side closes the line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks; it closes the line
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process, whatever it is doing
    logging.disable()  # what parsers remark on is for nobody
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    module, _, name = target.partition(":")
    read: Read = getattr(import_module(module), name)
    coming: SimpleQueue[RawFile | None] = SimpleQueue()
    with Connection(line) as connection:
        Thread(target=_receive, args=(connection, coming), daemon=True).start()
        while (raw := coming.get()) is not None:
            signal.setitimer(signal.ITIMER_REAL, deadline_s)
            reply = _reply(read, raw, memory)
            signal.setitimer(signal.ITIMER_REAL, 0)
            try:
                connection.send(reply)
            except BrokenPipeError:
                return


def _receive(connection: Connection, coming: SimpleQueue[RawFile | None]) -> None:
    """In a thread of its own: the other side may send while this one does, and neither waits for the other."""
    try:
        while True:
            coming.put(connection.recv())
    except (EOFError, OSError, MemoryError):
        coming.put(None)


def _reply(read: Read, raw: RawFile, memory: int) -> Reply:
    try:
        return "", "", "", read(raw)
    except CorpusError as error:
        refusal = error
    except MemoryError:
        refusal = _out_of_memory(raw)
    except ImportError:  # of what this project needs, not of the file: told on the standard error
        raise
    except Exception as error:  # noqa: BLE001 - the edge of this process: parsers raise anything on what is damaged
        refusal = damaged(raw, error)
    if refusal.code == "corrupt" and _peak() > memory // 4 * 3:
        refusal = _out_of_memory(raw)  # parsers in C call it damage where they were given no more
    return refusal.where, str(refusal), refusal.code, None


def _out_of_memory(raw: RawFile) -> CorpusError:
    return CorpusError(raw.where, "takes too much memory", "too_much_memory")


def _peak() -> int:
    """The most memory that this process has held, in bytes: of addresses where the system tells, as the limit is."""
    try:
        told = _PEAK.search(Path("/proc/self/status").read_text(encoding="ascii", errors="replace"))
    except OSError:
        told = None
    if told is not None:
        return int(told[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), int(sys.argv[4]))
