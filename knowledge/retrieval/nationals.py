"""Says of a person from another EU country what matters here: "en litauer behöver insulin" asks about an EU citizen.

Officials write what they see, the corpus what the law counts. Added for the search alone, which asks both ways
(docs/adr/0035); the country stays, since an embassy's passage is found by it.
"""

from __future__ import annotations

import re
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
_OF_HER = "(?:som|utan|med|har|vill|ska|söker|behöver|får|kan|är|på|i)\\b"  # "en polska som sover ute"
_ENGLISH_PERSONS = (
    "m[ae]n\\b|wom[ae]n|famil|citizen|national|person|people|couple|m[ou]m|mother|father|dad\\b|parent|child|kid|boy|girl"
    "|guy|brother|sister|group|beggar|worker|student|pensioner|client|applicant|patient|migrant|teenager|youth|newborn"
)


class Nationals:
    """Reads the table once; a line holds Swedish countries, adjectives and persons, then the same in English."""

    def __init__(self, table: Path = NATIONALS) -> None:
        columns: list[list[str]] = [[], [], [], [], [], []]
        for line in table.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                for column, cell in zip(columns, line.split("\t"), strict=True):
                    column += [re.escape(term) for term in cell.split("; ") if term]
        countries, adjectives, persons, english_countries, english_adjectives, english_persons = map("|".join, columns)
        self._swedish = re.compile(
            rf"\b(?:(?:från|ifrån)\s+(?:{countries})|(?:{persons})(?:n|en|na|erna)?"
            rf"|(?:{adjectives})[ta]?\s+(?:{_PERSONS})\w*|en\s+(?:{adjectives})a(?=\s+{_OF_HER}))(?!\w)",
            re.IGNORECASE,
        )
        self._english = re.compile(
            rf"\b(?:from\s+(?:{english_countries})|{english_persons}"
            rf"|(?:{english_adjectives})\s+(?:{_ENGLISH_PERSONS})\w*)(?!\w)",
            re.IGNORECASE,
        )

    def told(self, text: str) -> str:
        """The text, with "EU-medborgare" after the first person who is said to be from another EU country."""
        if _SAID.search(text):
            return text
        for pattern, citizen in ((self._swedish, "EU-medborgare"), (self._english, "EU citizen")):
            found = pattern.search(text)
            if found:
                return f"{text[: found.end()]} ({citizen}){text[found.end() :]}"
        return text


@cache
def the_nationals() -> Nationals:
    return Nationals()
