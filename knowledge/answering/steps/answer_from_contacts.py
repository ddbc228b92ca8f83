"""A question for the number of one organisation: the table of contacts answers it, no passage does."""

from __future__ import annotations

from ...datatypes import COMMON_NAME, ContactFinding, Status
from ..contact_lines import CONTACTS_SHOWN, contact_lines, warning
from ..draft import Draft, Parts
from ..wishes import asks_for_number


def run(draft: Draft, parts: Parts) -> None:
    text = draft.read_together
    if draft.urgent or not asks_for_number(text if draft.same_elsewhere else draft.question.text):
        return
    place = draft.place or (parts.contacts.place_in(draft.context) if draft.context else None)
    finding = parts.contacts.look_up((), place, text)
    if finding.kind == COMMON_NAME:
        told = parts.catalogue(draft.language, "contact.common_name", place=_places(draft, parts, finding))
    elif finding.responsible and (
        lines := contact_lines(finding, place if finding.county else None, draft.language, parts.catalogue)
    ):
        told = " ".join([*lines, *warning(finding, lambda key: parts.catalogue(draft.language, key))])
    else:
        return
    draft.contacts = finding.contacts[:CONTACTS_SHOWN]
    draft.end(Status.ANSWERED, told)


def _places(draft: Draft, parts: Parts, finding: ContactFinding) -> str:
    *others, last = dict.fromkeys(name for contact in finding.contacts for name in contact.places)
    return f"{', '.join(others)} {parts.catalogue(draft.language, 'join.and')} {last}" if others else last
