"""The statutes that officials name: by abbreviation and by name, with what they were called before and after.

statutes.tsv holds the common ones; newer acts of the same name have the day they came into force.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


class Age(Enum):
    """What a text says of an act beside its name: "nya socialtjänstlagen"."""

    NEW = "new"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Statute:
    """`names` are definite, as they stand in running text; the first is the usual one."""

    number: str
    in_force: dt.date
    abbreviations: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def short(self) -> str:
        """ "SoL (2001:453)", "skollagen (2010:800)", "lagen (2009:47) om vissa kommunala befogenheter"."""
        name = self.abbreviations[0] if self.abbreviations else self.names[0]
        kind, _, rest = name.partition(" ")
        return f"{kind} ({self.number}) {rest}".strip()


class StatuteTable:
    """Looks statutes up by name and by number."""

    def __init__(self, statutes: tuple[Statute, ...]) -> None:
        self.by_number = {statute.number: statute for statute in statutes}
        self._by_name: dict[str, list[Statute]] = defaultdict(list)
        for statute in sorted(statutes, key=lambda one: one.in_force, reverse=True):
            forms = [form for name in statute.names for form in _forms(name)]
            for name in (*statute.abbreviations, *forms):
                self._by_name[name.lower()].append(statute)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._by_name)

    def named(self, name: str, day: dt.date, age: Age | None = None) -> Statute | None:
        """The act of that name: the one that applied on the day, or the newest, or the one before it."""
        known = self._by_name.get(" ".join(name.lower().split()), [])
        if not known:
            return None
        if age is Age.NEW:
            return known[0]
        if age is Age.OLD:
            return known[min(1, len(known) - 1)]
        return next((one for one in known if one.in_force <= day), known[-1])

    def is_shared(self, name: str) -> bool:
        """Whether several acts have borne the name."""
        return len(self._by_name.get(" ".join(name.lower().split()), ())) > 1

    def of_year(self, name: str, year: str) -> Statute | None:
        """ "2001 års socialtjänstlag"."""
        known = self._by_name.get(name.lower(), ())
        return next((one for one in known if one.number.startswith(f"{year}:")), None)

    def short(self, number: str) -> str:
        """How to name an act in a text."""
        statute = self.by_number.get(number)
        return statute.short if statute else f"SFS {number}"


@cache
def statute_table() -> StatuteTable:
    """The table that ships with the service, read once."""
    with (FOLDER / "statutes.tsv").open(encoding="utf-8", newline="") as file:
        return StatuteTable(tuple(_statute(row) for row in csv.DictReader(file, delimiter="\t")))


def _statute(row: dict[str, str]) -> Statute:
    number = row["number"]
    # Only the newest act of a name needs its day: of the older ones the year orders them well enough.
    in_force = dt.date.fromisoformat(row["in_force"]) if row["in_force"] else dt.date(int(number[:4]), 1, 1)
    return Statute(number, in_force, _listed(row["abbreviations"]), _listed(row["names"]))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _forms(name: str) -> tuple[str, ...]:
    """ "skollagen" -> also "skollag", as after "enligt" and in titles; "lagen om viten" -> also "lag om viten"."""
    kind, space, rest = name.partition(" ")
    for definite, plain in (("lagen", "lag"), ("balken", "balk"), ("förordningen", "förordning")):
        if name.endswith(definite) and not rest:
            return name, name.removesuffix(definite) + plain
        if kind == definite:
            return name, f"{plain}{space}{rest}"
        if name.endswith(definite):  # "hälso- och sjukvårdslagen"
            return name, name.removesuffix(definite) + plain
    return (name,)
