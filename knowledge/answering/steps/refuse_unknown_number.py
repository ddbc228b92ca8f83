"""The number of one municipality's own office, which we do not have: another number, however near, would be wrong."""

from __future__ import annotations

from ...datatypes import Status
from ..draft import Draft, Parts
from ..wishes import asks_for_local_number


def run(draft: Draft, parts: Parts) -> None:
    place = draft.place
    if draft.urgent or place is None or not asks_for_local_number(draft.question.text):
        return
    names = {place.municipality, place.county} - {None}
    if any(names & set(contact.places) for contact in parts.contacts.find((), place, draft.question.text)):
        return
    name = place.municipality or place.county
    draft.end(
        Status.NO_SUPPORT, parts.catalogue(draft.language, "refusal.number_unknown", place=name), "number_unknown"
    )
