"""The files that come in: their bytes, what they are known by, and what is said of them in a file beside them."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from urllib.parse import urlsplit

from ..errors import CorpusError
from .readers.origins import place_of

VERSION = "2"  # raise it when the same file gives other passages: every file is then read anew
LARGEST_TEXT = 20 * 1024 * 1024
LARGEST = 50 * 1024 * 1024  # of a PDF or a Word document; the pictures in it are most of it
LARGEST_SIDECAR = 100_000
SIDECAR = ".yml"  # report.pdf.yml says where report.pdf comes from

REFUSALS = ("missing", "not_a_file", "unreadable", "too_large", "sidecar")

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file's bytes and what they are known by: the same for the same content at the same place.

    `where` is how people are told of it. `place` is its part of the path, or its address; `name` ends with its
    extension. `about` is said of it by who brought it: it goes before `sidecar`, and that before what the file says.
    """

    where: str
    place: str
    name: str
    data: bytes
    content_hash: str
    sidecar: bytes = b""
    about: Mapping[str, str] = field(default_factory=dict)
    content_type: str = ""  # as a server gave it; a file has none

    @property
    def extension(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


def read_bytes(path: Path) -> RawFile:
    """Raises CorpusError where there is no file that could be read."""
    where = str(path)
    try:
        if not path.exists():
            raise CorpusError(where, "does not exist", "missing")
        if not path.is_file():
            raise CorpusError(where, "is not a file", "not_a_file")
        if path.stat().st_size > LARGEST:
            raise CorpusError(where, f"is larger than {LARGEST >> 20} MB", "too_large")
        data = path.read_bytes()
        sidecar = _sidecar_of(path, where)
    except OSError as error:
        raise CorpusError(where, f"cannot be read: {error.strerror}", "unreadable") from error
    place = place_of(path)
    return RawFile(where, place, path.name, data, _digest(place, data, sidecar), sidecar)


def from_address(url: str, data: bytes, content_type: str = "", about: Mapping[str, str] = _NOTHING) -> RawFile:
    """What an address gave. `about` as in a sidecar, `retrieved` among it; the day alone makes no new version."""
    if len(data) > LARGEST:
        raise CorpusError(url, f"is larger than {LARGEST >> 20} MB", "too_large")
    parts = urlsplit(url)
    name = PurePosixPath(parts.path).name or parts.hostname or "sida"
    said = "".join(f"{key}={value}\n" for key, value in sorted(about.items()) if key != "retrieved").encode()
    return RawFile(url, url, name, data, _digest(url, data, said), b"", {"url": url, **about}, content_type or "?")


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and every file in the folders, by name, but hidden ones and sidecars of others.

    Links to folders are not followed.
    """
    seen: set[str] = set()
    for path in paths:
        for file in _below(path) if path.is_dir() else ([] if _is_sidecar(path) else [path]):
            key = os.path.realpath(file)
            if key not in seen:
                seen.add(key)
                yield file


def _is_sidecar(path: Path) -> bool:
    return path.name.endswith(SIDECAR) and path.with_name(path.name.removesuffix(SIDECAR)).is_file()


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = set(files)
        for name in sorted(files):
            if not name.startswith(".") and not (name.endswith(SIDECAR) and name.removesuffix(SIDECAR) in here):
                yield Path(place) / name


def _sidecar_of(path: Path, where: str) -> bytes:
    sidecar = path.with_name(path.name + SIDECAR)
    try:
        if sidecar.stat().st_size > LARGEST_SIDECAR:
            raise CorpusError(where, f"{sidecar.name} is too long", "sidecar")
        return sidecar.read_bytes()
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENAMETOOLONG):  # a name may be as long as it can be without ".yml"
            return b""
        raise


def _digest(place: str, data: bytes, sidecar: bytes) -> str:
    digest = hashlib.sha256(f"{VERSION}|{place}|".encode(errors="surrogateescape"))
    digest.update(data)
    if sidecar:
        digest.update(b"|" + hashlib.sha256(sidecar).digest())
    return digest.hexdigest()[:32]
