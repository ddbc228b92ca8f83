"""Swedish municipalities and counties, and finding them in a question."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..datatypes import Place
from ..errors import CorpusError

# "Mark" and "Vara" are words too: they count only in such company.
_COMPANY = r"(?:kommun|kommunen|stad|i|från|in)"
_PREPOSITION = re.compile(r"\b(?:i|in|från|from|för|for)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Region:
    """Who is responsible in a county: for health care the region, for the state the county administrative board."""

    county: str
    name: str
    county_board: str
    other_names: tuple[str, ...]


class Places:
    """Reads the tables of municipalities and of regions; finds the first place that a text names."""

    def __init__(self, table: Path, regions: Path) -> None:
        rows = _rows(table)
        self._regions = {
            row["county"]: Region(row["county"], row["region"], row["county_board"], _parts(row["other_names"]))
            for row in _rows(regions)
        }
        if missing := {row["county"] for row in rows} - set(self._regions):
            raise CorpusError(str(regions), f"lacks {', '.join(sorted(missing))}")
        self._by_name: dict[str, Place] = {}
        anywhere: dict[str, str] = {}
        capital: dict[str, str] = {}
        in_company: dict[str, str] = {}
        kinds = {"any": anywhere, "capital": capital, "context": in_company}
        for row in rows:
            place = Place(row["county"], row["municipality"])
            for name in (row["municipality"], *filter(None, row["other_names"].split(";"))):
                self._by_name[name.lower()] = place
                kinds[row["recognised"]][name.lower()] = name
        for county, region in self._regions.items():
            for name in _county_names(region):
                self._by_name.setdefault(name.lower(), Place(county))
                anywhere.setdefault(name.lower(), name)
        self._anywhere = re.compile(rf"\b({_alternatives(anywhere)})s?\b", re.IGNORECASE)
        self._capital = re.compile(rf"(?<!^)\b({_alternatives(capital)})s?\b")
        self._in_company = re.compile(
            rf"\b(?i:{_COMPANY}) ({_alternatives(in_company)})s?\b"
            rf"|\b({_alternatives(capital | in_company)})s? (?i:kommun\w*|stad)\b"
        )

    def find(self, text: str) -> Place | None:
        first = self._first(text)
        return self._by_name[next(group for group in first.groups() if group).lower()] if first else None

    def without(self, text: str) -> str:
        """ "Vem ringer jag i Malmö om ett barn?" -> "Vem ringer jag om ett barn?" """
        first = self._first(text)
        if first is None:
            return text
        before = _PREPOSITION.sub("", text[: first.start()])
        return f"{before.rstrip()} {text[first.end() :].lstrip()}".strip()

    def _first(self, text: str) -> re.Match[str] | None:
        patterns = (self._anywhere, self._capital, self._in_company)
        matches = [match for pattern in patterns if (match := pattern.search(text))]
        # "Region Stockholm" is the county, though the city's name stands in it.
        return min(matches, key=re.Match.start, default=None)

    def region(self, county: str) -> Region:
        return self._regions[county]

    @property
    def municipalities(self) -> frozenset[str]:
        return frozenset(place.municipality for place in self._by_name.values() if place.municipality)

    @property
    def counties(self) -> frozenset[str]:
        return frozenset(self._regions)

    def named(self, municipality: str | None, county: str | None) -> Place | None:
        """The place of that name, also as "Lunds kommun" or "Region Skåne"; the county's where the first is unknown."""
        for name in (municipality, county):
            if name and (place := self._by_name.get(name.strip().lower()) or self.find(f"i {name.strip()}")):
                return place
        return None


def _county_names(region: Region) -> Iterable[str]:
    """ "Skåne län" -> also "Skåne"; "Stockholms län" -> also "Stockholm", never "Stockholms", which may be its city."""
    short = region.county.removesuffix(" län").removesuffix("s")
    yield from (region.county, short, region.name, region.county_board, *region.other_names)
    # Where a city bears the county's name, these words before it mean the county.
    for authority in ("Region", "Regionen i", "Länsstyrelsen", "Länsstyrelsen i", "Landstinget i"):
        yield f"{authority} {short}"


def _rows(table: Path) -> list[dict[str, str]]:
    try:
        with table.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise CorpusError(str(table), "the table of places cannot be read") from error


def _parts(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(";") if part.strip())


def _alternatives(names: dict[str, str]) -> str:
    # The longest first, so that "Upplands Väsby" is not read as "Väsby".
    return "|".join(sorted(map(re.escape, names.values()), key=len, reverse=True)) or r"(?!)"
