"""corpus/sources.yml: the addresses that are watched, by host, with how often."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import httpx
import yaml

from ...errors import CorpusError
from ...source_checks import WatchedSource

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_sources(file: Path) -> tuple[WatchedSource, ...]:
    """Every source, in the order of the file. Raises CorpusError that names the file and what is wrong in it."""
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    except OSError as error:
        raise CorpusError(str(file), f"cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CorpusError(str(file), f"YAML does not parse: {error}") from error
    try:
        every = {name: dt.timedelta(days=int(days)) for name, days in content["every"].items()}
        sources = tuple(
            _source(entry, host["host"], every[entry.get("every", host["every"])], file)
            for host in content["hosts"]
            for entry in host["sources"]
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise CorpusError(str(file), f"lacks or misspells {error}") from error
    twice = {s.address for s in sources if sum(s.address == other.address for other in sources) > 1}
    if twice:
        raise CorpusError(str(file), f"names twice: {', '.join(sorted(twice))}")
    return sources


def _source(entry: dict[str, Any], host: str, every: dt.timedelta, file: Path) -> WatchedSource:
    address = str(entry["url"])
    try:
        fits = httpx.URL(address).host == host
    except httpx.InvalidURL:
        fits = False
    if not fits:
        raise CorpusError(str(file), f"{address} stands under the host {host}")
    return WatchedSource(address, str(entry["title"]), str(entry["publisher"]), tuple(entry["topics"]), every)


def hosts_of(sources: tuple[WatchedSource, ...]) -> frozenset[str]:
    """The hosts that may be asked."""
    return frozenset(httpx.URL(source.address).raw_host.decode("ascii").lower() for source in sources)
