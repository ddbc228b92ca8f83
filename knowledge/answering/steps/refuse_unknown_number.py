"""The number of one municipality's own office, or of one country's embassy, which we do not have.

Another number, however near, would be wrong.
"""

from __future__ import annotations

from ...datatypes import Status
from ..draft import Draft, Parts
from ..embassies import lacks_embassy
from ..wishes import asks_for_local_number, asks_whom_to_call, without_local_office

REASON = "number_unknown"
_LOCAL = (
    "",
    "municipality",
    "municipality_office",
)  # a region's or a county board's number is looked for in another way (add_contacts)


def run(draft: Draft, parts: Parts) -> None:
    if draft.urgent:
        return
    text = draft.question.text
    if asks_whom_to_call(text) and lacks_embassy(text, parts.contacts):
        draft.end(Status.NO_SUPPORT, parts.catalogue(draft.language, "refusal.embassy_unknown"), REASON)
        return
    place = draft.place
    if place is None or not asks_for_local_number(text):
        return
    finding = parts.contacts.look_up((), place, text)
    if finding.reachable or finding.kind not in _LOCAL or _names_another(draft, parts):
        return
    name = place.municipality or place.county
    draft.end(Status.NO_SUPPORT, parts.catalogue(draft.language, "refusal.number_unknown", place=name), REASON)


def _names_another(draft: Draft, parts: Parts) -> bool:
    """Whether it is the number of someone else at the place whom the table has: "Räddningsmissionens växel"."""
    place = draft.place
    names = {place.municipality, place.county} if place else set()
    found = parts.contacts.find((), place, without_local_office(draft.question.text))
    return any(names & set(contact.places) and (contact.phone or contact.email) for contact in found)
