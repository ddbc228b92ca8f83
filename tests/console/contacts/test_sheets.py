"""The table as a file: taken out, and back in after a look at what changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from knowledge.contacts.sheet import read_sheet, write_sheet

from ..conftest import ConsoleClient, SignIn
from .conftest import KEY, LIST, ONE, Change, form_of, said

APPLY = f"{LIST}/import/apply"
OTHER = replace(ONE, id="ny-kontakt", role="Växel <b>", phone="040-55 66 77")


def see(client: ConsoleClient, content: bytes) -> Any:
    return client.post_form(f"{LIST}/import", files=[("file", ("kontakter.csv", content))])


def test_the_file_holds_all_and_that_it_was_taken_is_in_the_log(sign_in: SignIn, knowledge: Knowledge) -> None:
    reader = sign_in(Role.READER)
    response = reader.post_form(f"{LIST}/export")
    assert response.headers["content-type"].startswith("text/csv")
    assert 'filename="kontakter.csv"' in response.headers["content-disposition"]
    (row,) = read_sheet(response.content)
    assert row.values["id"] == KEY and row.values["phone"] == ONE.phone
    with knowledge.engine.connect() as connection:
        newest = connection.exec_driver_sql("SELECT actor, action FROM audit_log ORDER BY n DESC LIMIT 1").one()
    assert tuple(newest) == (reader.account.id, "contacts.exported")


def test_a_file_is_shown_before_it_is_taken(sign_in: SignIn, knowledge: Knowledge) -> None:
    editor = sign_in(Role.EDITOR)
    page = see(editor, write_sheet([replace(ONE, phone="040-11 22 33"), OTHER]))
    assert said(page.text, "h1") == "2 kontakter ändras" and "Ingenting är ändrat än." in page.text
    assert "040-34 56 78" in said(page.text, "del") and "040-11 22 33" in said(page.text, "ins")
    assert "Växel &lt;b&gt;" in page.text and "En är ny" in page.text
    assert knowledge.contact_store.get(KEY).phone == ONE.phone

    done = editor.post(APPLY, data=form_of(page.text, APPLY))
    assert "Filen är inläst. 2 kontakter är ändrade." in done.text
    assert knowledge.contact_store.get(KEY).phone == "040-11 22 33"
    assert knowledge.contact_store.history("ny-kontakt")[-1].by == "Edit Redaktör"
    assert said(see(editor, write_sheet([OTHER])).text, "h1") == "Filen ändrar ingenting"


def test_every_row_that_cannot_stand_is_named_by_its_line(sign_in: SignIn, knowledge: Knowledge) -> None:
    editor = sign_in(Role.EDITOR)
    response = see(editor, write_sheet([OTHER, replace(ONE, phone="x"), replace(OTHER, id="c", role="Anna Andersson")]))
    told = said(response.text, ".error")
    assert response.status_code == 422 and "2 saker behöver rättas" in told
    assert (
        "Rad 3: telefon 'x' är inget nummer" in told and "Rad 4: funktion ser ut att innehålla ett personnamn" in told
    )
    assert [contact.id for contact in knowledge.contact_store.all()] == [KEY]


def test_a_file_that_is_none_is_told(sign_in: SignIn) -> None:
    editor = sign_in(Role.EDITOR)
    for content, told in (
        (b"", "Välj en fil som inte är tom."),
        (b"x" * 500_001, "Filen är för stor."),
        (b"namn;nummer\n<script>;1", "okänd rubrik"),
        (b"\x00\x01\x02", "okänd rubrik"),
    ):
        response = see(editor, content)
        assert (
            response.status_code == 422 and told in response.text and "<script>" not in response.text.split("main")[1]
        )
    forged = editor.post_form(APPLY, {"sheet": "inte base64", "seen": 1})
    assert forged.status_code == 422 and "Välj en fil" in forged.text


def test_what_somebody_changed_after_the_preview_is_shown_anew(
    sign_in: SignIn, change: Change, knowledge: Knowledge
) -> None:
    first, second = sign_in(Role.EDITOR), sign_in("egon")
    page = see(second, write_sheet([replace(ONE, phone="040-99 99 99")]))
    change(first, phone="040-11 22 33")
    response = second.post(APPLY, data=form_of(page.text, APPLY))
    assert response.status_code == 409 and "Ingenting är inläst." in response.text
    assert "040-11 22 33" in said(response.text, "del") and knowledge.contact_store.get(KEY).phone == "040-11 22 33"
    second.post(APPLY, data=form_of(response.text, APPLY))
    assert knowledge.contact_store.get(KEY).phone == "040-99 99 99"


def test_another_number_in_a_file_takes_the_check_away(sign_in: SignIn, change: Change, knowledge: Knowledge) -> None:
    editor = sign_in(Role.EDITOR)
    change(editor, "verify", how="asked")
    page = see(editor, f"id;telefon\n{KEY};040-11 22 33\n".encode())
    assert "Kontrollerad av" in page.text  # is emptied, and shown to be
    editor.post(APPLY, data=form_of(page.text, APPLY))
    kept = knowledge.contact_store.get(KEY)
    assert (kept.phone, kept.last_verified, kept.organisation) == ("040-11 22 33", None, "Malmö stad")
