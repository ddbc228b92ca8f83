"""Whom to call, where the question asks for it. A number only ever comes from the table of contacts."""

from __future__ import annotations

import re

from ...datatypes import Status
from ..draft import Draft, Parts

_ASKS_FOR_CONTACT = re.compile(
    r"\b(nummer\w*|nr|telefon\w*|tel|ring\w*|kontakt\w*|nå|når|mejl\w*|mail\w*|e-?post\w*|adress\w*|vart|vänd\w*|jour|jouren|hotline|"
    r"phone|call|number|contact|reach|e-?mail|address|whom)\b",
    re.IGNORECASE,
)
_ASKS_FOR_NUMBER = re.compile(
    r"\b(telefon\w*|\w*nummer|nummer\s+till|tel|phone|phone number|number (to|for|of))\b", re.IGNORECASE
)
_LOCAL = re.compile(
    r"\b(socialjour\w*|socialtjänst\w*|soc|socialkontor\w*|kommun\w*|växel\w*|familjerätt\w*)\b", re.IGNORECASE
)
CONTACTS_SHOWN = 3


def run(draft: Draft, parts: Parts) -> None:
    text = draft.question.text
    if not (draft.urgent or _ASKS_FOR_CONTACT.search(text)):
        return
    topics = list(dict.fromkeys(topic for scored in draft.usable[:3] for topic in scored.passage.topics))
    if draft.urgent:
        topics.insert(0, "akuta-larm")
    draft.contacts = parts.contacts.find(topics, draft.place, text)[:CONTACTS_SHOWN]
    if not draft.urgent and _asks_for_a_local_number(draft) and not _serves_the_place(draft):
        draft.citations, draft.contacts, draft.validity_line = (), (), ""
        place = draft.place.municipality or draft.place.county if draft.place else ""
        draft.settle(Status.NO_SUPPORT, parts.catalogue(draft.language, "refusal.number_unknown", place=place))


def _asks_for_a_local_number(draft: Draft) -> bool:
    """The number of one municipality's own office: other contacts, however near, would be a wrong answer."""
    text = draft.question.text
    return draft.place is not None and _ASKS_FOR_NUMBER.search(text) is not None and _LOCAL.search(text) is not None


def _serves_the_place(draft: Draft) -> bool:
    place = draft.place
    names = {place.municipality, place.county} - {None} if place else set()
    return any(names & set(contact.places) for contact in draft.contacts)
