"""The sources that a sentence is cited with: those it names, beside the one that carries its passage."""

from __future__ import annotations

import pytest

from knowledge.answering.sources_named import sources_of
from knowledge.datatypes import Source


def source(title: str, publisher: str, date: str = "odaterad") -> Source:
    return Source(title, f"https://example.org/{title}", publisher, date, None)


GUIDE = source("Bistånd i en akut nödsituation", "Länsstyrelsen Stockholm (eumedborgareisverige.se)")
INQUIRY = source("SOU 2025:83 Ett nationellt förbud mot tiggeri", "Utredningen", "juni 2025")
ACT = source("Socialtjänstlag (2025:400)", "Socialdepartementet", "lydelse läst t.o.m. SFS 2025:1501")
SCHOOL = source("Skollag (2010:800)", "Utbildningsdepartementet")
SKR = source("Utsatta EU-medborgare – frågor och svar", "SKR", "2019-11-28")
ALL = [GUIDE, INQUIRY, ACT, SCHOOL, SKR]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ett förbud har föreslagits (SOU 2025:83).", [GUIDE, INQUIRY]),
        ("Rätten till bistånd står i 12 kap. 1 § SoL (2025:400).", [GUIDE, ACT]),
        ("Fler är skyldiga att anmäla (SFS 2025:1501).", [GUIDE, ACT]),
        ("Vad som gäller står i 29 kap. 3 § skollagen.", [GUIDE, SCHOOL]),
        ("I SKR:s frågor och svar står något annat.", [GUIDE, SKR]),
        ("Enligt SKR och skollagens ordalydelse gäller det inte.", [GUIDE, SCHOOL, SKR]),
        ("Att polislagen prövas först är länsstyrelsens beskrivning, enligt SKR.", [GUIDE, SKR]),
        ("Behovet prövas i varje enskilt fall.", [GUIDE, INQUIRY]),  # names none: the first two
        ("Skrivelsen är från 1986:223.", [GUIDE, INQUIRY]),
    ],
)
def test_a_sentence_rests_on_the_first_source_and_on_those_it_names(sentence: str, expected: list[Source]) -> None:
    assert sources_of(sentence, ALL) == expected


def test_a_county_board_is_named_by_its_kind() -> None:
    sentence = "Det är länsstyrelsens beskrivning."
    assert sources_of(sentence, [ACT, SKR, INQUIRY, GUIDE]) == [ACT, GUIDE]


def test_two_sources_are_both_cited_and_one_alone() -> None:
    assert sources_of("Vad som gäller står i skollagen.", [GUIDE, SCHOOL]) == [GUIDE, SCHOOL]
    assert sources_of("Vad som gäller står i skollagen.", [GUIDE]) == [GUIDE]
    assert sources_of("Vad som gäller.", []) == []


def test_no_more_than_five_sources_stand_at_one_sentence() -> None:
    many = [source(f"SFS 2020:{number}", "SFS") for number in range(1, 9)]
    assert len(sources_of(" ".join(one.title for one in many), many)) == 5
