"""Personal data: found in every written form, and nothing else taken."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from knowledge.answering.detectors.privacy import PLACEHOLDERS, Redaction, Redactor

SENTENCES = Path(__file__).parent / "sentences"
DEV = Path(__file__).parents[3] / "shared" / "questions" / "dev.jsonl"
REDACTOR = Redactor()


@st.composite
def identity_numbers(draw: st.DrawFn, shift: int = 0) -> tuple[str, str, str]:
    """Century, birth date and last four digits with a right checksum; `shift` 60 makes a coordination number."""
    century = draw(st.sampled_from(["19", "20"]))
    year = draw(st.integers(0, 99 if century == "19" else 25))
    month, day = draw(st.integers(1, 12)), draw(st.integers(1, 28)) + shift
    date = f"{year:02}{month:02}{day:02}"
    serial = f"{draw(st.integers(0, 999)):03}"
    return century, date, serial + luhn.calc_check_digit(date + serial)


FORMS = [
    "{date}-{last}",
    "{date}+{last}",
    "{date}{last}",
    "{date} {last}",
    "{date} - {last}",
    "{century}{date}-{last}",
    "{century}{date}{last}",
    "{century}{date} {last}",
    "{century} {date}-{last}",
    "{century}{year}-{month}-{day}-{last}",
    "{year} {month} {day} {last}",
]


def written(form: str, parts: tuple[str, str, str]) -> str:
    century, date, last = parts
    return form.format(century=century, date=date, last=last, year=date[:2], month=date[2:4], day=date[4:])


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40, deadline=None)
@given(parts=identity_numbers())
def test_personal_numbers(form: str, parts: tuple[str, str, str]) -> None:
    number = written(form, parts)
    found = REDACTOR.redact(f"Kvinnan med {number} söker bistånd.")
    assert found.text == "Kvinnan med [personnummer] söker bistånd."
    assert found.kinds == ("personal_number",)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40, deadline=None)
@given(parts=identity_numbers(shift=60))
def test_coordination_numbers(form: str, parts: tuple[str, str, str]) -> None:
    found = REDACTOR.redact(f"Han har fått {written(form, parts)} i dag")
    assert found.text == "Han har fått [samordningsnummer] i dag"
    assert found.kinds == ("coordination_number",)


@settings(max_examples=60, deadline=None)
@given(parts=identity_numbers())
def test_a_wrong_checksum_is_no_personal_number(parts: tuple[str, str, str]) -> None:
    _, date, last = parts
    wrong = last[:3] + str((int(last[3]) + 1) % 10)
    assert "personal_number" not in REDACTOR.redact(f"numret {date}-{wrong}").kinds
    assert "personal_number" in REDACTOR.redact(f"personnummer {date}-{wrong}").kinds


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abcåäö ABC0123456789-+/:.,@§()[]é", max_size=80))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = REDACTOR.redact(text).text
    assert REDACTOR.redact(once).text == once


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_redacted(text: str) -> None:
    found = REDACTOR.redact(text)
    assert (found.text != text) == bool(found.kinds)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ring mig på 070-123 45 67", "ring mig på [telefonnummer]"),
        ("ring 0701234567", "ring [telefonnummer]"),
        ("hon nås på 08-123 45 67 efter fem", "hon nås på [telefonnummer] efter fem"),
        ("+46 70 123 45 67", "[telefonnummer]"),
        ("0046701234567", "[telefonnummer]"),
        ("hans rumänska nummer är +40 721 123 456", "hans rumänska nummer är [telefonnummer]"),
        ("+359 88 123 4567", "[telefonnummer]"),
        ("mobil 721 123 456", "mobil [telefonnummer]"),
        ("skriv till vasile.p@example.ro", "skriv till [e-postadress]"),
        ("ärende 2026-4417", "ärende [ärendenummer]"),
        ("ärende SN 2025/123", "ärende [ärendenummer]"),
        ("dnr 2026-4417", "dnr [ärendenummer]"),
        ("Dnr: KS-2025/0123", "Dnr: [ärendenummer]"),
        ("se SN 2025/123", "se [ärendenummer]"),
        ("bor på Storgatan 5", "bor på [adress]"),
        ("hon bor på Norra Kyrkogatan 12 B, 352 33 Växjö", "hon bor på [adress]"),
        ("storgatan 12", "[adress]"),
        ("passnummer AB1234567", "passnummer [id-handling]"),
        ("id-kort nr 123456789", "id-kort nr [id-handling]"),
        ("konto 8327-9 123 456 789-0", "konto [kontonummer]"),
        ("SE45 5000 0000 0583 9825 7466", "[kontonummer]"),
        ("RO49AAAA1B31007593840000", "[kontonummer]"),
        ("hon heter Elena", "hon heter [namn]"),
        ("Klienten heter Vasile Ionescu och är från Craiova", "Klienten heter [namn] och är från Craiova"),
        ("min klient Zdravka Kehayova vill hem", "min klient [namn] vill hem"),
        ("Kan Elena Popescu få bistånd?", "Kan [namn] få bistånd?"),
        ("Har Ionel rätt till vård?", "Har [namn] rätt till vård?"),
        ("familjen Popescu bor i tält", "familjen [namn] bor i tält"),
        ("elena popescu har ont", "[namn] har ont"),
        ("My client Dragan Petrović is ill", "My client [namn] is ill"),
        ("her name is Maria Ivanova", "her name is [namn]"),
        ("Anna Svenssons barn", "[namn] barn"),
        ("HON HETER VIOLETA", "HON HETER [namn]"),
    ],
)
def test_takes_personal_data(text: str, left: str) -> None:
    assert REDACTOR.redact(text).text == left


@pytest.mark.parametrize(
    "text",
    [
        "ring 112, 114 14, 1177 eller 113 13",
        "stödtelefonen 020-390 000",
        "Skatteverket 0771-567 567",
        "Länsstyrelsen 010-223 10 00",
        "SoL (2001:453) 4 kap. 1 § och 2025:400",
        "prop. 2017/18:123 och SOU 2016:6",
        "HFD 2018 ref. 39, mål 4083-17",
        "lagen 2013:407, 5 §",
        "den 2026-11-22 kl. 14:30",
        "mellan 2016 och 2020",
        "40 000 kronor, 1 250 000 kr, 3 500 euro",
        "12 500 000 i statsbidrag",
        "Region Skåne, Västra Götaland och Umeå kommun",
        "Hans EU-kort har gått ut",
        "Får Stockholms Stadsmission ordna härbärge?",
        "Rumäniens ambassad i Stockholm",
        "Ambassaden i Sofia",
        "Hur många romer kom i April 2015?",
        "Bulgariska medborgare i Sverige",
        "Vad säger Socialstyrelsen, Skatteverket och Försäkringskassan?",
        "vad är lex Sarah och lex Maria",
        "familjen från Rumänien",
        "ett projekt som heter Fead",
        "hur många ärenden 2025",
        "en avgift på konto i bank",
        "ett pass kostar 500 kronor",
        "på torget 3 timmar",
        "Crossroads Göteborg och Röda Korset",
        "Vem är nationell samordnare? Kalmar, Växjö, Mora eller Lund",
        "Sofia, Bukarest och Craiova",
    ],
)
def test_leaves_the_rest(text: str) -> None:
    assert REDACTOR.redact(text) == Redaction(text)


@pytest.mark.parametrize("name", ["danger.txt", "ordinary.txt"])
def test_nothing_is_taken_from_clean_questions(name: str) -> None:
    lines = (SENTENCES / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if REDACTOR.redact(line).kinds] == []


def test_several_kinds_are_named_once_each() -> None:
    found = REDACTOR.redact("Elena Popescu och Ion Popa, 070-123 45 67 och 070-765 43 21, a@b.se")
    assert sorted(found.kinds) == ["email", "name", "phone"]
    assert all(PLACEHOLDERS[kind] in found.text for kind in found.kinds)


@pytest.mark.skipif(not DEV.exists(), reason="the question set lies outside the project and is not here")
def test_clean_questions_of_the_question_set() -> None:
    rows = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    clean = [row for row in rows if row["style"] != "personuppgifter"]
    assert [row["id"] for row in clean if REDACTOR.redact(row["question"]).kinds] == []
