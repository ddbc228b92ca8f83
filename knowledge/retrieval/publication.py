"""How a generation of files becomes the one that answers: built beside, synced, named by one atomic rename."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

CURRENT = "CURRENT"


def current_name(folder: Path) -> str | None:
    try:
        return (folder / CURRENT).read_text().strip() or None
    except OSError:
        return None


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
