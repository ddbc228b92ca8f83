"""Questions that leave open whom or what they are about: "Får hon stanna?", "regler för EU-medborgare"."""

from __future__ import annotations

import re

# Words that leave open whom or what it is about. A question made of these alone has no subject.
_OPEN = frozenset(
    """han hon hen de dem dom den det denna detta dessa honom henne vem vad vilka vilken vilket när hur var varför får
    kan ska måste bör blir har är vara finns kvar länge stanna gratis hjälp hjälpa hjälper ansvar ansvaret ansvarar
    ansvarig gäller göra gör rätt betala betalar kosta kostar pengar stöd stödet bestämmer beslutar beslut överklaga
    överklagar ansöka söka sjuk behöver behövs krävs fungerar funkar säger händer något nåt nån någon åt för om till med
    av på i att en ett och eller vi jag man ens här där då nu också även samma sådant sånt så kommer vill ta tar ge ger
    verkligen faktiskt egentligen bara inte ju väl nog kom står sitter stämmer okej really actually just even okay
    he she they it him her them this that these those who what which when where how why can could may might must should
    shall will would does do did is are was be get gets got need needs needed happen happens stay here there long free
    help responsible responsibility decides decide appeal apply applies pay pays cost costs money support sick ill
    allowed entitled a an the to for of in on at with about if or and we you i our your then also too same any some
    something anything""".split()
)
# Words for nearly everyone and everything in the field: they narrow nothing down.
_GENERIC = frozenset(
    """eu ees medborgare eu-medborgare personen person personer människor familjen familj barnet barnen mannen kvinnan
    föräldrarna klienten dokument papper handlingar regler regel reglerna regelverk lag lagen information info fråga
    citizen citizens person people family child children documents document papers rules rule law information""".split()
)
_POINTING = frozenset(
    """han hon hen de dem dom den det denna detta dessa honom henne he she they it him her them this that these
    those""".split()
)
_JOINING = frozenset("för om i av och till the for of on about to in and".split())
_WORD = re.compile(r"\w+(?:-\w+)*")
_LONGEST = 8  # words; a longer question tells more than its words apart


def words_of(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def says_little(words: list[str]) -> bool:
    """Whether none of the words names a subject."""
    return all(word in _OPEN for word in words)


def is_open(text: str) -> bool:
    """Whether the question could be about nearly anything in the field, and so must be asked back."""
    words = words_of(text)
    if not 0 < len(words) <= _LONGEST:
        return False
    if says_little(words) or all(word in _GENERIC | _JOINING for word in words):
        return True
    points = any(word in _POINTING for word in words)
    generic = [word for word in words if word in _GENERIC]
    return points and len(generic) <= 1 and all(word in _OPEN | _GENERIC for word in words)
