"""The text of the sections that the question names, or, for a day in the past, of those that applied instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...datatypes import LEGS, Passage, ScoredPassage
from ...law.key import NEW_ACT, NEW_ACT_FROM, paragraph_key
from ...law.lookup import Section, sections_at, sections_named
from ...law.references import Reference
from ..draft import Draft, Parts
from ..law_notices import asked_about, references
from ..section_answer import cites
from ..successors import asks_for_successor

_CITING = 2
_THEN = 2  # older sections in place of one passage


def run(draft: Draft, parts: Parts) -> None:
    if draft.urgent:
        return
    if asks_for_successor(draft.question.text):
        _lead_by_the_key(draft)
        return
    named = sections_named(draft.question.text, draft.as_of, parts.sections)
    if named:
        draft.citing = tuple(_citing(draft, parts, named))[:_CITING]
    elif draft.as_of < parts.clock.today():
        named = _that_applied(draft, parts)
    draft.sections = tuple(_scored(passage) for section in named for passage in section.passages)


def _lead_by_the_key(draft: Draft) -> None:
    """Of what the search found, the first that names the section whose successor is asked for leads."""
    asked = list(asked_about(draft.question.text, draft.as_of))
    key = next((s for s in draft.usable if any(cites(s.passage, one, draft.as_of) for one in asked)), None)
    if key is not None:
        draft.usable = (key, *(scored for scored in draft.usable if scored is not key))
        draft.key_found = True


def _scored(passage: Passage) -> ScoredPassage:
    return ScoredPassage(passage, 1.0, dict.fromkeys(LEGS, 0.0) | {"section": 1.0})


def _citing(draft: Draft, parts: Parts, named: tuple[Section, ...]) -> Iterator[ScoredPassage]:
    """Curated passages that cite the same sections: first what the search found, in its order."""
    seen: set[str] = set()
    known = (_scored(passage) for document in parts.documents.values() for passage in document.passages)
    for scored in (*draft.usable, *known):
        passage = scored.passage
        if passage.id in seen or not passage.validity.holds_on(draft.as_of):
            continue
        if any(cites(passage, section.reference, draft.as_of) for section in named):
            seen.add(passage.id)
            yield scored


def _that_applied(draft: Draft, parts: Parts) -> tuple[Section, ...]:
    """For a day in the past: the sections, as they were, that the best passage rests on now."""
    candidates = sorted((*draft.usable, *draft.not_yet), key=lambda scored: -scored.score)
    if not candidates or not is_supported(draft, parts, candidates):
        return ()
    best = candidates[0]
    if draft.as_of < NEW_ACT_FROM:
        older = _predecessors(best.passage)
    elif best in draft.not_yet:
        older = (one for law in best.passage.laws for one in references(law, draft.as_of) if one.section)
    else:
        return ()
    return sections_at(iter(list(dict.fromkeys(older))[:_THEN]), draft.as_of, parts.sections)


def _predecessors(passage: Passage) -> Iterator[Reference]:
    for law in passage.laws:
        for reference in references(law, NEW_ACT_FROM):
            if reference.number == NEW_ACT:
                yield from (link.old for link in paragraph_key().predecessors(reference) if link.old.section)


def is_supported(draft: Draft, parts: Parts, found: Sequence[ScoredPassage]) -> bool:
    """Whether these would make an answer, were their time not over or still to come."""
    return draft.found is not None and (
        parts.support.probability(replace(draft.found, kept=tuple(found))) >= parts.support.answered_from
    )
