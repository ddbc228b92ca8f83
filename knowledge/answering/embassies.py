"""Whose embassy helps: one country's number is no other's."""

from __future__ import annotations

import re

from ..datatypes import Passage
from ..nationals import the_nationals
from ..seams import ContactDirectory
from .detectors.embassies import embassies_named

_WHOSE = re.compile(r"\b(\w+)s ambassad")  # in a passage's heading: "Hur når jag Rumäniens ambassad?"


def anothers_embassy(passage: Passage, text: str) -> bool:
    """Whether it tells of an embassy that is of nobody spoken of: Romania's, and "en polsk man har tappat passet"."""
    whose = the_nationals().countries.intersection(_WHOSE.findall(passage.heading))
    if not whose:
        return False
    spoken_of = the_nationals().countries_of(text)
    return bool(spoken_of) and whose.isdisjoint(spoken_of)


def lacks_embassy(text: str, contacts: ContactDirectory) -> bool:
    """Another country's embassy, however near, would be wrong: Romania's helps no Polish citizen."""
    named = embassies_named(text)
    if not named:
        return False
    held = [contact.organisation for contact in contacts.find((), None, text)]
    return any(not any(name.startswith(country) for name in held) for country in named)
