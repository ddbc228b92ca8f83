"""Sweden's municipalities by the names that people write (bot/places.csv)."""

from __future__ import annotations

import csv
import difflib
from pathlib import Path

from actions.word_sets import BESIDE_A_PLACE

PLACES = Path(__file__).resolve().parent.parent / "bot" / "places.csv"


class Municipalities:
    """Finds a municipality in a short reply."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def find(self, reply: str) -> str | None:
        """The municipality, when the reply names one and says nothing else."""
        return self._names.get(self._key(reply))

    def closest(self, reply: str) -> str | None:
        """The municipality whose name is nearly what was written."""
        near = difflib.get_close_matches(self._key(reply), self._names, n=1, cutoff=0.8)
        return self._names[near[0]] if near else None

    @staticmethod
    def _key(reply: str) -> str:
        words = reply.casefold().strip(" .,!").split()
        return " ".join(word for word in words if word not in BESIDE_A_PLACE)


def read_municipalities(path: Path = PLACES) -> Municipalities:
    """Reads the file; each name also in the genitive and by its other names."""
    names: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for place in csv.DictReader(lines):
            name = place["municipality"]
            written = [name, f"{name}s", *filter(None, place["other_names"].split(";"))]
            names |= {form.casefold().removesuffix(" kommun"): name for form in written}
    return Municipalities(names)
