"""Whom to call, where the question asks for it or names a place that has someone for the matter.

A number only ever comes from the table of contacts.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...datatypes import Contact, ContactFinding, Place, Status
from ..contact_lines import CONTACTS_SHOWN, contact_lines, warning
from ..draft import Draft, Parts
from ..embassies import lacks_embassy
from ..wishes import asks_for_contact, asks_which_of_them, asks_who_is_responsible, asks_whom_to_call

_EMERGENCY = "akuta-larm"  # the topic whose contacts an urgent answer always shows
# Refusals for want of passages: the table of contacts may know what they do not. Others stand.
_MENDABLE = (Status.NO_SUPPORT.value, Status.OUT_OF_SCOPE.value)


def run(draft: Draft, parts: Parts) -> None:
    refused = draft.ended and draft.refined is None
    if refused and draft.reason not in _MENDABLE:
        return
    text = draft.read_together
    place = draft.place or (parts.contacts.place_in(draft.context) if draft.context else None)
    topics = list(dict.fromkeys(topic for citation in draft.citations for topic in citation.passage.topics))
    if draft.urgent:
        first = parts.contacts.find([_EMERGENCY], None, "")[:1]  # whatever else the question's words would find
        others = parts.contacts.find([_EMERGENCY, *topics], place, text)
        draft.contacts = tuple(dict.fromkeys((*first, *others)))[:CONTACTS_SHOWN]
        return
    names_one = place is not None and (
        asks_who_is_responsible(text)
        or asks_whom_to_call(text)
        or (asks_which_of_them(text) and parts.contacts.place_in(text) is not None)
    )
    if lacks_embassy(text, parts.contacts):
        return
    if not (names_one or asks_for_contact(text)):
        named_here = parts.contacts.place_in(draft.question.text)
        if named_here is not None and not refused:
            draft.contacts = _of_the_matter(parts.contacts.look_up(topics, named_here, text), topics)
        return
    finding = parts.contacts.look_up(topics, place, text)
    if place is not None and names_one and finding.county:
        _say(draft, parts, finding, place)
    elif not refused:
        draft.contacts = finding.contacts[:CONTACTS_SHOWN]


def _of_the_matter(finding: ContactFinding, topics: Sequence[str]) -> tuple[Contact, ...]:
    """Who serves that place, not the country, in what the answer is about: "Finns det härbärge i Göteborg?" """
    own = [one for one in finding.contacts if one.places and set(topics) & set(one.topics)]
    return tuple(own[:CONTACTS_SHOWN])


def _say(draft: Draft, parts: Parts, finding: ContactFinding, place: Place) -> None:
    """The table's word comes first: it is what was asked for."""
    lines = contact_lines(finding, place, draft.language, parts.catalogue)
    refused = draft.ended and draft.refined is None
    if refused and not lines:
        return
    if refused:
        draft.status, draft.reason, draft.text = Status.ANSWERED, "", ""
    rest = [draft.text.replace("**", "") if lines else draft.text] if draft.text else []
    after = warning(finding, lambda key: parts.catalogue(draft.language, key)) if lines else []
    draft.text = " ".join([*lines, *rest, *after])
    draft.contacts = finding.contacts[:CONTACTS_SHOWN]
