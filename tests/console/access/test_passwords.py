"""Which passwords are taken."""

from __future__ import annotations

import pytest

from knowledge.console.access.passwords import weakness


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "too_short"),
        ("elva tecken", "too_short"),
        ("x" * 201, "too_long"),
        ("aaaaaaaaaaaa", "easy"),
        ("password1234", "easy"),
        ("Lösenord12345", "easy"),
        ("Sommar2026!!", "easy"),
        ("kommun123456", "easy"),
        ("qwertyuiop12", "easy"),
        ("abcdefghijkl", "easy"),
        ("AnnaLund2026", "easy"),
        ("anna.lund123", "easy"),
        ("tre blåa cyklar i snön", ""),
        ("gR7#kpW2vLx9", ""),
        ("korrekt häst batteri häftklammer", ""),
        ("x2 " * 60, "easy"),
    ],
)
def test_a_password_that_is_easily_guessed_is_not_taken(password: str, why: str) -> None:
    assert weakness(password, "anna.lund", "Anna Lund") == why
