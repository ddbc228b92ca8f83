"""What an answer says of the table of contacts, in sentences of the catalogue."""

from __future__ import annotations

from collections.abc import Callable

from ..datatypes import Contact, ContactFinding, Place, Verification
from .texts import Catalogue

CONTACTS_SHOWN = 3


def contact_lines(finding: ContactFinding, place: Place | None, language: str, catalogue: Catalogue) -> list[str]:
    """Who is responsible at the place, what the table lacks, who serves instead; the first one is the conclusion."""
    where = _where(place)

    def text(key: str, **values: object) -> str:
        return catalogue(language, f"contact.{key}", **values)

    lines = []
    if finding.responsible and catalogue.has(f"contact.responsible.{finding.kind}"):
        lines.append(text(f"responsible.{finding.kind}", responsible=finding.responsible, county=finding.county))
    if finding.reachable:
        key = "serves" if where else "named"
        lines.append(text(key, place=where, contact=_named(finding.contacts[0], language)))
    elif not finding.responsible:
        lines.append(text("no_own", place=where))
    elif catalogue.has(f"contact.unreachable.{finding.kind}"):
        lines.append(text(f"unreachable.{finding.kind}", responsible=finding.responsible))
    if lines and finding.instead is not None:
        reach = "regional" if finding.instead.scope == "regional" else "national"
        lines.append(text(f"instead.{reach}", place=where, contact=_named(finding.instead, language)))
    return [f"**{lines[0]}**", *lines[1:]] if lines else []


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    return f"{place.municipality} ({place.county})" if place.municipality else place.county


def warning(finding: ContactFinding, text: Callable[[str], str]) -> list[str]:
    """That someone should check a number before it is passed on, where one of those shown is not verified."""
    shown = finding.contacts[:CONTACTS_SHOWN]
    return [text("contact.unverified")] if any(c.verification is not Verification.VERIFIED for c in shown) else []


def _named(contact: Contact, language: str) -> str:
    role = contact.role_en if language == "en" and contact.role_en else contact.role
    if role[1:2].islower():  # "NSPM …" stays
        role = role[0].lower() + role[1:]
    return ", ".join(filter(None, (f"{contact.organisation}: {role}", contact.phone or contact.email)))
