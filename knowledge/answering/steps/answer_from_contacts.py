"""A question for the number of one organisation: the table of contacts answers it, no passage does."""

from __future__ import annotations

from ...datatypes import Status
from ..contact_lines import CONTACTS_SHOWN, contact_lines, warning
from ..draft import Draft, Parts
from ..wishes import asks_for_number


def run(draft: Draft, parts: Parts) -> None:
    text = f"{draft.context} {draft.question.text}" if draft.context else draft.question.text
    if draft.urgent or not asks_for_number(draft.question.text):
        return
    place = draft.place or (parts.contacts.place_in(draft.context) if draft.context else None)
    finding = parts.contacts.look_up((), place, text)
    if not finding.responsible:
        return
    lines = contact_lines(finding, place if finding.county else None, draft.language, parts.catalogue)
    if not lines:
        return
    draft.contacts = finding.contacts[:CONTACTS_SHOWN]
    lines += warning(finding, lambda key: parts.catalogue(draft.language, key))
    draft.end(Status.ANSWERED, " ".join(lines))
