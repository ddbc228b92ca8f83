"""Writes bot/data/nlu/places.yml (lookup and synonym data) from bot/places.csv.

    python -m bot.build_places           writes the file
    python -m bot.build_places --check   says whether the file is up to date (exit status 1: it isn't)

The names in places.csv were checked against SFS 2002:808 (the counties' division into municipalities) and
SFS 1982:996 (the district courts' areas), which knows the later changes: Heby is in Uppsala län, Malung is
Malung-Sälen.

The column `recognised` keeps everyday words from being read as places:
`any` = however it is written, `capital` = only with a capital letter ("Boden", never "boden"),
`context` = only beside "i", "till", "från" or "kommun" ("i Vara", never "Vara kvar utan arbete").
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLACES = HERE / "places.csv"
OUTPUT = HERE / "data" / "nlu" / "places.yml"

# Counties that share no name with a municipality may be written without "län".
COUNTY_SHORT_NAMES = {
    "Blekinge län": ["Blekinge"],
    "Dalarnas län": ["Dalarna"],
    "Gävleborgs län": ["Gävleborg"],
    "Hallands län": ["Halland"],
    "Jämtlands län": ["Jämtland"],
    "Kronobergs län": ["Kronoberg"],
    "Norrbottens län": ["Norrbotten"],
    "Skåne län": ["Skåne", "Scania"],
    "Södermanlands län": ["Södermanland", "Sörmland"],
    "Värmlands län": ["Värmland"],
    "Västerbottens län": ["Västerbotten"],
    "Västernorrlands län": ["Västernorrland"],
    "Västmanlands län": ["Västmanland"],
    "Västra Götalands län": ["Västra Götaland", "Västra Götalandsregionen", "VGR"],
    "Östergötlands län": ["Östergötland"],
}


def places() -> list[dict[str, str]]:
    """The 290 municipalities, each with its county."""
    with PLACES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def genitive(name: str) -> str:
    return name if name[-1] in "sxz" else f"{name}s"


def municipality_forms(place: dict[str, str]) -> Iterator[str]:
    """How people write a municipality."""
    name = place["municipality"]
    base_forms = list(dict.fromkeys([name, genitive(name)]))
    if place["recognised"] != "any":
        for form in base_forms:
            yield f"{form} kommun"
            yield f"{form} kommun".lower()
    if place["recognised"] == "context":
        yield from (f"{preposition} {name}" for preposition in ("i", "till", "från"))
        return
    for form in [*base_forms, *filter(None, place["other_names"].split(";"))]:
        yield form
        if place["recognised"] == "any":
            yield form.lower()


def county_forms(county: str) -> Iterator[str]:
    base = county.removesuffix(" län")
    stem = base if county == "Skåne län" else base.removesuffix("s")
    written = [county, f"{stem} län", f"{stem} county", f"{base} county", f"region {stem}", f"länsstyrelsen i {base}"]
    for form in dict.fromkeys([*written, *COUNTY_SHORT_NAMES.get(county, [])]):
        yield form
        yield form.lower()
        yield form[0].upper() + form[1:]


def lookup(name: str, forms: dict[str, str]) -> list[str]:
    # Longer before shorter, so that "Skåne län" is not read as "Skåne".
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return [f"- lookup: {name}", "  examples: |", *(f"    - {form}" for form in ordered)]


def synonyms(forms: dict[str, str]) -> list[str]:
    by_value: dict[str, dict[str, None]] = {}
    for form, value in forms.items():
        if form.casefold() != value.casefold():
            by_value.setdefault(value, {})[form.casefold()] = None
    lines: list[str] = []
    for value, written in by_value.items():
        lines += [f"- synonym: {value}", "  examples: |", *(f"    - {form}" for form in written)]
    return lines


def places_yaml() -> str:
    """The whole generated file."""
    municipalities: dict[str, str] = {}
    counties: dict[str, str] = {}
    for place in places():
        municipalities |= {form: place["municipality"] for form in municipality_forms(place)}
    for county in dict.fromkeys(place["county"] for place in places()):
        counties |= {form: county for form in county_forms(county)}
    lines = ["# Made by bot/build_places.py from bot/places.csv: change those, not this.", 'version: "3.1"', "nlu:"]
    lines += lookup("municipality", municipalities) + lookup("county", counties)
    lines += synonyms(municipalities) + synonyms(counties)
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    generated = places_yaml()
    if "--check" in arguments:
        return int(OUTPUT.read_text(encoding="utf-8") != generated)
    OUTPUT.write_text(generated, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
