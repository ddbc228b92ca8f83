"""The list, a contact that is checked, changed, added and taken away; two people at once."""

from __future__ import annotations

import re
from html import unescape

import pytest

from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role

from ..conftest import SignIn
from .conftest import KEY, LIST, Change, form_of, said


def audited(knowledge: Knowledge) -> list[tuple[str, str, str, str]]:
    with knowledge.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT actor, action, subject, detail FROM audit_log WHERE action LIKE 'contact%' ORDER BY n"
        )
        return [tuple(row) for row in rows]


def test_the_list_says_how_many_need_to_be_checked(sign_in: SignIn, change: Change) -> None:
    editor = sign_in(Role.EDITOR)
    assert said(editor.get(LIST).text, "h1") == "En kontakt behöver kontrolleras"
    change(editor, "verify", how="asked")
    page = editor.get(LIST).text
    assert said(page, "h1") == "Alla kontakter är kontrollerade" and "Kontrollerad" in said(page, "tbody")


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("words=malmö+SOCIAL", True),
        ("words=040-34", True),
        ("words=göteborg", False),
        ("place=Malmö", True),
        ("place=Skåne län", False),
        ("place=Lund", False),
        ("topic=akuta-larm", True),
        ("topic=barn-orosanmalan", False),
        ("check=needed", True),
        ("check=never", True),
        ("check=overdue", False),
        ("check=verified", False),
        ("check=differing", False),
        ("check=påhittat&page=99&topic=", True),
        ("state=retired", False),
    ],
)
def test_the_list_is_narrowed_by_its_address(sign_in: SignIn, query: str, is_there: bool) -> None:
    page = sign_in(Role.READER).get(f"{LIST}?{query}").text
    assert (f"{LIST}/{KEY}" in page) == is_there
    assert is_there or "Ingen kontakt stämmer med det du valt." in page


def test_a_place_that_is_none_is_told(sign_in: SignIn) -> None:
    page = sign_in(Role.READER).get(f'{LIST}?place="><script>x').text
    assert "är ingen kommun och inget län" in page and "<script>x" not in page and KEY in page


def test_a_check_is_kept_with_who_where_and_the_next_day(sign_in: SignIn, change: Change, knowledge: Knowledge) -> None:
    editor = sign_in(Role.EDITOR)
    page = change(
        editor,
        "verify",
        how="page",
        source_url="https://malmo.example/ny",
        verified_by="Upplysningen",
        next_check="2027-03-01",
    )
    assert "Kontrollen är sparad." in page.text and "nästa kontroll 1 mars 2027" in said(page.text)
    kept = knowledge.contact_store.get(KEY)
    assert (str(kept.last_verified), kept.verified_by, str(kept.next_check)) == (
        "2026-11-23",
        "Upplysningen",
        "2027-03-01",
    )
    assert (kept.source_url, kept.source_date) == ("https://malmo.example/ny", "2026-11-23")
    assert "Edit Redaktör" in said(page.text, ".versions") and "https://malmo.example/jour" in page.text  # as it was
    actor, action, subject, _ = audited(knowledge)[-1]
    assert (actor, action, subject) == (editor.account.id, "contact.verified", KEY)


def test_one_who_called_leaves_the_source_as_it_is(sign_in: SignIn, change: Change, knowledge: Knowledge) -> None:
    change(sign_in(Role.EDITOR), "verify", how="asked", source_url="https://annan.example")
    kept = knowledge.contact_store.get(KEY)
    assert (kept.source_url, kept.source_date) == ("https://malmo.example/jour", "odaterad")
    assert kept.verified_by == "Edit Redaktör" and str(kept.next_check) == "2027-11-23"  # offered by the form


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"how": ""}, "Välj hur du kontrollerade."),
        ({"next_check": "2026-11-23"}, "Nästa kontroll ska vara en dag som kommer."),
        ({"next_check": "i morgon"}, "Nästa kontroll ska vara en dag som kommer."),
        ({"verified_by": " "}, "Skriv vem som har kontrollerat"),
        ({"how": "page", "source_url": "javascript:alert(1)"}, "Den ska börja med https://."),
    ],
)
def test_a_check_that_cannot_be_kept_is_told_at_its_field(
    sign_in: SignIn, change: Change, knowledge: Knowledge, written: dict[str, str], told: str
) -> None:
    response = change(sign_in(Role.EDITOR), "verify", **{"how": "asked", "verified_by": "Min enhet"} | written)
    assert response.status_code == 422 and told in unescape(response.text)
    name = next(name for name in reversed(written) if name in response.text)
    assert re.search(rf'id="{name}-error-1"', response.text) and f"{name}-error-1" in response.text
    assert "verified_by" in written or 'value="Min enhet"' in response.text
    assert knowledge.contact_store.get(KEY).last_verified is None


def test_another_number_is_in_the_next_answer_and_has_to_be_checked(
    sign_in: SignIn, change: Change, knowledge: Knowledge
) -> None:
    editor = sign_in(Role.EDITOR)
    change(editor, "verify", how="asked")
    page = change(editor, phone="040-11 22 33")
    assert "Kontrollera den nya uppgiften." in page.text and "040-34 56 78" in said(page.text, "del")
    assert [contact.phone for contact in knowledge.contacts.all()] == ["040-11 22 33"]
    assert knowledge.contact_store.get(KEY).last_verified is None
    actor, action, _, detail = audited(knowledge)[-1]
    assert (actor, action) == (editor.account.id, "contact.changed") and "phone" in detail and "11 22 33" not in detail
    assert "Ingenting ändrades." in change(editor).text


@pytest.mark.parametrize(
    ("written", "name", "told"),
    [
        ({"phone": "växeln"}, "phone", "Skriv ett nummer per rad"),
        ({"email": "anna.andersson@malmo.se"}, "email", "ser ut att vara en persons egen adress"),
        ({"role": "Anna Andersson"}, "role", "Ange funktionen, inte personen."),
        ({"organisation": ""}, "organisation", "Organisation saknas."),
        ({"places": "Atlantis"}, "places", "kommuner som platser"),
        ({"topic": []}, "topics", "Ämnen saknas."),
        ({"scope": "galaktisk"}, "scope", "Välj bland"),
        ({"source_url": "malmo.se"}, "source_url", "Den ska börja med https://."),
        ({"note": "x" * 2001}, "note", "Texten är för lång."),
    ],
)
def test_what_breaks_a_rule_is_told_at_its_field_and_nothing_is_lost(
    sign_in: SignIn, change: Change, knowledge: Knowledge, written: dict[str, str], name: str, told: str
) -> None:
    response = change(sign_in(Role.EDITOR), hours="vardagar 8–17", **written)
    assert response.status_code == 422
    errors = said(response.text, f'[id="{name}-error-1"]')
    assert told in errors and 'value="vardagar 8–17"' in response.text
    for value in written.values():
        assert not value or value == "galaktisk" or value in unescape(response.text)
    assert knowledge.contact_store.get(KEY).hours == "dygnet runt"


def test_a_function_s_address_that_looks_like_a_person_s_is_staff_s_word(
    sign_in: SignIn, change: Change, knowledge: Knowledge
) -> None:
    change(sign_in(Role.EDITOR), email="maria.park@malmo.se", function_address="yes")
    assert knowledge.contact_store.get(KEY).email == "maria.park@malmo.se"


def test_of_two_people_the_second_sees_what_the_first_has_made_of_it(
    sign_in: SignIn, change: Change, knowledge: Knowledge
) -> None:
    first, second = sign_in(Role.EDITOR), sign_in("egon")
    address = f"{LIST}/{KEY}/edit"
    mine = form_of(second.get(address).text, address) | {"phone": "040-99 99 99", "hours": "kvällar"}
    change(first, phone="040-11 22 33")
    response = second.post(address, data=mine)
    assert response.status_code == 409
    assert "Edit Redaktör ändrade kontakten" in response.text and "medan du skrev" in response.text
    assert "040-11 22 33" in said(response.text, "del") and "040-99 99 99" in said(response.text, "ins")
    assert knowledge.contact_store.get(KEY).phone == "040-11 22 33"
    again = form_of(response.text, address)
    assert (again["phone"], again["hours"]) == ("040-99 99 99", "kvällar")
    assert "Ändringen är sparad" in second.post(address, data=again).text
    assert knowledge.contact_store.get(KEY).phone == "040-99 99 99"


@pytest.mark.parametrize("what", ["verify", "retire"])
def test_what_was_changed_meanwhile_is_neither_checked_nor_taken_away(
    sign_in: SignIn, change: Change, knowledge: Knowledge, what: str
) -> None:
    first, second = sign_in(Role.EDITOR), sign_in("egon")
    address = f"{LIST}/{KEY}/{what}"
    mine = form_of(second.get(address if what == "retire" else f"{LIST}/{KEY}").text, address) | {"how": "asked"}
    change(first, phone="040-11 22 33")
    response = second.post(address, data=mine)
    assert response.status_code == 409 and "Någon annan ändrade kontakten nyss." in response.text
    assert knowledge.contact_store.get(KEY).last_verified is None and not knowledge.contact_store.get(KEY).retired


def test_a_new_contact_is_held_to_the_same_rules(sign_in: SignIn, change: Change, knowledge: Knowledge) -> None:
    editor = sign_in(Role.EDITOR)
    written = {
        "organisation": "Göteborgs stad",
        "role": "Växel",
        "scope": "local",
        "places": "Göteborg\nPartille",
        "topic": ["akuta-larm"],
        "source_url": "https://goteborg.example",
        "source_date": "2026-11-20",
    }
    wrong = change(editor, "new", key="", **written | {"phone": "x"})
    assert wrong.status_code == 422 and "Göteborg\nPartille" in wrong.text.replace("; ", "\n")
    page = change(editor, "new", key="", **written | {"phone": "031-365 00 00"})
    assert "Kontakten är tillagd" in page.text and str(page.url).endswith(f"{LIST}/goteborgs-stad-vaxel")
    kept = knowledge.contact_store.get("goteborgs-stad-vaxel")
    assert kept.places == ("Göteborg", "Partille") and kept.last_verified is None
    twice = change(editor, "new", key="", **written | {"phone": "031-365 00 00"})
    assert str(twice.url).endswith("goteborgs-stad-vaxel-2")
    assert audited(knowledge)[-1][1] == "contact.added"


def test_taking_away_asks_once_and_can_be_undone(sign_in: SignIn, change: Change, knowledge: Knowledge) -> None:
    editor = sign_in(Role.EDITOR)
    asked = editor.get(f"{LIST}/{KEY}/retire").text
    assert "Ska Malmö stad: Socialjouren tas bort ur svaren?" in asked and "du kan ta tillbaka den" in asked
    assert "Kontakten är borttagen ur svaren." in change(editor, "retire").text
    assert knowledge.contacts.all() == () and KEY in editor.get(f"{LIST}?state=retired").text
    assert "kan komma med i svaren igen" in change(editor, "restore").text
    assert [contact.id for contact in knowledge.contacts.all()] == [KEY]
    assert [entry[1] for entry in audited(knowledge)[-2:]] == ["contact.retired", "contact.restored"]


def test_what_the_file_says_otherwise_stands_there(sign_in: SignIn, change: Change) -> None:
    editor = sign_in(Role.EDITOR)
    change(editor, phone="040-11 22 33")
    page = editor.get(f"{LIST}/{KEY}").text
    assert "Filen som följer med tjänsten säger annat" in page
    listed = editor.get(f"{LIST}?check=differing").text
    assert KEY in listed and "En skiljer sig från filen" in listed


def test_a_reader_reads(sign_in: SignIn) -> None:
    reader = sign_in(Role.READER)
    page = reader.get(f"{LIST}/{KEY}").text
    assert "040-34 56 78" in page and f"{KEY}/edit" not in page and f"{KEY}/verify" not in page
    assert "Lägg till en kontakt" not in reader.get(LIST).text
    assert reader.get(f"{LIST}/finns-inte").status_code == 404


def test_what_is_written_is_shown_as_text(sign_in: SignIn, change: Change) -> None:
    editor = sign_in(Role.EDITOR)
    hostile = "<script>alert(1)</script>"
    change(editor, organisation=hostile, note=hostile, hours=hostile, address=hostile)
    for address in (f"{LIST}/{KEY}", f"{LIST}/{KEY}/edit", f"{LIST}/{KEY}/retire", LIST):
        page = editor.get(address).text
        assert "<script>alert" not in page and "&lt;script&gt;" in page, address
