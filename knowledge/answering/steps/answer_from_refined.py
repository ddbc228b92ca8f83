"""An answer that advisers wrote and approved for this question goes before anything composed from passages."""

from __future__ import annotations

import re

from ...datatypes import Citation, Passage, RefinedAnswerReference, Source, Status
from ...refinement.datatypes import Content, LocalAddition, Match
from ..detectors.child import concerns_child
from ..draft import Draft, Parts
from ..validity_line import validity_line

_WORD = re.compile(r"\w+")
_CERTAIN = 1.0
_FOUND = 3  # best passages, one of which an answer cites that is met by other words than its own


def run(draft: Draft, parts: Parts) -> None:
    if draft.urgent or draft.until != draft.as_of:
        return  # what to do now is always the same text; and a period may have had several answers
    match = _match(draft, parts)
    if match is None or (draft.as_of < parts.clock.today() and match.answer.content.valid_from is None):
        return  # without a first day it is about what applies, and not about what applied
    citations = _citations(draft, parts, match.answer.content)
    if citations is None:
        return  # what it rests on holds no longer: staff see it in their inbox
    draft.citations = citations
    draft.refined = RefinedAnswerReference(match.answer.id, match.answer.version, match.answer.approved_at)
    draft.confidence = _CERTAIN
    draft.validity_line = validity_line(draft, parts)
    draft.end(Status.ANSWERED, _text(draft, parts, match))


def _match(draft: Draft, parts: Parts) -> Match | None:
    question = _without_place(draft)
    found = parts.refined.nearest(question, draft.language, draft.as_of)
    if not found:
        return None
    cited = {one.passage_id for one in found[0].answer.content.citations}
    if found[0].score < _CERTAIN and not _may_be_near(draft, found[0], cited):
        return None
    rivals = (scored.parts["dense_phrasing"] for scored in draft.usable if scored.passage.id not in cited)
    return found[0] if parts.refined.is_met(found, max(rivals, default=0.0)) else None


def _may_be_near(draft: Draft, match: Match, cited: set[str]) -> bool:
    """Whether other words than those of a phrasing may be met by it.

    Not those of a follow-up, nor of a child where it speaks of none; and the search must find what the answer rests on.
    """
    found = {scored.passage.id for scored in draft.usable[:_FOUND]}
    return draft.context is None and concerns_child(match.phrasing) == draft.concerns_child and bool(found & cited)


def _without_place(draft: Draft) -> str:
    """A refined answer is shared by all places: "… i Malmö?" asks for the same."""
    if draft.place is None:
        return draft.question.text
    names = {word.lower() for name in (draft.place.municipality, draft.place.county) if name for word in name.split()}
    words = draft.question.text.split()
    bare = [word.strip(".,?!").lower() for word in words]
    named = [word in names or word.removesuffix("s") in names for word in bare]
    kept = [
        word
        for n, word in enumerate(words)
        if not named[n] and not (n + 1 < len(words) and named[n + 1] and bare[n] in ("i", "in"))
    ]
    return " ".join(kept) if any(_WORD.search(word) for word in kept) else draft.question.text


def _citations(draft: Draft, parts: Parts, content: Content) -> tuple[Citation, ...] | None:
    """None where a cited passage is gone, or does not hold on the day: never cited as what applies."""
    keys = [(one.passage_id, one.passage_version) for one in content.citations]
    passages, current = parts.cited_passages.of(keys), parts.cited_passages.current_versions(key for key, _ in keys)
    made = []
    for n, one in enumerate(content.citations, start=1):
        passage = passages.get((one.passage_id, one.passage_version))
        if passage is None or passage.id not in current or not passage.validity.holds_on(draft.as_of):
            return None
        made.append(Citation(n, passage, _source(passage, one.source_url), one.quote))
    return tuple(made)


def _source(passage: Passage, url: str) -> Source:
    return next((source for source in passage.sources if source.url == url), passage.sources[0])


def _text(draft: Draft, parts: Parts, match: Match) -> str:
    text = match.wording.text.strip()
    addition = _addition(draft, match.answer.content)
    if addition is None:
        return text
    local = addition.text_en if draft.language == "en" and addition.text_en else addition.text
    lead = parts.catalogue(draft.language, "refined.in_municipality", municipality=addition.municipality)
    return f"{text}\n\n{lead} {local.strip()}"


def _addition(draft: Draft, content: Content) -> LocalAddition | None:
    here = draft.place.municipality if draft.place else None
    return next((one for one in content.additions if one.municipality == here), None)
