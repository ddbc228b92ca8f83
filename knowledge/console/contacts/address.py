"""The list in its address: filters and page, and which contacts they let through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from ...datatypes import Contact, Place, Verification
from ..numbers import number_in

PATH = "/console/contacts"
PAGE_SIZE = 50
_FIELDS = ("words", "check", "place", "topic", "state", "page")
_LONGEST = 200  # characters of a value
_RETIRED = "retired"


class Check(StrEnum):
    """What a contact can be listed for. NEEDED is both NEVER and OVERDUE, DIFFERING what the file has otherwise."""

    NEEDED = "needed"
    NEVER = "never"
    OVERDUE = "overdue"
    VERIFIED = "verified"
    DIFFERING = "differing"


_BY_VERIFICATION = {
    Check.NEEDED: {Verification.NEVER, Verification.OVERDUE},
    Check.NEVER: {Verification.NEVER},
    Check.OVERDUE: {Verification.OVERDUE},
    Check.VERIFIED: {Verification.VERIFIED},
}


@dataclass(frozen=True, slots=True)
class Address:
    """`given` are the fields as they were written. A choice that is none lets everything through."""

    given: Mapping[str, str]
    check: Check | None
    page: int

    @property
    def is_narrowed(self) -> bool:
        return any(name != "page" for name in self.given)

    @property
    def retired(self) -> bool:
        return self.given.get("state") == _RETIRED

    def at(self, page: int) -> str:
        values = {name: value for name, value in self.given.items() if name != "page"}
        if page > 1:
            values["page"] = str(page)
        return f"{PATH}?{urlencode(values)}" if values else PATH


def read(query: Mapping[str, str]) -> Address:
    given = {name: query[name].strip()[:_LONGEST] for name in _FIELDS if query.get(name, "").strip()}
    check = Check(given["check"]) if given.get("check") in set(Check) else None
    return Address(given, check, max(1, number_in(given.get("page", ""))))


def dated(contacts: Iterable[Contact], today: dt.date) -> list[Contact]:
    """With what their verification is worth today."""
    return [replace(contact, verification=contact.verified_on(today)) for contact in contacts]


def fitting(
    contacts: Iterable[Contact], address: Address, place: Place | None, differing: Collection[str]
) -> list[Contact]:
    """What the filters let through, by name. A place keeps what serves it, not what serves the whole country."""
    names = {name for name in (place.municipality, place.county) if name} if place else set()
    words, topic = address.given.get("words", "").casefold().split(), address.given.get("topic", "")
    found = [
        contact
        for contact in contacts
        if contact.retired == address.retired
        and (not topic or topic in contact.topics)
        and (place is None or names & set(contact.places))
        and _checked(contact, address.check, differing)
        and all(word in _told(contact) for word in words)
    ]
    return sorted(found, key=lambda contact: (contact.organisation.casefold(), contact.role.casefold(), contact.id))


def _checked(contact: Contact, check: Check | None, differing: Collection[str]) -> bool:
    if check is None:
        return True
    if check is Check.DIFFERING:
        return contact.id in differing
    return contact.verification in _BY_VERIFICATION[check]


def _told(contact: Contact) -> str:
    said = (contact.organisation, contact.role, contact.role_en, contact.phone, contact.email, contact.note, contact.id)
    return " ".join([*(text for text in said if text), *contact.places]).casefold()
