"""Swedish municipalities and counties, and finding them in a question."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from ..datatypes import Place
from ..errors import CorpusError

# "Mark" and "Vara" are words too: they count only in such company.
_COMPANY = r"(?:kommun|kommunen|stad|i|från|in)"
_COUNTY_ENDINGS = (" län", "s län")


class Places:
    """Reads the table of places; finds the first one that a text names."""

    def __init__(self, table: Path) -> None:
        try:
            with table.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
        except OSError as error:
            raise CorpusError(str(table), "the table of municipalities cannot be read") from error
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
        for county in {row["county"] for row in rows}:
            for name in _county_names(county):
                self._by_name.setdefault(name.lower(), Place(county))
                anywhere.setdefault(name.lower(), name)
        self._anywhere = re.compile(rf"\b({_alternatives(anywhere)})s?\b", re.IGNORECASE)
        self._capital = re.compile(rf"(?<!^)\b({_alternatives(capital)})s?\b")
        self._in_company = re.compile(
            rf"\b(?i:{_COMPANY}) ({_alternatives(in_company)})s?\b|\b({_alternatives(in_company)})s? (?i:kommun\w*)\b"
        )

    def find(self, text: str) -> Place | None:
        for pattern in (self._anywhere, self._capital, self._in_company):
            if match := pattern.search(text):
                name = next(group for group in match.groups() if group)
                return self._by_name[name.lower()]
        return None

    def named(self, municipality: str | None, county: str | None) -> Place | None:
        for name in (municipality, county):
            if name and (place := self._by_name.get(name.lower().removesuffix(" kommun"))):
                return place
        return None


def _county_names(county: str) -> tuple[str, ...]:
    """ "Skåne län" -> "Skåne län" and "Skåne"; "Dalarnas län" -> also "Dalarna"."""
    bare = county.removesuffix(" län")
    return (county, bare, bare.removesuffix("s")) if bare.endswith("s") else (county, bare)


def _alternatives(names: dict[str, str]) -> str:
    # The longest first, so that "Upplands Väsby" is not read as "Väsby".
    return "|".join(sorted(map(re.escape, names.values()), key=len, reverse=True)) or r"(?!)"
