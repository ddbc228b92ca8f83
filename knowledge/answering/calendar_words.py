"""Days and periods as people write them, in Swedish and English: patterns, and what each of them stands for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

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
    "våras": 4,
    "spring": 4,
    "sommaren": 7,
    "somras": 7,
    "summer": 7,
    "hösten": 10,
    "hosten": 10,
    "höstas": 10,
    "autumn": 10,
    "fall": 10,
    "vintern": 1,
    "vintras": 1,
    "winter": 1,
}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "ett en one a",
            "två two",
            "tre three",
            "fyra four",
            "fem five",
            "sex six",
            "sju seven",
            "åtta eight",
            "nio nine",
            "tio ten",
        ),
        start=1,
    )
    for word in words.split()
}
_UNITS = {"år": 365, "year": 365, "månad": 30, "month": 30, "veck": 7, "week": 7, "dag": 1, "day": 1}
NEW_ACT = dt.date(2025, 7, 1)  # the new Social Services Act in force
_MONTH_NAMES, _SEASON_NAMES = "|".join(_MONTHS), "|".join(_SEASONS)
_YEAR = r"((?:19|20)\d\d)"
_YEAR_OR_LAST = rf"(?:(?:of\s+)?{_YEAR}|(förra året|i fjol|(?:of )?last year|i år|(?:of )?this year))"
_LAW = r"(?:nya (?:socialtjänst)?lagen|nya sol|nya socialtjänstlag|new (?:social services )?act|new law|new sol)"
_IN_FORCE = r"(?:trädde i kraft|började gälla|infördes|came into force|took effect|entered into force)"


@dataclass(frozen=True, slots=True)
class Period:
    """Both days inclusive. `day` is the one that stands for it."""

    first: dt.date
    last: dt.date
    day: dt.date


_Read = Callable[[re.Match[str], dt.date], Period | None]


def one_day(day: dt.date) -> Period:
    return Period(day, day, day)


def _day(year: str, month: int, day: str) -> Period:
    return one_day(dt.date(int(year), month, int(day)))


def _month(year: int, month: int) -> Period:
    first = dt.date(year, month, 1)
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return Period(first, after - dt.timedelta(days=1), first)


def _season(year: int, month: int) -> Period:
    return Period(dt.date(year, month, 1), _month(year, min(month + 2, 12)).last, dt.date(year, month, 1))


def _whole_year(year: int, today: dt.date) -> Period | None:
    """Its middle stands for it; this year is now."""
    return None if year == today.year else Period(dt.date(year, 1, 1), dt.date(year, 12, 31), dt.date(year, 7, 1))


def _year_of(match: re.Match[str], number: int, today: dt.date) -> int:
    """A year, or the words for last year and this one in the group after it."""
    if match[number]:
        return int(match[number])
    return today.year if match[number + 1].lower() in ("i år", "this year", "of this year") else today.year - 1


def _turn_of_year(match: re.Match[str], today: dt.date) -> Period:
    if not match[1]:
        return one_day(dt.date(today.year, 1, 1))
    return one_day(dt.date(int(match[1]) + 1, 1, 1))


def _part_of_year(match: re.Match[str], _: dt.date) -> Period:
    word, year = match[1].lower(), int(match[2])
    if word in ("första halvåret", "first half"):
        return Period(dt.date(year, 1, 1), dt.date(year, 6, 30), dt.date(year, 1, 1))
    if word in ("andra halvåret", "second half"):
        return Period(dt.date(year, 7, 1), dt.date(year, 12, 31), dt.date(year, 7, 1))
    if word in ("början", "beginning", "start"):
        return Period(dt.date(year, 1, 1), dt.date(year, 3, 31), dt.date(year, 1, 1))
    if word in ("slutet", "end"):
        return Period(dt.date(year, 10, 1), dt.date(year, 12, 31), dt.date(year, 12, 31))
    return Period(dt.date(year, 5, 1), dt.date(year, 8, 31), dt.date(year, 7, 1))


def _past_season(match: re.Match[str], today: dt.date) -> Period:
    """ "i höstas", "förra våren": the last one that has begun, and not the one that is now."""
    month = _SEASONS[match[1].lower()]
    year = today.year if dt.date(today.year, month, 1) + dt.timedelta(days=90) <= today else today.year - 1
    return _season(year, month)


def _past_month(match: re.Match[str], today: dt.date) -> Period:
    """ "i mars" of which only the past is meant."""
    month = _MONTHS[match[1].lower()]
    return _month(today.year if month <= today.month else today.year - 1, month)


def _last_month(_: re.Match[str], today: dt.date) -> Period:
    before = today.replace(day=1) - dt.timedelta(days=1)
    return _month(before.year, before.month)


def _ago(match: re.Match[str], today: dt.date) -> Period:
    count = int(match[1]) if match[1].isdecimal() else _NUMBERS[match[1].lower()]
    return one_day(today - dt.timedelta(days=count * _UNITS[match[2].lower()]))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_COUNT = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT = "|".join(_UNITS)
# The most exact come first: the first that is found counts.
READERS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (_compiled(rf"\b{_YEAR}-(\d\d)-(\d\d)\b"), lambda m, _: _day(m[1], int(m[2]), m[3])),
    (_compiled(rf"\b(\d{{1,2}})/(\d{{1,2}})[ -]{_YEAR}\b"), lambda m, _: _day(m[3], int(m[2]), m[1])),
    (
        _compiled(rf"\b(\d{{1,2}})(?:st|nd|rd|th|:[ae])?\s+(?:of\s+)?({_MONTH_NAMES})\s+{_YEAR}\b"),
        lambda m, _: _day(m[3], _MONTHS[m[2].lower()], m[1]),
    ),
    (
        _compiled(rf"\b({_MONTH_NAMES})\s+(\d{{1,2}})(?:st|nd|rd|th)?,\s*{_YEAR}\b"),
        lambda m, _: _day(m[3], _MONTHS[m[1].lower()], m[2]),
    ),
    (
        _compiled(
            rf"\b(?:årsskiftet|nyår(?:et)?|new year(?:'s)?|turn of the year)(?:\s+{_YEAR}\s?[/–-]\s?(?:20)?\d\d)?\b"
        ),
        _turn_of_year,
    ),
    (
        _compiled(rf"\b({_MONTH_NAMES})\s+{_YEAR_OR_LAST}\b"),
        lambda m, today: _month(_year_of(m, 2, today), _MONTHS[m[1].lower()]),
    ),
    (_compiled(rf"(?<![\d-]){_YEAR}-(0[1-9]|1[0-2])(?![\d-])"), lambda m, _: _month(int(m[1]), int(m[2]))),
    (
        _compiled(rf"\b({_SEASON_NAMES})\s+{_YEAR_OR_LAST}\b"),
        lambda m, today: _season(_year_of(m, 2, today), _SEASONS[m[1].lower()]),
    ),
    (
        _compiled(
            r"\b(första halvåret|andra halvåret|first half|second half|början|slutet|mitten|beginning|start|end|"
            rf"middle)\s+(?:av\s+|of\s+)?{_YEAR}\b"
        ),
        _part_of_year,
    ),
    (_compiled(rf"\b(?:år|under|in|during|i)\s+{_YEAR}\b(?!\s+års)"), lambda m, today: _whole_year(int(m[1]), today)),
    (_compiled(r"\b(?:i våras|i somras|i höstas|i vintras)\b"), lambda m, today: _past_season(_season_word(m), today)),
    (
        _compiled(rf"\b(?:förra|last)\s+({_SEASON_NAMES})\b"),
        _past_season,
    ),
    (
        _compiled(r"\b(?:förra året|i fjol|fjolåret|last year)\b"),
        lambda _, today: _whole_year(today.year - 1, today),
    ),
    (_compiled(r"\b(?:förra månaden|last month)\b"), _last_month),
    (_compiled(r"\b(?:förra veckan|last week)\b"), lambda _, today: one_day(today - dt.timedelta(days=7))),
    (_compiled(r"\b(?:i går|igår|yesterday)\b"), lambda _, today: one_day(today - dt.timedelta(days=1))),
    (_compiled(rf"\bför\s+{_COUNT}\s+({_UNIT})(?:ar|or|a|er)?\s+sedan\b"), _ago),
    (_compiled(rf"\b{_COUNT}\s+({_UNIT})s?\s+ago\b"), _ago),
)
AFTER_RELATION: tuple[tuple[re.Pattern[str], _Read], ...] = (
    # "före 2024", "innan nya socialtjänstlagen": dates only beside such a word.
    (_compiled(rf"\b{_YEAR}\b(?!:)"), lambda m, today: _whole_year(int(m[1]), today)),
    (_compiled(rf"\b{_LAW}\b"), lambda *_: one_day(NEW_ACT)),
)
NEW_LAW_BEGAN = _compiled(rf"\b{_LAW}\b[^.?!]{{0,20}}\b{_IN_FORCE}\b")
OLD_LAW = _compiled(
    r"\b(?:enligt|med|under|by|according to)\s+(?:den\s+|the\s+)?(?:gamla|äldre|tidigare|upphävda|old|older|former|"
    r"repealed|previous)\s+(?:lagen|lag|socialtjänstlag(?:en)?|sol|act|law|social services act)\b"
)
MONTH_ALONE = (_compiled(rf"\b(?:i|in)\s+({_MONTH_NAMES})\b(?!\s+\d)"), _past_month)


def _season_word(match: re.Match[str]) -> re.Match[str]:
    found = re.match(r"\S+\s+(\S+)", match[0])
    assert found is not None
    return found
