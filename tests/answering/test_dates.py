"""Dates in a question, as officials write them."""

from __future__ import annotations

import datetime as dt

import pytest

from knowledge.answering.dates import date_in

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("vad gällde 2023-02-01?", (2023, 2, 1)),
        ("beslutet den 14 juni 2024", (2024, 6, 14)),
        ("what applied on 3 May 2022", (2022, 5, 3)),
        ("hur var det i mars 2024", (2024, 3, 1)),
        ("Vad gällde SEPT 2019", (2019, 9, 1)),
        ("in October 2025", (2025, 10, 1)),
        ("sommaren 2016 kom de", (2016, 7, 1)),
        ("in the spring of 2018", (2018, 4, 1)),
        ("hosten 2021", (2021, 10, 1)),
        ("vad gällde under 2017", (2017, 7, 1)),
        ("år 1999", (1999, 7, 1)),
        ("yesterday, 2026-11-22", (2026, 11, 22)),
        ("i november 2026", (2026, 11, 1)),
        ("den 31 februari 2023", (2023, 2, 1)),  # the day is wrong, the month is meant
    ],
)
def test_named(text: str, day: tuple[int, int, int]) -> None:
    assert date_in(text, TODAY) == dt.date(*day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "vad gäller nu?",
        "SoL (2025:400)",
        "lag (2013:407) om vård",
        "prop. 2015/16:147",
        "2027-01-01",  # a day to come is no day of old law
        "2026-11-23",  # today needs no mention
        "i mars 2027",
        "under 2026",  # this year is now
        "2023-02-31",
        "en familj med 2024 problem",
        "ring 08-2024 00",
    ],
)
def test_not_named(text: str) -> None:
    assert date_in(text, TODAY) is None


def test_a_day_that_does_not_exist_hides_no_other() -> None:
    assert date_in("2023-02-31 eller i mars 2024", TODAY) == dt.date(2024, 3, 1)


def test_the_most_exact_date_counts() -> None:
    assert date_in("under 2019, närmare bestämt 2019-05-06", TODAY) == dt.date(2019, 5, 6)
