"""`python -m knowledge accounts …`: accounts made, changed and shut, with the password from stdin."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.console.access.passwords import Passwords

Accounts = Callable[..., subprocess.CompletedProcess[str]]
PASSWORD = "tre blåa cyklar i snön"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An empty folder, and of this environment only what a process needs."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"RADGIVAREN_DATA": str(tmp_path), "COLUMNS": "200", "PYTHONUTF8": "1"}


@pytest.fixture
def accounts_process(environment: dict[str, str]) -> Accounts:
    """`accounts …` as a process of its own, with what is typed on stdin."""

    def run(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "knowledge", "accounts", *words],
            env=environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


@pytest.fixture
def accounts(run_here: Accounts, tmp_path: Path) -> Accounts:
    """`accounts …` over the same folder, in this process."""
    return lambda *words, typed="": run_here("accounts", *words, data=tmp_path, typed=typed)


def rows(tmp_path: Path, query: str) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(tmp_path / "radgivaren.db")
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def said(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr.splitlines()[-1]


def test_an_account_from_first_to_last(accounts: Accounts, tmp_path: Path) -> None:
    assert said(accounts("list")) == "Det finns inga konton. Gör det första med `accounts add`.\n"
    made = accounts("add", "anna.lund", "--name", "Anna Lund", "--role", "administrator", typed=PASSWORD + "\n")
    assert said(made) == "Kontot finns nu. anna.lund  Anna Lund: förvaltare (aldrig inloggad)\n"
    said(accounts("add", "bo", "--name", "Bo Ek", "--role", "editor", "--role", "reader", typed=PASSWORD))
    assert "bo  Bo Ek: redaktör, läsare (aldrig inloggad)" in said(accounts("list"))
    assert said(accounts("roles", "BO", "--role", "approver")).startswith("bo  Bo Ek: godkännare")
    assert said(accounts("disable", "bo")) == "bo är avstängt.\n"
    assert "(aldrig inloggad, avstängt)" in said(accounts("list"))
    assert said(accounts("enable", "bo")) == "bo är i bruk igen.\n"
    told = rows(tmp_path, "SELECT actor, action, detail FROM audit_log ORDER BY n")
    assert [row[:2] for row in told] == [
        ("command line", "account.made"),
        ("command line", "account.made"),
        ("command line", "account.changed"),
        ("command line", "account.disabled"),
        ("command line", "account.enabled"),
    ]
    assert json.loads(told[2][2]) == {
        "sign_in_name": "bo",
        "roles": {"before": ["editor", "reader"], "after": ["approver"]},
    }


def test_a_password_is_kept_as_argon2id_and_changed(accounts_process: Accounts, tmp_path: Path) -> None:
    from argon2 import PasswordHasher

    said(accounts_process("add", "anna", "--name", "Anna", "--role", "administrator", typed=PASSWORD))
    [(first,)] = rows(tmp_path, "SELECT password_hash FROM accounts")
    passwords = Passwords(PasswordHasher())
    assert first.startswith("$argon2id$") and passwords.fit(first, PASSWORD)
    assert (
        said(accounts_process("password", "anna", typed="en helt annan cykelsadel\n"))
        == "Lösenordet för anna är bytt.\n"
    )
    [(second,)] = rows(tmp_path, "SELECT password_hash FROM accounts")
    assert passwords.fit(second, "en helt annan cykelsadel") and not passwords.fit(second, PASSWORD)
    assert PASSWORD not in (tmp_path / "radgivaren.db").read_bytes().decode("utf-8", "ignore")


@pytest.mark.parametrize(
    ("typed", "why"),
    [("kort", "för kort"), ("", "för kort"), ("lösenord12345", "lätt att gissa"), ("x" * 300, "för långt")],
)
def test_a_weak_password_makes_no_account(accounts: Accounts, typed: str, why: str) -> None:
    done = accounts("add", "anna", "--name", "Anna", "--role", "administrator", typed=typed)
    assert why in refused(done)
    assert "inga konton" in said(accounts("list"))


def test_what_cannot_be_is_refused_with_what_to_do(accounts: Accounts) -> None:
    said(accounts("add", "anna", "--name", "Anna", "--role", "administrator", typed=PASSWORD))
    taken = accounts("add", " ANNA ", "--name", "Annan", "--role", "reader", typed=PASSWORD)
    assert refused(taken) == "Fel: Namnet är upptaget. `accounts list` visar alla konton."
    last = "Fel: Det är den sista förvaltaren. Ge först någon annan rollen administrator."
    assert refused(accounts("disable", "anna")) == last
    assert refused(accounts("roles", "anna", "--role", "reader")) == last
    assert refused(accounts("disable", "nobody")) == "Fel: Inget konto heter nobody. `accounts list` visar alla."
    assert "Skriv ett användarnamn" in refused(accounts("add", "x", "--name", " ", "--role", "reader", typed=PASSWORD))
    assert accounts("add", "x", "--name", "X", "--role", "king", typed=PASSWORD).returncode == 2
