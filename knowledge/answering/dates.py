"""The day that a question is about: "i mars 2024", "före 1 juli 2025", "enligt gamla lagen", "förra året"."""

from __future__ import annotations

import datetime as dt
import re

from ..sentences import split_sentences
from .calendar_words import (
    AFTER_RELATION,
    MONTH_ALONE,
    NEW_ACT,
    NEW_LAW_BEGAN,
    OLD_LAW,
    READERS,
    Period,
    one_day,
)

_BEFORE = re.compile(r"\b(?:före|innan|fram till|before|prior to|until)\s+(?:den\s+|the\s+)?$", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:till och med|t\.?\s?o\.?\s?m\.?|up to and including)\s+(?:den\s+)?$", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:sedan|efter|från|från och med|fr\.?\s?o\.?\s?m\.?|since|after|from|as of)\s+(?:den\s+|the\s+)?$",
    re.IGNORECASE,
)
_BEFORE_ANYWHERE = re.compile(r"\b(?:före|innan|fram till|before|prior to|until|per (?:den )?\d)", re.IGNORECASE)
_AND_THEN = re.compile(
    r"(?:och|men|and|but|hur var det|i|under|in|per)\b(?:\s+\S+){1,4}$", re.IGNORECASE
)  # "och i mars 2024?"
_LONGEST_RELATION = 30
# The rule itself is asked for as it was …
_THEN = re.compile(
    r"\b(?:gällde|gällt|löd|lydde|stod|kunde|skulle|behövde|krävdes|kostade|ansvarade|bestämde|såg|sade|sa|"
    r"applied(?! for)|did|could|had to|used to|said)\b",
    re.IGNORECASE,
)
_PERHAPS_THEN = re.compile(r"\b(?:fick|hade|var|fanns|betalade|was|were|had|got)\b", re.IGNORECASE)
# … or as it is.
_NOW = re.compile(
    r"\b(?:gäller|får|kan|ska|skall|har|måste|behöver|är|finns|bör|betalar|applies|apply|can|may|must|is|are|has|have|"
    r"does|do|should)\b",
    re.IGNORECASE,
)
_RULES_NOW = re.compile(r"\b(?:gäller|får|kan|ska|skall|måste|applies|apply|can|may|must)\b", re.IGNORECASE)
# Something happened or was written then: no day whose rules are asked for.
_HAPPENED = re.compile(
    r"\b(?:kom|kommit|anlände|anlänt|flyttade|flyttat|född|föddes|bott|bodde|vistats|bevilja\w*|\w*beslut\w*|fattade\w*|"
    r"ansök\w*|avslag\w*|avslog\w*|överklaga\w*|\w*betalt|utbetal\w*|betalades|dom|dömdes|dömts|inledde\w*|inletts|"
    r"arbetade|arbetat|jobbade|jobbat|jobb|anställd\w*|gift\w*|skrevs|upptäckte\w*|försvann|dog|avled|rättsfall\w*|"
    r"vägledning\w*|rapport\w*|utredning\w*|betänkande\w*|förslag\w*|föreslogs|proposition\w*|utbilda\w*|arrived|came|"
    r"moved|born|lived|granted|decided|decisions?|refus\w+|applied for|appeal\w*|worked|job|employed|married|sentenced|"
    r"case|guidance|inquiry|proposals?|proposed|paid out)\b",
    re.IGNORECASE,
)
_TODAY = re.compile(
    r"\b(?:nu|numera|i dag|idag|i nuläget|för närvarande|fortfarande|now|today|currently|nowadays|still)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:motsvar\w*|ersatt\w*|heter|successor|replaced|(?:gammal|gamla|äldre) paragraf\w*|old section)\b",
    re.IGNORECASE,
)
_RECENT = dt.timedelta(days=31)


def date_in(text: str, today: dt.date) -> dt.date | None:
    """The day before today that a text names; a month or a season stands for its first day, a year for its middle."""
    named = period_in(text, today)
    return named.day if named else None


def period_in(text: str, today: dt.date) -> Period | None:
    """The period before today that a text names.

    "före" and "innan" lead to the day before; "sedan" and "efter" to the first day in a text about the past, and to
    today (None) in one about what applies.
    """
    for pattern, read in READERS:
        if match := pattern.search(text):
            try:
                period = read(match, today)
            except ValueError:  # 2023-02-31
                continue
            return None if period is None else _named(text, match.start(), period, today)
    return _of_the_law(text, today) or _month_alone(text, today)


def asked_period(text: str, today: dt.date) -> Period | None:
    """The time whose rules a question asks for, where that is not today.

    A day on which something happened is none: "hon kom i mars 2024, vad har hon rätt till?" asks for what applies now.
    """
    named = period_in(text, today)
    if named is None or _COMPARES.search(text):
        return None
    sentences = split_sentences(text)
    asking = next((one for one in reversed(sentences) if one.endswith("?")), sentences[-1])
    if _THEN.search(asking):
        return named
    if _TODAY.search(text) or _HAPPENED.search(asking) or named.day > today - _RECENT:
        return None
    if _PERHAPS_THEN.search(asking) and not _NOW.search(asking):
        return named
    told_there = period_in(asking, today) is not None  # and not in the story before the question
    return named if told_there and (_RULES_NOW.search(asking) or _leads_back(asking)) else None


def _leads_back(text: str) -> bool:
    """Whether the words alone tell that the time before something is meant."""
    return any(said.search(text) for said in (_BEFORE_ANYWHERE, OLD_LAW, NEW_LAW_BEGAN)) or bool(_AND_THEN.match(text))


def _named(text: str, start: int, period: Period, today: dt.date) -> Period | None:
    """A period, seen from the word before it."""
    before = text[max(0, start - _LONGEST_RELATION) : start]
    if _BEFORE.search(before):
        period = one_day(period.first - dt.timedelta(days=1))
    elif _UP_TO.search(before):
        period = one_day(period.last)
    elif _SINCE.search(before):
        if not _THEN.search(text):
            return None
        period = one_day(period.first)
    return period if period.day < today else None


def _of_the_law(text: str, today: dt.date) -> Period | None:
    for pattern, read in AFTER_RELATION:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - _LONGEST_RELATION) : match.start()]
            if _BEFORE.search(before) or _UP_TO.search(before) or _SINCE.search(before):
                period = read(match, today)
                return None if period is None else _named(text, match.start(), period, today)
    if NEW_LAW_BEGAN.search(text):
        return one_day(NEW_ACT)
    if OLD_LAW.search(text) and not _TODAY.search(text):
        return one_day(NEW_ACT - dt.timedelta(days=1))
    return None


def _month_alone(text: str, today: dt.date) -> Period | None:
    """ "Vad gällde i mars?" is the last March; "vad gäller i mars" is not known which."""
    pattern, read = MONTH_ALONE
    match = pattern.search(text) if _THEN.search(text) else None
    period = read(match, today) if match else None
    return None if match is None or period is None else _named(text, match.start(), period, today)
