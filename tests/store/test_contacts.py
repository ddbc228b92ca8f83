"""Contacts in the store: the file fills it, staff have the last word, and every change is written down."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from knowledge.clock import FixedClock
from knowledge.datatypes import Contact
from knowledge.errors import NotFound, StoreUnavailable
from knowledge.store.contacts import FileTaken, SqlContactStore

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def store(engine: Engine, clock: FixedClock) -> SqlContactStore:
    return SqlContactStore(engine, clock)


def contact(key: str, phone: str | None = "112") -> Contact:
    return Contact(
        id=key,
        organisation="Org",
        role="Roll",
        role_en="Role",
        scope="national",
        places=(),
        topics=("akuta-larm", "tandvard"),
        phone=phone,
        email=None,
        hours=None,
        url=None,
        source_url="https://a.example",
        source_date="2024",
        last_verified=None,
        note="",
        address="Gatan 1",
    )


A, B, C = contact("a"), contact("b"), contact("c")


def test_the_file_fills_the_table_in_its_order_and_a_second_time_changes_nothing(store: SqlContactStore) -> None:
    assert (store.live(), store.version()) == ((), 0)
    assert store.take_file([B, A]) == FileTaken(new=("b", "a"))
    assert store.live() == (B, A)
    version = store.version()
    assert store.take_file([B, A]) == FileTaken()
    assert store.version() == version > 0


def test_new_changed_and_vanished_rows_of_the_file_are_followed(store: SqlContactStore) -> None:
    store.take_file([A, B])
    version = store.version()
    changed = replace(A, phone="114 14")
    assert store.take_file([C, changed]) == FileTaken(new=("c",), changed=("a",), retired=("b",))
    assert store.live() == (C, changed)
    assert store.version() > version
    assert store.get("b") == replace(B, retired=True)
    assert store.take_file([A, B]) == FileTaken(new=(), changed=("a", "b"), retired=("c",))
    assert store.live() == (A, B)


def test_what_staff_verified_or_changed_is_never_overwritten_and_the_difference_is_listed(
    store: SqlContactStore,
) -> None:
    store.take_file([A, B])
    verified = store.verify("a", by="Upplysningen")
    edited = replace(B, phone="08-1")
    assert store.save([edited], by="Anna på upplysningen") == 1
    filed = [replace(A, phone="114 14"), replace(B, phone="08-2"), C]
    assert store.take_file(filed) == FileTaken(new=("c",))
    assert store.live() == (verified, edited, C)
    assert store.kept_otherwise() == ((verified, filed[0]), (edited, filed[1]))
    assert store.take_file([C]) == FileTaken()  # gone from the file, kept by staff
    assert set(store.live()) == {verified, edited, C}
    assert store.kept_otherwise() == ()


def test_a_check_is_dated_named_and_due_again_in_a_year_or_when_said(store: SqlContactStore) -> None:
    store.take_file([A])
    checked = store.verify("a", by="Upplysningen")
    assert (checked.last_verified, checked.verified_by, checked.next_check) == (
        TODAY,
        "Upplysningen",
        dt.date(2027, 11, 23),
    )
    assert store.get("a") == checked
    assert store.verify("a", by="U", next_check=dt.date(2027, 2, 1)).next_check == dt.date(2027, 2, 1)


def test_history_tells_each_change_as_it_was_and_became(store: SqlContactStore) -> None:
    store.take_file([A])
    checked = store.verify("a", by="Upplysningen")
    edited = replace(checked, hours="Vardagar")
    store.save([edited], by="Jouren")
    assert [(c.kind, c.by, c.before, c.after) for c in store.history("a")] == [
        ("file", "contacts.csv", None, A),
        ("verify", "Upplysningen", A, checked),
        ("import", "Jouren", checked, edited),
    ]


def test_a_saved_row_that_is_the_same_is_no_change(store: SqlContactStore) -> None:
    store.take_file([A])
    version = store.version()
    assert store.save([A], by="x") == 0
    assert store.version() == version
    assert store.save([A, C], by="x") == 1
    assert store.live() == (A, C)


def test_all_of_an_import_or_nothing(store: SqlContactStore) -> None:
    store.take_file([A])
    broken = replace(B, organisation=None)  # type: ignore[arg-type]
    with pytest.raises(StoreUnavailable):
        store.save([replace(A, phone="1"), broken], by="x")
    assert store.live() == (A,)


def test_an_unknown_contact_is_not_found(store: SqlContactStore) -> None:
    for call in (lambda: store.get("x"), lambda: store.verify("x", by="y")):
        with pytest.raises(NotFound):
            call()


def test_another_process_sees_the_change(store: SqlContactStore, engine: Engine, clock: FixedClock) -> None:
    store.take_file([A])
    other = SqlContactStore(engine, clock)
    before = other.version()
    store.verify("a", by="x")
    assert other.version() > before
