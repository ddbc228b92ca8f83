"""Questions near our subject that another service must answer: another country's rules, or another group's rights.

A passage about Swedish rules for EU citizens matches them well, and would be a wrong answer.
"""

import re
from typing import Literal

Elsewhere = Literal["here", "another_country", "another_group"]

_COUNTRIES = (
    r"(?:danmark|norge|finland|island|tyskland|frankrike|spanien|italien|nederländerna|österrike|schweiz|storbritannien|england|usa|"
    r"denmark|norway|iceland|germany|france|spain|italy|the netherlands|austria|switzerland|britain|the uk|the us)"
)
_RULES = (
    r"(?:regler\w*|regel|lag|lagen|lagar\w*|gäller|bidrag\w*|socialhjälp\w*|förbud\w*|bistånd\w*|"
    r"rules?|laws?|apply|applies|benefits?|welfare|banned?)"
)
_ANOTHER_COUNTRY = re.compile(
    rf"\b{_RULES}\b.*\b(?:i|har|in|of|for)\s+{_COUNTRIES}s?\b|\b(?:har|does|do)\s+{_COUNTRIES}\b.*\b{_RULES}\b|"
    rf"\b{_COUNTRIES}s\s+{_RULES}|"
    rf"\b(?:dansk|norsk|finsk|tysk|fransk|spansk|brittisk|danish|norwegian|finnish|german|french)\w*\s+{_RULES}",
    re.IGNORECASE,
)
_ANOTHER_GROUP = re.compile(
    r"\b(?:asylsökande\w*|asylsökare|asyl|kvotflykting\w*|flykting\w*|ensamkommande\w*|nyanländ\w*|ukrain\w*|massflykt\w*|"
    r"asylum|refugees?|brexit|settled status|arbetskraftsinvandr\w*|svenskt medborgarskap|swedish citizenship)\b",
    re.IGNORECASE,
)
_OUR_GROUP = re.compile(
    r"\b(?:eu|ees|eea|unions?medborg\w*|uppehållsrätt\w*|right of residence|"
    r"rumän\w*|bulgar\w*|romanian\w*|bulgarian\w*|romer|romsk\w*|"
    r"roma|sverige|swedish law|sweden|lma|hfd|rå|domstol\w*|papperslös\w*|2013:407)\b",
    re.IGNORECASE,
)
_LONGEST = 14  # words; a longer question tells a story in which such a word is a detail
_SWEDEN = re.compile(r"\b(?:sverige|svensk\w*|sweden|swedish|här|here)\b", re.IGNORECASE)
# Someone who has lived or worked there, and is here now.
_SOMEONE = re.compile(
    r"\b(?:bott|bor|jobbat|arbetat|kommer|flyttat|sambo\w*|kvinna\w*|man|mannen|familj\w*|från|"
    r"lived|worked|came|from|woman|family)\b",
    re.IGNORECASE,
)


def elsewhere(text: str) -> Elsewhere:
    if len(text.split()) > _LONGEST:
        return "here"
    if _ANOTHER_COUNTRY.search(text) and not _SWEDEN.search(text) and not _SOMEONE.search(text):
        return "another_country"
    if _ANOTHER_GROUP.search(text) and not _OUR_GROUP.search(
        re.sub(r"(?i)svenskt medborgarskap|swedish citizenship", "", text)
    ):
        return "another_group"
    return "here"
