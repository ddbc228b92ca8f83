"""Dates in a question, as officials write them."""

from __future__ import annotations

import datetime as dt

import pytest

from knowledge.answering.dates import asked_period, date_in

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


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Vad gällde i mars 2024?", (2024, 3, 1), (2024, 3, 31)),
        ("Vad gällde i december 2024?", (2024, 12, 1), (2024, 12, 31)),
        ("Vad gällde före 1 juli 2025?", (2025, 6, 30), (2025, 6, 30)),
        ("Vad gällde före mars 2024?", (2024, 2, 29), (2024, 2, 29)),
        ("Vad gällde före 2020?", (2019, 12, 31), (2019, 12, 31)),
        ("Vad gällde till och med den 30 juni 2025?", (2025, 6, 30), (2025, 6, 30)),
        ("Vad gällde innan nya socialtjänstlagen?", (2025, 6, 30), (2025, 6, 30)),
        ("Vilket bistånd kunde man få före den nya socialtjänstlagen?", (2025, 6, 30), (2025, 6, 30)),
        ("Vad gällde när nya lagen trädde i kraft?", (2025, 7, 1), (2025, 7, 1)),
        ("Vilka var skyldiga att anmäla enligt gamla lagen?", (2025, 6, 30), (2025, 6, 30)),
        ("Vad gällde efter årsskiftet 2025/26?", (2026, 1, 1), (2026, 1, 1)),
        ("Vad gällde före årsskiftet 2025/2026?", (2025, 12, 31), (2025, 12, 31)),
        ("Vad gällde förra året?", (2025, 7, 1), (2025, 12, 31)),
        ("Vad gällde hösten 2024?", (2024, 10, 1), (2024, 12, 31)),
        ("Vad gällde i mars förra året?", (2025, 3, 1), (2025, 3, 31)),
        ("Vad gällde i mars?", (2026, 3, 1), (2026, 3, 31)),
        ("Vem skulle anmäla i våras?", (2026, 4, 1), (2026, 6, 30)),
        ("Vad gällde förra hösten?", (2025, 10, 1), (2025, 12, 31)),
        ("Vad gällde för två år sedan?", (2024, 11, 23), (2024, 11, 23)),
        ("Vad gällde andra halvåret 2025?", (2025, 7, 1), (2025, 12, 31)),
        ("Vad gällde i slutet av 2025?", (2025, 12, 31), (2025, 12, 31)),
        ("Hur var det 15/1 2026?", (2026, 1, 15), (2026, 1, 15)),
        ("Och i mars 2024?", (2024, 3, 1), (2024, 3, 31)),
        ("What applied before 1 July 2025?", (2025, 6, 30), (2025, 6, 30)),
        ("What applied before the new Social Services Act?", (2025, 6, 30), (2025, 6, 30)),
        ("What applied on July 1st, 2025?", (2025, 7, 1), (2025, 7, 1)),
        ("Who had to report under the old act?", (2025, 6, 30), (2025, 6, 30)),
        ("What applied last year?", (2025, 7, 1), (2025, 12, 31)),
        ("What applied two years ago?", (2024, 11, 23), (2024, 11, 23)),
        ("What applied when the new act came into force?", (2025, 7, 1), (2025, 7, 1)),
    ],
)
def test_the_time_whose_rules_are_asked_for(text: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    period = asked_period(text, TODAY)
    assert period is not None
    assert (period.day, max(period.day, period.last)) == (dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    "text",
    [
        "Vad gäller i dag?",
        "Vad gäller sedan den 15 januari 2026?",
        "Vad gäller efter årsskiftet 2025/26?",
        "What applies since 15 January 2026?",
        "En rumänsk kvinna kom hit i mars 2024. Vad har hon rätt till?",
        "Kvinnan kom i mars 2024, vad har hon rätt till?",
        "Vilken lag gäller om biståndet beviljades i mars 2025?",
        "Mannen hade jobb i fjol, har han fortfarande rätt att vara här?",
        "En man fick bistånd i februari 2025 och hade lön. Ska återkravet grundas på den äldre lagen?",
        "Kan ett rättsfall från tiden före den nya socialtjänstlagen användas?",
        "Vad motsvarar 4 kap. 1 § enligt gamla lagen?",
        "Vad är nytt i socialtjänstlagen från 1 juli 2025?",
        "Betänkandet från december 2025, vad föreslås?",
        "Vad kom i förslaget förra veckan?",
        "She arrived in March 2024. What is she entitled to?",
        "Which act applies to decisions made before 1 July 2025?",
    ],
)
def test_a_day_on_which_something_happened_is_not_asked_for(text: str) -> None:
    assert asked_period(text, TODAY) is None
