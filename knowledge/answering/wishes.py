"""What a question asks for beside an answer: someone to call, or one office's own number."""

from __future__ import annotations

import re

_CONTACT = re.compile(
    r"\b(nummer\w*|nr|telefon\w*|tel|ring|ringa|ringer (?:jag|vi|man)|"
    r"kontakt\w*|nå|når|mejl\w*|mail\w*|e-?post\w*|vart|vänd\w*|jour\w*|"
    r"hotline|helpline|phone|call|number|contact|reach|e-?mail|whom)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(telefon\w*|(?!person|samordnings|ärende)\w*nummer|numret|tel|phone|(phone )?number (to|for|of))\b",
    re.IGNORECASE,
)
_LOCAL_OFFICE = re.compile(
    r"\b(socialjour\w*|socialtjänst\w*|soc|socialkontor\w*|socialförvaltning\w*|kommun|kommunen|växel\w*|"
    r"social (office|services|emergency)|municipality)\b",
    re.IGNORECASE,
)


def asks_for_contact(text: str) -> bool:
    return _CONTACT.search(text) is not None


def asks_for_local_number(text: str) -> bool:
    return _NUMBER.search(text) is not None and _LOCAL_OFFICE.search(text) is not None
