"""Contacts for a terminal."""

from __future__ import annotations

from ..contacts.sheet import COLUMNS, cells_of
from ..datatypes import Contact, Verification


def checked(contact: Contact) -> str:
    """Whether someone has checked it, and when; an old check no longer counts."""
    if contact.verification is Verification.VERIFIED:
        return f"kontrollerad {contact.last_verified}"
    return f"ej kontrollerad sedan {contact.last_verified}" if contact.last_verified else "ej kontrollerad"


def line(contact: Contact) -> str:
    reach = contact.phone or contact.email or contact.url or "–"
    return f"{contact.id}  {contact.organisation}: {contact.role}: {reach} ({checked(contact)})"


def card(contact: Contact) -> str:
    """All that is known, a line a column."""
    return "\n".join(f"{COLUMNS[name] + ':':22} {value or '–'}" for name, value in cells_of(contact).items())


def differences(before: Contact | None, after: Contact) -> list[str]:
    """What changes, a line a column; for a new contact what it holds."""
    old = cells_of(before) if before else dict.fromkeys(COLUMNS, "")
    return [
        f"    {COLUMNS[name]}: {old[name] or '–'} → {value or '–'}"
        for name, value in cells_of(after).items()
        if value != old[name] and name != "id"
    ]
