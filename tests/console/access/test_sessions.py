"""How long a session lasts, and what ends it; what was written when it ended is not lost."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest

from knowledge.store.accounts import SqlAccounts

from .conftest import Desk, Log, is_in, try_to_sign_in


def test_half_an_hour_away_ends_it(desk: Desk) -> None:
    client = desk.browser()
    try_to_sign_in(client, "edit")
    for _ in range(4):
        desk.wait(minutes=29)
        assert is_in(client)
    desk.wait(minutes=30)
    assert not is_in(client)


def test_ten_hours_end_it_whoever_is_there(desk: Desk) -> None:
    client = desk.browser()
    try_to_sign_in(client, "edit")
    for _ in range(23):
        desk.wait(minutes=25)
        assert is_in(client)
    desk.wait(minutes=25)
    assert not is_in(client)


def test_somebody_who_writes_stays(desk: Desk) -> None:
    """What the script of a page sends while nothing else is."""
    client = desk.browser()
    try_to_sign_in(client, "edit")
    csrf = client.csrf()
    desk.wait(minutes=25)
    assert client.post("/console/stay", data={"csrf": csrf}).status_code == 204
    desk.wait(minutes=25)
    assert is_in(client)
    desk.wait(minutes=31)
    assert client.post("/console/stay", data={"csrf": csrf}).status_code == 403
    assert client.post("/console/stay", data={"csrf": client.csrf("/console/sign-in")}).status_code == 401


def test_signing_out_ends_it(desk: Desk, log: Log) -> None:
    client = desk.browser()
    try_to_sign_in(client, "edit")
    token = client.cookies["radgivaren_console"]
    page = client.post_form("/console/sign-out")
    assert "Du är utloggad." in page.text and page.url.path == "/console/sign-in"
    assert desk.knowledge.entrance.who(token) is None and not is_in(client)
    assert [entry[0] for entry in log()] == ["signed_in", "signed_out"]


@pytest.mark.parametrize(
    "change",
    [
        lambda accounts, key: accounts.disable(key, by="tests"),
        lambda accounts, key: accounts.set_roles(key, ["reader"], by="tests"),
        lambda accounts, key: accounts.set_password(key, "a hash", by="tests"),
    ],
    ids=["disabled", "other roles", "another password"],
)
def test_a_change_of_the_account_ends_it_everywhere(desk: Desk, change: Callable[[SqlAccounts, str], None]) -> None:
    accounts = desk.knowledge.entrance.accounts
    hashed = accounts.local("edit")
    assert hashed
    name = f"ny{desk.clock.now():%d}"
    account = accounts.add_local(name, "Nya Nystedt", ["editor"], hashed[1], by="tests")
    browsers = [desk.browser(), desk.browser()]
    for browser in browsers:
        try_to_sign_in(browser, name)
        assert is_in(browser)
    change(accounts, account.id)
    assert not any(is_in(browser) for browser in browsers)


def test_sessions_that_are_over_do_not_pile_up(desk: Desk) -> None:
    def kept() -> int:
        with desk.knowledge.engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM sessions").scalar() or 0)

    for _ in range(3):
        try_to_sign_in(desk.browser(), "edit")
    assert kept() >= 3
    desk.wait(hours=1)
    try_to_sign_in(desk.browser(), "edit")
    assert kept() == 1


def test_what_was_written_when_a_session_ended_can_be_sent_after_all(desk: Desk) -> None:
    client = desk.browser()
    try_to_sign_in(client, "frida")
    egon = desk.knowledge.entrance.accounts.local("egon")
    assert egon
    url = f"/console/accounts/{egon[0].id}/roles"
    written = {"role": "approver", "note": "En lång text som tog en halvtimme att skriva: <b>åäö</b> & så vidare"}
    late = {"csrf": client.csrf()} | written
    desk.wait(minutes=31)
    kept = client.post(url, data=late)
    assert kept.status_code == 401 and "det du skrev finns kvar" in kept.text
    assert written["note"] in unescape(kept.text) and "<b>" not in kept.text
    assert desk.knowledge.entrance.accounts.get(egon[0].id).roles == ("editor",)

    # Signed in again in another tab; the kept page goes on, is asked once, and sends.
    try_to_sign_in(client, "frida")
    asked = client.post(url, data=late)
    assert asked.status_code == 403 and "Vill du skicka det här?" in asked.text
    assert written["note"] in unescape(asked.text)
    sent = client.post(url, data={"csrf": client.csrf()} | written)
    assert "Egon Redaktör har fått nya roller" in sent.text
    assert desk.knowledge.entrance.accounts.get(egon[0].id).roles == ("approver",)
    desk.knowledge.entrance.accounts.set_roles(egon[0].id, ["editor"], by="tests")


def test_a_form_from_another_site_is_never_offered_for_sending(desk: Desk) -> None:
    client = desk.browser()
    foreign = {"Sec-Fetch-Site": "cross-site"}
    response = client.post("/console/accounts/1/roles", data={"role": "administrator"}, headers=foreign)
    assert response.status_code == 403 and "administrator" not in response.text
    try_to_sign_in(client, "frida")
    response = client.post("/console/accounts/1/roles", data={"role": "administrator"}, headers=foreign)
    assert response.status_code == 403 and 'value="administrator"' not in response.text
