"""What a row of the table of contacts must be, told to the person who wrote it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from knowledge import bootstrap
from knowledge.contacts.checks import Rules, lapse
from knowledge.contacts.sheet import read_sheet, write_sheet
from knowledge.datatypes import Contact
from knowledge.errors import ContactsRejected
from knowledge.settings import Settings

MakeContact = Callable[..., Contact]


@pytest.fixture(scope="module")
def rules(make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory) -> Rules:
    return bootstrap.contact_rules(make_settings(tmp_path_factory.mktemp("rules")))


def told(rules: Rules, *contacts: Contact) -> list[str]:
    try:
        rules.contacts(read_sheet(write_sheet(contacts)), {})
    except ContactsRejected as error:
        return [f"{problem.line}: {problem.text}" for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"organisation": ""}, "organisation saknas"),
        ({"topics": ()}, "ämnen saknas"),
        ({"source_url": "malmo.se"}, "https://"),
        ({"url": "javascript:alert(1)"}, "https://"),
        ({"phone": "ring växeln"}, "är inget nummer"),
        ({"phone": "08-20 56 74 / 08-20 99 27"}, "ett nummer per rad"),
        ({"phone": "12"}, "är inget nummer"),
        ({"email": "vaxeln"}, "ingen e-postadress"),
        ({"scope": "local"}, "kommuner som platser"),
        ({"scope": "local", "places": ("Skåne län",)}, "kommuner som platser"),
        ({"scope": "regional", "places": ("Malmö",)}, "Malmö är inget län"),
        ({"scope": "regional"}, "vilka län"),
        ({"places": ("Malmö",)}, "lämna platser tom"),
        ({"scope": "galaktisk"}, "Välj bland nationell"),
        ({"next_check": dt.date(2027, 1, 1)}, "nästa kontroll står utan kontrollerad"),
    ],
)
def test_a_wrong_row_is_told_with_its_line_and_what_to_do(
    rules: Rules, make_contact: MakeContact, wrong: dict[str, object], words: str
) -> None:
    problems = told(rules, make_contact("ratt"), replace(make_contact("fel"), **wrong))  # type: ignore[arg-type]
    assert len(problems) == 1
    assert problems[0].startswith("3: ") and words in problems[0]


def test_every_problem_of_every_row_is_told_at_once(rules: Rules, make_contact: MakeContact) -> None:
    problems = told(rules, make_contact("A B", phone="x"), make_contact("c"), make_contact("c"))
    assert [problem[:2] for problem in problems] == ["2:", "2:", "4:"]
    assert "står redan på rad 3" in problems[2]


def test_a_day_with_no_next_year_is_told(rules: Rules) -> None:
    with pytest.raises(ContactsRejected, match="'9999-12-31' är ingen dag"):
        rules.contacts(read_sheet(b"id;kontrollerad\nx;9999-12-31\n"), {})


def test_a_day_that_is_none_is_told(rules: Rules) -> None:
    with pytest.raises(ContactsRejected, match=r"'i går' är ingen dag. Skriv den som 2026-11-30"):
        rules.contacts(read_sheet("id;kontrollerad\nx;i går\n".encode()), {})


@pytest.mark.parametrize(
    "email", ["anna.svensson@kommun.example", "per-erik.berg@region.example", "sven_larsson@kommun.example"]
)
def test_a_persons_own_address_is_refused_unless_it_is_said_to_be_a_functions(
    rules: Rules, make_contact: MakeContact, email: str
) -> None:
    assert "ser ut att vara en persons egen adress" in told(rules, make_contact("x", email=email))[0]
    assert told(rules, make_contact("x", email=email, function_address=True)) == []


@pytest.mark.parametrize(
    "email",
    [
        "registrator@kommun.example",
        "social.jouren@kommun.example",
        "info-eu@region.example",
        "ifo.mottagningen@k.example",
    ],
)
def test_a_functions_address_is_taken(rules: Rules, make_contact: MakeContact, email: str) -> None:
    assert told(rules, make_contact("x", email=email)) == []


@pytest.mark.parametrize(
    "named",
    [
        {"role": "Handläggare Anna Svensson"},
        {"note": "Fråga efter Mohammed Ali."},
        {"organisation": "Karin Johansson"},
    ],
)
def test_a_persons_name_is_refused(rules: Rules, make_contact: MakeContact, named: dict[str, str]) -> None:
    assert any("personnamn" in problem for problem in told(rules, make_contact("x", **named)))


@pytest.mark.parametrize(
    "phone", ["112", "114 14", "1177", "116 111", "020-390 000", "08-123 45 67", "+359 2 417 71 78"]
)
def test_numbers_as_people_write_them(rules: Rules, make_contact: MakeContact, phone: str) -> None:
    assert told(rules, make_contact("x", phone=phone)) == []


def test_another_number_needs_a_check_of_its_own(make_contact: MakeContact) -> None:
    before = make_contact("x", last_verified=dt.date(2026, 1, 1), verified_by="A", next_check=dt.date(2027, 1, 1))
    changed = replace(before, phone="08-765 43 21")
    assert lapse(before, changed) == replace(changed, last_verified=None, verified_by=None, next_check=None)
    checked = replace(changed, last_verified=dt.date(2026, 2, 1))
    assert lapse(before, checked) == checked
    assert lapse(before, replace(before, note="Ny.")).last_verified == dt.date(2026, 1, 1)
    assert lapse(None, before) == before
