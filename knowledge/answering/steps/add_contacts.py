"""Whom to call, where the question asks for it. A number only ever comes from the table of contacts."""

from __future__ import annotations

from ..draft import Draft, Parts
from ..wishes import asks_for_contact

CONTACTS_SHOWN = 3
_EMERGENCY = "akuta-larm"  # the topic whose contacts an urgent answer always shows


def run(draft: Draft, parts: Parts) -> None:
    text = draft.question.text
    if not (draft.urgent or asks_for_contact(text)):
        return
    topics = list(dict.fromkeys(topic for citation in draft.citations for topic in citation.passage.topics))
    if draft.urgent:
        topics.insert(0, _EMERGENCY)
    draft.contacts = parts.contacts.find(topics, draft.place, text)[:CONTACTS_SHOWN]
