"""One question back, where the question is so open that its readings lead to different answers."""

from __future__ import annotations

import re

from ...datatypes import Option, Status
from ..draft import Draft, Parts

# Words that leave open whom or what it is about. A question made of these alone has no subject.
_OPEN_WORDS = frozenset(
    """han hon hen de dem dom den det honom henne vem vad vilka när hur var varför får kan ska måste blir har är vara
    kvar länge stanna gratis hjälp hjälpa ansvar ansvaret ansvarar ansvarig gäller göra gör rätt betala
    betalar kosta kostar pengar stöd bestämmer beslutar överklaga överklagar ansöka söka sjuk för om till med
    av på i att en ett och vi jag man ens he she they it him her them who what when how where why can may must
    does do is are will get be stay here long free help responsible responsibility decides decide appeal apply
    pay pays cost costs money support sick ill allowed entitled a the to for of in if or we you i this that""".split()
)
_WORD = re.compile(r"\w+")
_LONGEST = 8  # words; a longer question tells more than its words apart
_NEAR = 0.6  # a reading counts while its score is this share of the best one's
_READINGS = (2, 4)


def run(draft: Draft, parts: Parts) -> None:
    if draft.context or draft.urgent or not draft.usable or not is_open(draft.question.text):
        return
    options = _readings(draft)
    if len(options) < _READINGS[0]:
        return
    draft.options = options
    draft.end(Status.CLARIFY, parts.catalogue(draft.language, "clarify.question"))


def is_open(text: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    return 0 < len(words) <= _LONGEST and all(word in _OPEN_WORDS for word in words)


def _readings(draft: Draft) -> tuple[Option, ...]:
    """The best passage of each topic that comes near the best of all."""
    options: dict[str, Option] = {}
    best = draft.usable[0].score
    for scored in draft.usable:
        passage = scored.passage
        if scored.score < best * _NEAR or len(options) == _READINGS[1]:
            break
        options.setdefault(passage.document_id, Option(passage.title, passage.heading))
    return tuple(options.values())
