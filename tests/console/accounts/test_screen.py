"""The accounts screen: what an administrator sees and changes, and what it refuses."""

from __future__ import annotations

import json
from html import unescape

import pytest
from sqlalchemy import select

from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from knowledge.errors import NotPossible
from knowledge.store.accounts import Account, Vouched
from knowledge.store.tables_audit import audit_log
from tests.console.conftest import ConsoleClient, SignIn


@pytest.fixture
def frida(sign_in: SignIn) -> ConsoleClient:
    return sign_in(Role.ADMINISTRATOR)


@pytest.fixture
def egon(knowledge: Knowledge) -> Account:
    found = knowledge.entrance.accounts.local("egon")
    assert found
    return found[0]


def last_entry(knowledge: Knowledge) -> tuple[str, str, str, dict[str, object]]:
    with knowledge.engine.connect() as connection:
        row = connection.execute(select(audit_log).order_by(audit_log.c.n.desc()).limit(1)).one()
    return row.action, row.actor, row.subject, json.loads(row.detail)


def test_everybody_is_listed_with_their_roles(frida: ConsoleClient, knowledge: Knowledge) -> None:
    page = frida.get("/console/accounts")
    assert f"{len(knowledge.entrance.accounts.all())} personer kan logga in" in page.text
    for name, role in (("Rut Läsare", "läsare"), ("Anders Godkännare", "godkännare"), ("Egon Redaktör", "redaktör")):
        assert name in page.text and role in page.text


def test_roles_are_changed_and_written_down(
    frida: ConsoleClient, egon: Account, knowledge: Knowledge, sign_in: SignIn
) -> None:
    his = sign_in("egon")
    page = frida.post_form(f"/console/accounts/{egon.id}/roles", {"role": ["editor", "approver"]})
    assert page.url.path == "/console/accounts"
    assert "Egon Redaktör har fått nya roller och får logga in igen." in page.text
    assert "har fått nya roller" not in frida.get("/console/accounts").text
    assert knowledge.entrance.accounts.get(egon.id).roles == ("approver", "editor")
    changed = {"before": ["editor"], "after": ["approver", "editor"]}
    assert last_entry(knowledge) == (
        "account.changed",
        frida.account.id,
        egon.id,
        {"sign_in_name": "egon", "roles": changed},
    )
    assert his.get("/console/inbox", follow_redirects=False).status_code == 303
    knowledge.entrance.accounts.set_roles(egon.id, ["editor"], by="tests")


def test_the_form_shows_the_roles_as_they_are(frida: ConsoleClient, egon: Account) -> None:
    page = frida.get(f"/console/accounts/{egon.id}").text
    assert page.count(" checked") == 1 and 'value="editor" aria-describedby="may-editor" checked' in page


def test_no_role_is_refused_with_what_to_do(frida: ConsoleClient, egon: Account, knowledge: Knowledge) -> None:
    page = frida.post_form(f"/console/accounts/{egon.id}/roles", {})
    assert page.status_code == 422 and "Välj minst en roll." in page.text
    assert frida.post_form(f"/console/accounts/{egon.id}/roles", {"role": "king"}).status_code == 422
    assert knowledge.entrance.accounts.get(egon.id).roles == ("editor",)


def test_a_disabled_account_can_be_opened_again(frida: ConsoleClient, egon: Account, knowledge: Knowledge) -> None:
    page = frida.post_form(f"/console/accounts/{egon.id}/disable")
    assert "Kontot för Egon Redaktör är avstängt." in page.text and "badge-disabled" in page.text
    assert last_entry(knowledge)[:3] == ("account.disabled", frida.account.id, egon.id)
    assert "Öppnar du det kan Egon Redaktör logga in igen" in frida.get(f"/console/accounts/{egon.id}").text
    frida.post_form(f"/console/accounts/{egon.id}/disable")
    page = frida.post_form(f"/console/accounts/{egon.id}/enable")
    assert "Kontot för Egon Redaktör är i bruk igen." in page.text
    assert last_entry(knowledge)[:3] == ("account.enabled", frida.account.id, egon.id)


def test_nobody_shuts_themselves_out(frida: ConsoleClient, knowledge: Knowledge) -> None:
    own = f"/console/accounts/{frida.account.id}"
    assert "Stäng av kontot" not in frida.get(own).text and "Spara roller" not in frida.get(own).text
    for path, form in (("/disable", {}), ("/roles", {"role": "reader"})):
        page = frida.post_form(own + path, form)
        assert page.status_code == 409 and "Det här är ditt eget konto." in page.text
    assert frida.get("/console/accounts").status_code == 200


def test_the_last_administrator_stays_one(frida: ConsoleClient, knowledge: Knowledge) -> None:
    accounts, key = knowledge.entrance.accounts, frida.account.id
    for change in (lambda: accounts.disable(key, by="tests"), lambda: accounts.set_roles(key, ["reader"], by="tests")):
        with pytest.raises(NotPossible, match="last_administrator"):
            change()
    kept = accounts.get(key)
    assert kept.active and kept.roles == ("administrator",)
    assert frida.get("/console/accounts").status_code == 200, "nothing of it happened: the session goes on"


def test_roles_of_a_provider_are_changed_there(frida: ConsoleClient, knowledge: Knowledge) -> None:
    vouched = Vouched(
        "https://login.example", "abc", "pia@kommun.example", "Pia <script>alert(1)</script>", ("editor",)
    )
    account = knowledge.entrance.accounts.take_vouched(vouched)
    page = frida.get(f"/console/accounts/{account.id}").text
    assert "Rollerna kommer från kommunens inloggning." in page and "Spara roller" not in page
    assert "<script>alert" not in page and "Pia <script>alert(1)</script>" in unescape(page)
    assert "<script>alert" not in frida.get("/console/accounts").text
    refused = frida.post_form(f"/console/accounts/{account.id}/roles", {"role": "administrator"})
    assert refused.status_code == 409 and "ändras där" in refused.text
    flash = frida.post_form(f"/console/accounts/{account.id}/disable").text
    assert "<script>alert" not in flash and "Pia <script>alert(1)</script> är avstängt" in unescape(flash)


@pytest.mark.parametrize("path", ["", "/roles", "/disable", "/enable"])
def test_an_account_that_is_none_is_said_to_be_none(frida: ConsoleClient, path: str) -> None:
    url = f"/console/accounts/nobody{path}"
    response = frida.post_form(url, {"role": "reader"}) if path else frida.get(url)
    assert response.status_code == 404 and "Sidan finns inte" in response.text
