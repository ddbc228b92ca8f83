"""Whether a question names an embassy that the table of contacts lacks."""

from __future__ import annotations

from ..seams import ContactDirectory
from .detectors.embassies import embassies_named


def lacks_embassy(text: str, contacts: ContactDirectory) -> bool:
    """Another country's embassy, however near, would be wrong: Romania's helps no Polish citizen."""
    named = embassies_named(text)
    if not named:
        return False
    held = [contact.organisation for contact in contacts.find((), None, text)]
    return any(not any(name.startswith(country) for name in held) for country in named)
