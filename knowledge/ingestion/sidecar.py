"""What is said of a file beside it (`report.pdf.yml`) or by who brought it, checked; docs/library.md names the keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ..errors import CorpusError
from .files import RawFile
from .front import NotAMapping, mapping_of

KEYS = ("title", "url", "publisher", "date", "retrieved", "valid_from", "valid_to", "topics")
_DAYS = ("retrieved", "valid_from", "valid_to")


def said_of(raw: RawFile) -> dict[str, Any]:
    """Raises CorpusError where a sidecar cannot be taken at its word: what it says would be lost unseen."""
    if not raw.sidecar:
        return dict(raw.about)
    try:
        said = mapping_of(raw.sidecar.decode("utf-8-sig"))
    except (NotAMapping, UnicodeDecodeError) as error:
        raise CorpusError(raw.where, f"what is said of it beside it {error}", "sidecar") from error
    _check(said, raw.where)
    return {**said, **raw.about}


def _check(said: Mapping[str, Any], where: str) -> None:
    for key, value in said.items():
        if key not in KEYS:
            raise CorpusError(where, f"{key!r} beside it is not one of {', '.join(KEYS)}", "sidecar")
        if key != "topics" and not isinstance(value, str):
            raise CorpusError(where, f"{key!r} beside it must be a text", "sidecar")
        if key in _DAYS and value and not _is_day(value):
            raise CorpusError(where, f"{key!r} beside it must be a day like 2025-07-01", "sidecar")
    url = said.get("url")
    if url and not url.startswith(("https://", "http://")):
        raise CorpusError(where, "'url' beside it must begin with https:// or http://", "sidecar")


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
