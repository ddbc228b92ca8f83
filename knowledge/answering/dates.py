"""Dates as officials write them in a question: "i mars 2024", "sommaren 2016", "2023-02-01"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "mars march",
            "april",
            "maj may",
            "juni june",
            "juli july",
            "augusti august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_SEASONS = {
    "våren": 4,
    "varen": 4,
    "spring": 4,
    "sommaren": 7,
    "summer": 7,
    "hösten": 10,
    "hosten": 10,
    "autumn": 10,
    "vintern": 1,
    "winter": 1,
}
_YEAR = r"((?:19|20)\d\d)"
_DAY = re.compile(rf"\b{_YEAR}-(\d\d)-(\d\d)\b")
_DAY_IN_WORDS = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+{_YEAR}\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\s+{_YEAR}\b", re.IGNORECASE)
_SEASON = re.compile(rf"\b({'|'.join(_SEASONS)})\s+(?:of\s+)?{_YEAR}\b", re.IGNORECASE)
_WHOLE_YEAR = re.compile(rf"\b(?:år|under|in|during|i)\s+{_YEAR}\b", re.IGNORECASE)


_Parts = tuple[int, int, int]
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Parts]], ...] = (
    (_DAY, lambda m: (int(m[1]), int(m[2]), int(m[3]))),
    (_DAY_IN_WORDS, lambda m: (int(m[3]), _MONTHS[m[2].lower()], int(m[1]))),
    (_MONTH, lambda m: (int(m[2]), _MONTHS[m[1].lower()], 1)),
    (_SEASON, lambda m: (int(m[2]), _SEASONS[m[1].lower()], 1)),
    (_WHOLE_YEAR, lambda m: (int(m[1]), 7, 1)),
)


def date_in(text: str, today: dt.date) -> dt.date | None:
    """The day that a question is about, where it names one before today; a month or season stands for its first day."""
    for pattern, read in _READERS:
        if match := pattern.search(text):
            try:
                named = dt.date(*read(match))
            except ValueError:  # 2023-02-31
                continue
            this_year = pattern is _WHOLE_YEAR and named.year == today.year
            return named if named < today and not this_year else None
    return None
