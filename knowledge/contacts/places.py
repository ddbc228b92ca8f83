"""Swedish municipalities and counties, and finding them in a question."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from ..datatypes import Place
from ..errors import CorpusError

# "Mark" and "Vara" are words too: they count only in such company.
_COMPANY = r"(?:kommun|kommunen|stad|i|från|in)"


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
            rf"\b(?i:{_COMPANY}) ({_alternatives(in_company)})s?\b"
            rf"|\b({_alternatives(capital | in_company)})s? (?i:kommun\w*|stad)\b"
        )

    def find(self, text: str) -> Place | None:
        patterns = (self._anywhere, self._capital, self._in_company)
        matches = [match for pattern in patterns if (match := pattern.search(text))]
        if not matches:
            return None
        first = min(matches, key=re.Match.start)
        return self._by_name[next(group for group in first.groups() if group).lower()]

    def named(self, municipality: str | None, county: str | None) -> Place | None:
        """The place of that name, also as "Lunds kommun" or "Region Skåne"; the county's where the first is unknown."""
        for name in (municipality, county):
            if name and (place := self._by_name.get(name.strip().lower()) or self.find(f"i {name.strip()}")):
                return place
        return None


def _county_names(county: str) -> tuple[str, str]:
    """ "Skåne län" -> also "Skåne"; "Stockholms län" -> also "Stockholm", never "Stockholms", which may be its city."""
    return county, county.removesuffix(" län").removesuffix("s")


def _alternatives(names: dict[str, str]) -> str:
    # The longest first, so that "Upplands Väsby" is not read as "Väsby".
    return "|".join(sorted(map(re.escape, names.values()), key=len, reverse=True)) or r"(?!)"
