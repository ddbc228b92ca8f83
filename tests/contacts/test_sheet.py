"""The table of contacts as a file: what a spreadsheet program makes of it comes back the same."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace

import pytest

from knowledge.contacts.checks import Rules
from knowledge.contacts.places import Places
from knowledge.contacts.sheet import read_sheet, write_sheet
from knowledge.datatypes import Contact
from knowledge.errors import ContactsRejected

MakeContact = Callable[..., Contact]


@pytest.fixture
def rules(places: Places) -> Rules:
    return Rules(places.municipalities, places.counties, lambda _: False)


@pytest.fixture
def two(make_contact: MakeContact) -> tuple[Contact, ...]:
    full = make_contact(
        "jour-malmo",
        organisation="Malmö stad; socialtjänsten",
        role='Jouren "Natt"',
        scope="local",
        places=("Malmö", "Lund"),
        topics=("akuta-larm", "tandvard"),
        email="socialjouren@malmo.example",
        hours="Dygnet runt\noch helger",
        address="Gatan 1",
        url="https://malmo.example",
        last_verified=dt.date(2026, 11, 1),
        verified_by="Upplysningen",
        next_check=dt.date(2027, 5, 1),
        function_address=True,
        note="Ring inte, gå dit.",
    )
    return full, make_contact("borta", phone="+359 2 417 71 78", retired=True)


def test_what_is_exported_comes_back_the_same(rules: Rules, two: tuple[Contact, ...]) -> None:
    assert rules.contacts(read_sheet(write_sheet(two)), {}) == two


@pytest.mark.parametrize(
    "saved",
    [
        pytest.param(lambda content: content.removeprefix(b"\xef\xbb\xbf"), id="no byte order mark"),
        pytest.param(lambda content: content.replace(b"\r\n", b"\n"), id="unix lines"),
        pytest.param(lambda content: content.decode("utf-8-sig").encode("cp1252"), id="windows-1252"),
        pytest.param(lambda content: content + b";;;;;;;;;;;;;;;;;;;\r\n", id="an empty row"),
    ],
)
def test_a_spreadsheets_ways_of_saving_are_all_read(
    rules: Rules, two: tuple[Contact, ...], saved: Callable[[bytes], bytes]
) -> None:
    assert rules.contacts(read_sheet(saved(write_sheet(two))), {}) == two


def test_commas_and_our_own_headings_are_read(rules: Rules, make_contact: MakeContact) -> None:
    row = "id,organisation,role,scope,topics,source_url,source_date\nny,Org,Roll,national,akuta-larm,https://a.example,2024\n"
    expected = make_contact(
        "ny", organisation="Org", role="Roll", role_en="", phone=None, source_url="https://a.example"
    )
    assert rules.contacts(read_sheet(row.encode()), {}) == (expected,)


@pytest.mark.parametrize("evil", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "=HYPERLINK(1)"])
def test_no_cell_is_a_formula(rules: Rules, make_contact: MakeContact, evil: str) -> None:
    contact = make_contact("x", organisation=evil, role=evil, note=evil)
    content = write_sheet([contact])
    cells = [cell for line in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";") for cell in line]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert "'" + evil in cells
    assert rules.contacts(read_sheet(content), {}) == (contact,)


def test_a_column_that_the_file_lacks_stays_as_it_is(rules: Rules, two: tuple[Contact, ...]) -> None:
    known = {contact.id: contact for contact in two}
    read = rules.contacts(read_sheet(b"id;telefon\njour-malmo;040-12 34 56\n"), known)
    assert read == (replace(two[0], phone="040-12 34 56"),)


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        (b"", 1, "tom"),
        ("id;telefån\nx;1\n".encode(), 1, "okänd rubrik: 'telefån'"),
        (b"organisation\nx\n", 1, "rubriken id saknas"),
        (b"id;id\nx;y\n", 1, "två gånger"),
        (b"id;telefon\nx;1;2\n", 2, "3 fält men rubrikraden 2"),
    ],
)
def test_a_file_that_is_no_table_is_named(content: bytes, line: int, told: str) -> None:
    with pytest.raises(ContactsRejected) as raised:
        read_sheet(content)
    assert raised.value.problems[0].line == line
    assert told in raised.value.problems[0].text
