"""How a generation of files becomes the one that answers: built beside, synced, named by one atomic rename."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from ..errors import IndexBusy, IndexUnavailable

CURRENT, LOCK = "CURRENT", "lock"

Opened = TypeVar("Opened")
Mark = tuple[int, int]


def current_name(folder: Path) -> str | None:
    try:
        return (folder / CURRENT).read_text().strip() or None
    except OSError:
        return None


def mark_of(folder: Path) -> Mark | None:
    """Changes with each publication, and costs one look at the file system. None where nothing is published."""
    try:
        found = (folder / CURRENT).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def open_published(folder: Path, open_it: Callable[[Path], Opened]) -> Opened:
    """Opens the current generation. Raises IndexUnavailable where there is none or it cannot be opened.

    A newer one may be published, and this one removed, while it is being opened: then it is the newer one that counts.
    """
    while True:
        name = current_name(folder)
        if name is None:
            raise IndexUnavailable(f"no index is published in {folder}")
        try:
            return open_it(folder / name)
        except IndexUnavailable:
            if current_name(folder) == name:
                raise


@contextmanager
def alone(folder: Path, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Holds the folder's lock, which goes with its process. With `on_wait`, that is called and the lock waited for
    where another holds it; without, IndexBusy is raised."""
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if on_wait is None:
                raise IndexBusy(f"another process is publishing in {folder}") from error
            on_wait()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def publish(folder: Path, name: str) -> None:
    """A power cut must not leave a published name over unwritten files: they are synced first."""
    for place, _, files in os.walk(folder / name):
        for file in files:
            _sync(Path(place) / file)
        _sync(Path(place))
    write_durably(folder / CURRENT, name)
    sweep(folder, keep=name)


def write_durably(path: Path, text: str) -> None:
    partial = path.with_name(path.name + ".partial")
    with partial.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)
    _sync(path.parent)


def sweep(folder: Path, keep: str | None) -> None:
    """Removes what no longer serves. Open readers keep their files until they let go of them."""
    for place in folder.iterdir():
        if place.is_dir() and place.name != keep:
            shutil.rmtree(place, ignore_errors=True)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
