"""What a question asks for beside an answer: someone to call, who is responsible, or one office's own number."""

from __future__ import annotations

import re

_CONTACT = re.compile(
    r"\b(nummer\w*|numret|nr|telefon\w*|tel|ring|ringa|ringer (?:jag|vi|man)|"
    r"kontakt\w*|nå|når|mejl\w*|mail\w*|e-?post\w*|vart|vänd\w*|jour\w*|"
    r"hotline|helpline|tag (?:på|i)|get hold of|phone|call|number|contact|reach|e-?mail|whom)\b",
    re.IGNORECASE,
)
_RESPONSIBLE = re.compile(
    r"\b(vilket landsting|vilken (region|länsstyrelse)|vem (ansvarar|har ansvar\w*|är ansvarig)|"
    r"(which|what) (region|county)|who(?:'s| is)? (in charge|responsible))\b",
    re.IGNORECASE,
)
# "Vilken kommun är hemkommun?" asks for the rule, "vilken kommun i Skåne …" for one of them.
_WHICH_OF_THEM = re.compile(r"\b(vilken (kommun|myndighet)|(which|what) (municipality|authority))\b", re.IGNORECASE)
_WHOM = re.compile(
    r"\b(kontakt(person\w*|uppgift\w*|väg\w*)?|mejl\w*|mail\w*|e-?post\w*|telefon\w*) (till|på|hos|för|i)\b|"
    r"\b(behöver|vill|ska|kan|måste) nå\b|\btag (på|i)\b|\bcontact details\b|\bget hold of\b|"
    r"\b(vem|vilka|vart|vilken|vilket|hur)\b[^.?!]*\b(ring\w*|kontakt\w*|vänd\w*|når?|mejl\w*|telefon\w*|nummer\w*)\b|"
    r"\b(who|whom|where|how|which|what)\b[^.?!]*\b(call|phone|contact|reach|turn to|e-?mail|number)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(telefon\w*|(?:mejl|mail|e-?post)(?:en|adress\w*)?(?= (?:till|för|på))|kontaktuppgift\w*|"
    r"(?!person|samordnings|ärende)\w*nummer|numret|tel|phone|(phone )?number (to|for|of))\b",
    re.IGNORECASE,
)
_LOCAL_OFFICE = re.compile(
    r"\b(socialjour\w*|socialtjänst\w*|soc|socialkontor\w*|socialförvaltning\w*|kommun|kommunen|växel\w*|"
    r"social (office|services|emergency)|municipality)\b",
    re.IGNORECASE,
)


def asks_for_contact(text: str) -> bool:
    return _CONTACT.search(text) is not None


def asks_who_is_responsible(text: str) -> bool:
    return _RESPONSIBLE.search(text) is not None


def asks_which_of_them(text: str) -> bool:
    """Whether, beside a place that the text names, it asks who is responsible there."""
    return _WHICH_OF_THEM.search(text) is not None


def asks_whom_to_call(text: str) -> bool:
    """Whether that is the question, not only a word in it."""
    return _WHOM.search(text) is not None or asks_for_number(text)


def asks_for_number(text: str) -> bool:
    return _NUMBER.search(text) is not None


def asks_for_local_number(text: str) -> bool:
    return asks_for_number(text) and _LOCAL_OFFICE.search(text) is not None


def without_local_office(text: str) -> str:
    return _LOCAL_OFFICE.sub(" ", text)
