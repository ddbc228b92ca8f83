"""Signing in with a local account: what a guesser learns and how often, and what a browser is given."""

from __future__ import annotations

import re
import threading
from statistics import median
from time import perf_counter

import pytest
from sqlalchemy import select

from knowledge.store.tables_access import sessions, sign_in_attempts

from .conftest import Desk, Log, is_in, try_to_sign_in

WRONG = "Användarnamnet eller lösenordet stämmer inte."
TOO_MANY = "Det har blivit för många försök."


def test_the_right_password_leads_to_the_page_that_was_asked_for(desk: Desk, log: Log) -> None:
    client = desk.browser()
    csrf = client.csrf("/console/sign-in")
    form = {"csrf": csrf, "name": " EDIT ", "password": "tre blåa cyklar i snön", "next": "/console/inbox?page=2"}
    response = client.post("/console/sign-in", data=form, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/console/inbox?page=2")
    assert is_in(client)
    edit = desk.knowledge.entrance.accounts.local("edit")
    assert edit and log() == [("signed_in", edit[0].id, edit[0].id, "{}")]


@pytest.mark.parametrize(
    ("name", "password"),
    [("edit", "fel"), ("edit", ""), ("nobody", "fel"), ("", ""), ("edit", "x" * 5000), ("' OR 1=1 --", "å\0")],
)
def test_a_wrong_name_and_a_wrong_password_are_told_the_same(desk: Desk, name: str, password: str) -> None:
    client = desk.browser()
    response = try_to_sign_in(client, name, password)
    assert response.status_code == 401 and WRONG in response.text
    unlike = re.sub(r'value="[^"]*"', "", response.text)
    assert unlike == re.sub(r'value="[^"]*"', "", try_to_sign_in(client, "edit", "annat fel").text)
    assert password == "" or password not in response.text
    assert not is_in(client)


def test_a_disabled_account_is_told_the_same(desk: Desk, log: Log) -> None:
    account = desk.knowledge.entrance.accounts.local("egon")
    assert account
    desk.knowledge.entrance.accounts.disable(account[0].id, by="tests")
    response = try_to_sign_in(desk.browser(), "egon")
    desk.knowledge.entrance.accounts.enable(account[0].id, by="tests")
    assert response.status_code == 401 and WRONG in response.text
    assert ("sign_in_refused", "unknown", account[0].id, '{"why":"disabled"}') in log()


def test_what_was_typed_is_not_in_the_audit_log(desk: Desk, log: Log) -> None:
    """A password typed in the wrong field would stand there for good."""
    try_to_sign_in(desk.browser(), "mitt hemliga lösenord", "x")
    assert log() == [("sign_in_refused", "unknown", "", '{"why":"unknown_account"}')]


def test_ten_wrong_attempts_close_an_account_for_a_quarter_of_an_hour(desk: Desk) -> None:
    for n in range(10):
        assert try_to_sign_in(desk.browser(f"10.0.1.{n}"), "edit", "fel").status_code == 401
    right = try_to_sign_in(desk.browser("10.0.1.99"), "Edit")
    assert right.status_code == 429 and TOO_MANY in right.text and "15 minuter" in right.text
    desk.wait(minutes=14, seconds=30)
    assert "Vänta en minut" in try_to_sign_in(desk.browser(), "edit").text
    desk.wait(seconds=31)
    assert try_to_sign_in(desk.browser(), "edit").status_code == 303


def test_an_unknown_name_is_closed_as_well(desk: Desk) -> None:
    """Otherwise the tenth attempt would tell which names exist."""
    for _ in range(10):
        try_to_sign_in(desk.browser(), "nobody", "fel")
    assert try_to_sign_in(desk.browser(), "nobody", "fel").status_code == 429


def test_fifty_wrong_attempts_close_an_address_but_no_other(desk: Desk) -> None:
    attempts = desk.knowledge.entrance.attempts
    for n in range(49):
        assert attempts.take({f"account:someone {n}": 10, "address:10.0.2.1": 50}) is None
    assert try_to_sign_in(desk.browser("10.0.2.1"), "nobody", "fel").status_code == 401
    assert try_to_sign_in(desk.browser("10.0.2.1"), "edit").status_code == 429
    assert try_to_sign_in(desk.browser("10.0.2.2"), "edit").status_code == 303


def test_signing_in_begins_anew(desk: Desk) -> None:
    client = desk.browser()
    for _ in range(3):
        for _ in range(9):
            try_to_sign_in(client, "edit", "fel")
        assert try_to_sign_in(desk.browser("10.0.3.1"), "edit").status_code == 303
        desk.wait(minutes=1)
        client = desk.browser(f"10.0.4.{desk.clock.now().minute}")


def test_attempts_at_once_do_not_slip_by(desk: Desk) -> None:
    attempts, taken = desk.knowledge.entrance.attempts, []
    threads = [
        threading.Thread(target=lambda: taken.append(attempts.take({"account:at once": 10}) is None)) for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 10 + [True] * 10


def test_no_name_and_no_address_is_kept_of_an_attempt(desk: Desk) -> None:
    try_to_sign_in(desk.browser("10.0.5.1"), "edit", "fel")
    with desk.knowledge.engine.connect() as connection:
        rows = connection.execute(select(sign_in_attempts)).all()
    assert rows and not any("edit" in str(row) or "10.0.5.1" in str(row) for row in rows)


def test_an_unknown_name_takes_a_password_check_too(desk: Desk) -> None:
    """Not a measured bound: without the check it would be many times as fast."""
    entrance = desk.knowledge.entrance

    def took(known: str | None) -> float:
        began = perf_counter()
        entrance.passwords.fit(known, "fel lösenord")
        return perf_counter() - began

    edit = entrance.accounts.local("edit")
    assert edit
    assert median(took(None) for _ in range(5)) > median(took(edit[1]) for _ in range(5)) / 4


def test_a_cookie_is_for_the_console_alone_and_out_of_reach_of_scripts(desk: Desk) -> None:
    response = try_to_sign_in(desk.browser(), "edit")
    cookie = next(line for line in response.headers.get_list("set-cookie") if line.startswith("radgivaren_console="))
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/console"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    ("base_url", "secure"),
    [("http://127.0.0.1:8000", False), ("http://localhost:8000", False), ("http://radgivaren.example", True)],
)
def test_a_cookie_goes_without_https_on_loopback_only(desk: Desk, base_url: str, secure: bool) -> None:
    response = desk.browser(base_url=base_url).get("/console/sign-in")
    assert ("Secure" in response.headers["set-cookie"]) is secure


def test_a_token_changes_at_sign_in_and_the_old_session_ends(desk: Desk) -> None:
    client = desk.browser()
    try_to_sign_in(client, "edit")
    first = client.cookies["radgivaren_console"]
    client.cookies.set("radgivaren_console", "", path="/console", domain="radgivaren.example")
    second_client = desk.browser()
    second_client.cookies.set("radgivaren_console", first, path="/console", domain="radgivaren.example")
    # Somebody signs in again in the same browser, as after a link to the sign-in page in another tab.
    form = {"csrf": second_client.csrf(), "name": "anders", "password": "tre blåa cyklar i snön"}
    second_client.post("/console/sign-in", data=form, follow_redirects=False)
    assert second_client.cookies["radgivaren_console"] != first
    assert desk.knowledge.entrance.who(first) is None
    with desk.knowledge.engine.connect() as connection:
        assert first not in str(connection.execute(select(sessions)).all())


def test_a_session_that_a_stranger_chose_is_not_taken_over(desk: Desk) -> None:
    client = desk.browser()
    client.cookies.set("radgivaren_console", "chosen by a stranger", path="/console", domain="radgivaren.example")
    try_to_sign_in(client, "edit")
    assert desk.knowledge.entrance.who("chosen by a stranger") is None


def test_a_password_hashed_as_was_once_thought_safe_is_hashed_anew(desk: Desk) -> None:
    from argon2 import PasswordHasher

    accounts = desk.knowledge.entrance.accounts
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("tre blåa cyklar i snön")
    account = accounts.add_local("gammal", "Gun Gammal", ["reader"], old, by="tests")
    assert try_to_sign_in(desk.browser(), "gammal").status_code == 303
    now = accounts.local("gammal")
    assert now and now[1] != old and now[0].id == account.id
    assert try_to_sign_in(desk.browser(), "gammal").status_code == 303
