"""Names under which an organisation of the table of contacts is known: "polisen", "SKR", "Rumäniens ambassad"."""

from __future__ import annotations

import re

_ABBREVIATION = re.compile(r"\(([A-ZÅÄÖ]{2,})\)")
_ASIDE = re.compile(r"\s*\(.*?\)")
_SEAT = re.compile(r" i (Stockholm|Sverige)$")
# A municipality is no such organisation: what it has in the table is one office of many (directory.py).
_MUNICIPALITY = re.compile(r"(?i)s? (kommun|stad)$")


def common_name(organisation: str) -> str:
    """What those of several places are called alike: "Linköpings Stadsmission" -> "Stadsmission"; or nothing."""
    first = re.split(r"[,/]", _ASIDE.sub("", organisation))[0].strip()
    if _MUNICIPALITY.search(first) or " " not in first:
        return ""
    return first.rsplit(" ", 1)[1]


def names_pattern(organisation: str) -> re.Pattern[str]:
    """ "Sveriges Kommuner och Regioner (SKR)" -> the name and "SKR"; "Malmö stad, Evonhuset" -> "Evonhuset"."""
    parts = [part.strip() for part in re.split(r"[,/]", _ASIDE.sub("", organisation))]
    names = [_SEAT.sub("", part) for part in parts if part and not _MUNICIPALITY.search(part)]
    names += _ABBREVIATION.findall(organisation)
    return re.compile(rf"\b({'|'.join(map(re.escape, names)) or '(?!)'})s?\b", re.IGNORECASE)
