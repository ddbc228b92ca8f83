"""Who is said to be from another EU country: "en litauer behöver insulin" asks about an EU citizen, Lithuania's.

Officials write what they see, the corpus what the law counts. The search asks both ways (docs/adr/0035); the country
stays, since an embassy's passage is found by it, and another country's embassy is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

NATIONALS = Path(__file__).parent / "nationals.tsv"
# Who already says it gains nothing.
_SAID = re.compile(r"\b(?:EU|EES|EEA|unionsmedborg|uppehållsrätt|right of residence)", re.IGNORECASE)
_PERSONS = (
    "man(?:nen)?|män(?:nen)?|kvinn|medborgar|person|familj|par\\b|paret|mamm|papp|mor\\b|far\\b|modern?\\b|fader|föräld"
    "|barn\\b|barnen|pojk|flick|kill|tjej|kid|grabb|dam|gubb|gumm|syskon|bröder|systrar|grupp|tigg|arbet|student"
    "|pensionär|romer|klient|sökand|patient|hemlös|migrant|ungdom|tonår|elev|sambo|make\\b|maka\\b|hustru"
)
# To the search they are no EU citizens like the others (rules of their own); they too have embassies of their own.
_NORDIC = (
    "Danmark\tdansk\tdansken; danskar\tDenmark\tDanish\tDane; Danes",
    "Finland\tfinsk\tfinländare; finne; finnar\tFinland\tFinnish\tFinn; Finns",
    "Island\tisländsk\tislänning; islänningar\tIceland\tIcelandic\tIcelander; Icelanders",
    "Norge\tnorsk\tnorrman; norrmannen; norrmän\tNorway\tNorwegian\tNorwegians",
)
_NOTHING = "(?!)"  # a people that no noun is made of
_OF_HER = "(?:som|utan|med|har|vill|ska|söker|behöver|får|kan|är|på|i)\\b"  # "en polska som sover ute"
_ENGLISH_PERSONS = (
    "m[ae]n\\b|wom[ae]n|famil|citizen|national|person|people|couple|m[ou]m|mother|father|dad\\b|parent|child|kid|boy|girl"
    "|guy|brother|sister|group|beggar|worker|student|pensioner|client|applicant|patient|migrant|teenager|youth|newborn"
)


class Nationals:
    """Reads the table once; a line holds Swedish countries, adjectives and persons, then the same in English."""

    def __init__(self, table: Path = NATIONALS) -> None:
        lines = table.read_text(encoding="utf-8").splitlines()
        rows = [_terms(line) for line in lines if line.strip() and not line.startswith("#")]
        everyone = [[term for cell in column for term in cell] for column in zip(*rows, strict=True)]
        self._swedish, self._english = _swedish(*everyone[:3]), _english(*everyone[3:])
        everywhere = [*rows, *map(_terms, _NORDIC)]
        self._of = {row[0][0]: (_swedish(*row[:3]), _english(*row[3:])) for row in everywhere}

    @property
    def countries(self) -> frozenset[str]:
        """In Swedish."""
        return frozenset(self._of)

    def countries_of(self, text: str) -> set[str]:
        """Where the persons spoken of are said to be from."""
        return {country for country, patterns in self._of.items() if any(one.search(text) for one in patterns)}

    def told(self, text: str) -> str:
        """The text, with "EU-medborgare" after the first person who is said to be from another EU country."""
        if _SAID.search(text):
            return text
        for pattern, citizen in ((self._swedish, "EU-medborgare"), (self._english, "EU citizen")):
            found = pattern.search(text)
            if found:
                return f"{text[: found.end()]} ({citizen}){text[found.end() :]}"
        return text


def _terms(line: str) -> list[list[str]]:
    return [[re.escape(term) for term in cell.split("; ") if term] for cell in line.split("\t")]


def _swedish(countries: Sequence[str], adjectives: Sequence[str], persons: Sequence[str]) -> re.Pattern[str]:
    some = _any_of(adjectives)
    return re.compile(
        rf"\b(?:(?:från|ifrån)\s+(?:{_any_of(countries)})|(?:{_any_of(persons)})(?:n|en|na|erna)?"
        rf"|(?:{some})[ta]?\s+(?:{_PERSONS})\w*|en\s+(?:{some})a(?=\s+{_OF_HER}))(?!\w)",
        re.IGNORECASE,
    )


def _english(countries: Sequence[str], adjectives: Sequence[str], persons: Sequence[str]) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:from\s+(?:{_any_of(countries)})|{_any_of(persons)}"
        rf"|(?:{_any_of(adjectives)})\s+(?:{_ENGLISH_PERSONS})\w*)(?!\w)",
        re.IGNORECASE,
    )


def _any_of(terms: Sequence[str]) -> str:
    return "|".join(terms) or _NOTHING


@cache
def the_nationals() -> Nationals:
    return Nationals()
