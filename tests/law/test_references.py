"""Law references as they are written, and what they mean."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.law.references import Reference, find, order
from knowledge.law.statutes import statute_table

DAY, BEFORE = dt.date(2026, 11, 23), dt.date(2024, 3, 1)

ONE = [
    ("4 kap 1 § SoL", "2025:400", "4 kap. 1 §"),
    ("4 kap. 1 § socialtjänstlagen (2001:453)", "2001:453", "4 kap. 1 §"),
    ("SoL 4:1", "2025:400", "4 kap. 1 §"),
    ("14:1 c SoL", "2025:400", "14 kap. 1 c §"),
    ("4 kap. 1 § socialtjänstlagen", "2025:400", "4 kap. 1 §"),
    ("vad säger 19 kap 1 § nya SoL", "2025:400", "19 kap. 1 §"),
    ("enligt 4 kap. 1 § den gamla socialtjänstlagen", "2001:453", "4 kap. 1 §"),
    ("11 kap. 1 § SoL (2025:400)", "2025:400", "11 kap. 1 §"),
    ("3 a kap. 2 § utlänningslagen", "2005:716", "3 a kap. 2 §"),
    ("2 § LVU", "1990:52", "2 §"),
    ("LVU 3 §", "1990:52", "3 §"),
    ("LVU § 3", "1990:52", "3 §"),
    ("lvu 3§", "1990:52", "3 §"),
    ("3 i § LVU", "1990:52", "3 i §"),
    ("paragraf 3 i LVU", "1990:52", "3 §"),
    ("3 § lagen (1990:52) med särskilda bestämmelser om vård av unga", "1990:52", "3 §"),
    ("1–3 §§ LVU", "1990:52", "1–3 §§"),
    ("7–9 b §§ LVU", "1990:52", "7–9 b §§"),
    ("6 kap. 11 a–b §§ SoL (2001:453)", "2001:453", "6 kap. 11 a–11 b §§"),
    ("1 § första stycket 2 LVU", "1990:52", "1 §"),
    ("5 kap. 15 § andra och fjärde styckena UtlL (2005:716)", "2005:716", "5 kap. 15 §"),
    ("3 a kap. 3 § 2 utlänningslagen (2005:716)", "2005:716", "3 a kap. 3 §"),
    ("LMA 10 §", "1994:137", "10 §"),
    ("UtlL 3 a kap.", "2005:716", "3 a kap."),
    ("11–12 kap. SoL (2025:400)", "2025:400", "11–12 kap."),
    ("skollagen 29 kap. 2 §", "2010:800", "29 kap. 2 §"),
    ("vad står i 29 kap. 2 § skollagen?", "2010:800", "29 kap. 2 §"),
    ("19 kap 1 nya SoL", "2025:400", "19 kap. 1 §"),
    ("19 kap § 1 SoL", "2025:400", "19 kap. 1 §"),
    ("32 kap. 5 § brottsbalken", "1962:700", "32 kap. 5 §"),
    ("Chapter 11, Section 1 of the Social Services Act", "2025:400", "11 kap. 1 §"),
    ("what does section 3 LVU say", "1990:52", "3 §"),
    ("6 § HSL (1982:763)", "1982:763", "6 §"),
    ("förordning (1992:1094)", "1992:1094", ""),
    ("2001 års socialtjänstlag", "2001:453", ""),
    ("gamla 4 kap. 1 § SoL", "2001:453", "4 kap. 1 §"),
    ("old 16:3 SoL", "2001:453", "16 kap. 3 §"),
    ("tidigare 4 kap. 1 § SoL (2025:400)", "2025:400", "4 kap. 1 §"),
]


@pytest.mark.parametrize(("text", "number", "address"), ONE)
def test_one_reference(text: str, number: str, address: str) -> None:
    (found,) = find(text, DAY)
    assert (found.number, found.address) == (number, address)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("4 kap. 1 och 2 §§ SoL", ["2025:400 4 kap. 1 §", "2025:400 4 kap. 2 §"]),
        ("LVU 3 § och SoL 4:1", ["1990:52 3 §", "2025:400 4 kap. 1 §"]),
        ("5 kap. 11 § SoL, LVU 3 §", ["2025:400 5 kap. 11 §", "1990:52 3 §"]),
        (
            "tidigare 3 kap., 5 kap. 1 a, 11 och 12 §§ SoL (2001:453)",
            ["2001:453 3 kap.", "2001:453 5 kap. 1 a §", "2001:453 5 kap. 11 §", "2001:453 5 kap. 12 §"],
        ),
        (
            "6 § andra stycket, 6 a § andra stycket och 7 § LVU (1990:52)",
            ["1990:52 6 §", "1990:52 6 a §", "1990:52 7 §"],
        ),
        (
            "1 kap. 1 §, 3 kap. 1–3 §§ och 4 kap. 1 § lag (2024:79)",
            ["2024:79 1 kap. 1 §", "2024:79 3 kap. 1–3 §§", "2024:79 4 kap. 1 §"],
        ),
        (
            "19 kap. 1 § SoL (2025:400) (tidigare 14 kap. 1 § SoL (2001:453))",
            ["2025:400 19 kap. 1 §", "2001:453 14 kap. 1 §"],
        ),
        (
            "SoL (2001:453) 4 kap. 1 § → SoL (2025:400) 11 kap. 1 § och 12 kap. 1 §",
            ["2001:453 4 kap. 1 §", "2025:400 11 kap. 1 §", "2025:400 12 kap. 1 §"],
        ),
        ("8 kap. 1 § den lagen", [" 8 kap. 1 §"]),
        ("3 § lag om vård", [" 3 §"]),
    ],
)
def test_several_references(text: str, wanted: list[str]) -> None:
    assert [f"{one.number} {one.address}" for one in find(text, DAY)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "klockan 14:30 i rum 2",
        "förordning (EG) 883/2004",
        "prop. 2024/25:143",
        "tre kap över, en § i taget",
        "SoL",
        "soltak 3 m",
        "Hon är 4 år och 1 månad.",
    ],
)
def test_no_reference(text: str) -> None:
    assert find(text, DAY) == ()


def test_a_name_that_two_acts_have_borne_is_decided_by_the_day_and_says_so() -> None:
    ((now,), (then,)) = (find("4 kap. 1 § SoL", day) for day in (DAY, BEFORE))
    assert (now.number, now.assumed, then.number, then.assumed) == ("2025:400", True, "2001:453", True)
    assert find("4 kap. 1 § SoL", dt.date(2025, 6, 30))[0].number == "2001:453"
    assert find("4 kap. 1 § SoL", dt.date(2025, 7, 1))[0].number == "2025:400"
    assert find("3 § LVU", DAY)[0].assumed is False
    assert find("19 kap. 1 § nya SoL", BEFORE)[0].assumed is False


def test_a_statute_that_the_table_lacks_keeps_its_name() -> None:
    (found,) = find("12 § hundskattelagen", DAY)
    assert (found.number, found.name, found.address) == ("", "hundskattelagen", "12 §")


def test_place_and_detail_are_told() -> None:
    text = "Se 29 kap. 2 § andra stycket 3 och 5 skollagen (2010:800) om bosatta."
    (found,) = find(text, DAY)
    assert text[found.start : found.end] == "29 kap. 2 § andra stycket 3 och 5 skollagen (2010:800)"
    assert found.detail == "andra stycket 3 och 5"


SECTIONS = st.builds(
    lambda number, letter: f"{number}{letter}", st.integers(1, 120), st.sampled_from(["", " a", " b", " c"])
)
NAMES = st.sampled_from(["LVU", "LSS", "LMA", "brottsbalken", "ordningslagen (1993:1617)", "lagen (2009:47)"])


@given(chapter=st.none() | SECTIONS, section=SECTIONS, name=NAMES, first=st.booleans())
def test_what_is_written_is_read(chapter: str | None, section: str, name: str, first: bool) -> None:
    address = f"{chapter} kap. {section} §" if chapter else f"{section} §"
    text = f"Enligt {name} {address} gäller det." if first else f"Enligt {address} {name} gäller det."
    (found,) = find(text, DAY)
    assert found.address == address
    assert found.number and not found.assumed


@given(st.text(alphabet="0123456789 §kap.abSoLVU()-–,:och\n", max_size=200))
def test_any_text_is_read_and_every_place_lies_in_it(text: str) -> None:
    for one in find(text, DAY):
        assert 0 <= one.start < one.end <= len(text)
        assert order(one.section or "1") >= (0, "")


@given(first=SECTIONS, last=SECTIONS, asked=SECTIONS)
def test_a_range_covers_what_lies_between_its_ends(first: str, last: str, asked: str) -> None:
    whole, one = Reference("1", "", first, last), Reference("1", "", asked)
    assert whole.covers(one) == (order(first) <= order(asked) <= order(last))
    assert Reference("1").covers(one) and Reference("1", "3").covers(Reference("1", "3", asked))
    assert not Reference("1", "3").covers(one)


def test_a_long_table_of_numbers_is_no_place() -> None:
    text = ", ".join(str(number % 100) for number in range(20_000))
    assert find(text, DAY) == ()
    assert find(f"{text} 3 § LVU", DAY)[-1].address == "3 §"


def test_every_abbreviation_and_name_of_the_table_is_known_in_a_text() -> None:
    for statute in statute_table().by_number.values():
        for name in (*statute.abbreviations, *statute.names):
            (found,) = find(f"se 3 § {name}.", statute.in_force + dt.timedelta(days=1))
            assert statute_table().by_number[found.number].names[0] == statute.names[0]
