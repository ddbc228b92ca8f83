"""An answer made of the sections that a question names: their own words, then what curated passages say of them."""

from __future__ import annotations

import datetime as dt
import re

from ..datatypes import Passage, ScoredPassage
from ..law.lookup import address_of
from ..law.references import Reference, find
from ..law.register import name_of
from ..law.report import number_of
from ..sentences import split_sentences
from .draft import Draft, Parts
from .law_notices import references
from .selection import Part, select
from .spoken_dates import spoken

_LONGEST = 1_500  # characters of one section
_LONGEST_OF_SEVERAL = 1_000
_SHORTEST_REST = 3  # words beside the reference; with fewer the question is about the section itself
_FRAME = frozenset(
    """vad säger står stod sa sade i enligt om jag lag lagen lagens paragraf paragrafen den det är i på av för och hur
    lyder löd innebär betyder gäller gällde förklara visa citera text lydelse texten nya gamla nu till enligt mig what
    does did say says section the act of under and is about text wording show quote me please tack kan du hej""".split()
)
_ENDS_WITH_NUMBER = re.compile(r"(?:^|[\s,])\d{1,2}\.$")
_WORD = re.compile(r"[\wåäö]{2,}")


def is_about_the_section(question: str, day: dt.date) -> bool:
    """Whether the question holds little but the reference: "vad säger 19 kap. 1 § nya SoL?"."""
    rest = list(question)
    for reference in find(question, day):
        rest[reference.start : reference.end] = " " * (reference.end - reference.start)
    words = [word for word in _WORD.findall("".join(rest).lower()) if word not in _FRAME and not word.isdecimal()]
    return len(words) < _SHORTEST_REST


def cites(passage: Passage, asked: Reference, day: dt.date) -> bool:
    """Whether a curated passage rests on that very section."""
    return any(
        one.section and one.number == asked.number and one.covers(asked)
        for law in passage.laws
        for one in references(law, day)
    )


def parts_of(draft: Draft, asked: str, parts: Parts, *, section_first: bool) -> tuple[Part, ...]:
    """The sections' own sentences, and what the curated passages add, in the order that the question asks for."""
    own = _own_words(draft.sections if section_first else draft.sections[:1])
    if not section_first:
        return (*select(asked, draft.usable, draft.language, parts.sentences), *own)
    added = select(asked, draft.citing, draft.language, parts.sentences) if draft.citing else ()
    return (*own, *added)


def _own_words(sections: tuple[ScoredPassage, ...]) -> list[Part]:
    several = len({_section_of(one) for one in sections}) > 1
    longest = _LONGEST_OF_SEVERAL if several else _LONGEST
    used: dict[tuple[str, str], int] = {}
    found = []
    for scored in sections:
        key = _section_of(scored)
        length = used.get(key, 0)
        if length and length + len(scored.passage.text) > longest:
            used[key] = longest  # what follows would leave a gap
            continue
        used[key] = length + len(scored.passage.text)
        found.append(Part(scored, tuple(_sentences_of_law(scored.passage.text))))
    return found


def _section_of(scored: ScoredPassage) -> tuple[str, str]:
    """Statute and address: a long section, or one of several wordings, is several passages."""
    return scored.passage.document_id, address_of(scored.passage)


def _sentences_of_law(text: str) -> list[str]:
    """Sentences with the numbers of a list where they belong: "1. myndigheter …" begins no sentence."""
    found: list[str] = []
    for sentence in split_sentences(text):
        said = " ".join(sentence.split())
        if found and _ENDS_WITH_NUMBER.search(found[-1]):
            found[-1] += f" {said}"
        else:
            found.append(said)
    return found


def lead(draft: Draft, parts: Parts, passage: Passage) -> str:
    """ "Så lyder 3 § LVU (1990:52):", or how it read while the act applied."""
    values = {"section": f"{address_of(passage)} {name_of(number_of(passage.document_id), passage.title)}"}
    ended, begins = passage.validity.valid_to, passage.validity.valid_from
    if ended is not None and ended < draft.as_of:
        day = spoken(ended, parts.catalogue, draft.language)
        return parts.catalogue(draft.language, "section.over", day=day, **values)
    if begins is not None and begins > draft.as_of:
        return parts.catalogue(
            draft.language, "section.to_come", day=spoken(begins, parts.catalogue, draft.language), **values
        )
    if draft.as_of < parts.clock.today():
        day = spoken(draft.as_of, parts.catalogue, draft.language)
        return parts.catalogue(draft.language, "section.then", day=day, **values)
    return parts.catalogue(draft.language, "section.now", **values)


def is_cut(draft: Draft, said: tuple[Part, ...], last: ScoredPassage) -> bool:
    """Whether `last` is the last passage said of a section that goes on."""
    shown = {part.scored.passage.id for part in said}
    same = [one for one in draft.sections if _section_of(one) == _section_of(last)]
    here = same.index(last)
    return here + 1 < len(same) and all(one.passage.id not in shown for one in same[here + 1 :])
