"""Swedish and English running text to sentences, for citations sentence by sentence."""

from __future__ import annotations

import re

# A full stop after these does not end a sentence. "kap." and "ref." are what legal text is full of.
_ABBREVIATIONS = frozenset(
    """kap st p nr ref prop dir dnr bl.a bl m.m m.fl t.ex t.o.m fr.o.m ca kl jfr resp s.k f.d d.v.s dvs osv etc inkl
    exkl tel mom art sid s e.g i.e no vs approx ch sec dec jan febr feb okt nov sept aug mån fre""".split()
)
_END = re.compile(r"([.!?])([”\")]*)\s+(?=[A-ZÅÄÖ0-9”\"(§])")
_LAST_WORD = re.compile(r"([\w.]+)$")


def split_sentences(text: str) -> list[str]:
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        before = _LAST_WORD.search(text[start : match.start(1)])
        word = before[1].lower() if before else ""
        if match[1] == "." and (word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())):
            continue
        found.append(text[start : match.end(2)].strip())
        start = match.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found
