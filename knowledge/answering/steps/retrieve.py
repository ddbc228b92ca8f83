"""Asks the index."""

from __future__ import annotations

import re
from collections.abc import Callable

from ...datatypes import Passage, ScoredPassage, SearchResult
from ..draft import Draft, Parts
from ..follow_ups import context_if_unsure, leans_openly
from ..wishes import asks_whom_to_call

PASSAGES_ASKED = 10
_FAMILY = re.compile(r"famil", re.IGNORECASE)  # may have children, though none is named
_AS_NEAR = 0.92  # of the best score
# "med" and "utan" are nearly one to the search, and to the law they are everything.
_LACKS_RIGHT = re.compile(
    r"\b(?:utan|saknar|saknade|(?:inte|aldrig|ej) ha\w*|ha\w* (?:inte|aldrig|ej|ingen)) (?:någon )?uppehållsrätt"
    r"|\b(?:without|no|lacks?|lacking|not have|n't have)(?: a| the| any)? right of residence",
    re.IGNORECASE,
)
_WITH_RIGHT = re.compile(r"\bmed uppehållsrätt")
_CARD = r"(?:EU-?\s?kort\w*|EHIC|blå(?:tt)? kort|europeiskt sjukförsäkringskort)"
_NAMES_CARD = re.compile(rf"\b{_CARD}", re.IGNORECASE)
_LACKS_CARD = re.compile(
    rf"\b(?:utan|saknar|saknade|(?:inte|aldrig|ej) ha\w*|ha\w* (?:inte|aldrig|ej|ingen|inget)|without|no|lacks?|"
    rf"lacking|not have|n't have) (?:något |sitt |giltigt |an? |the |any )?{_CARD}",
    re.IGNORECASE,
)
_ON_THE_CARD = re.compile(r"\b(?:med|täcker|ger) EU-kort", re.IGNORECASE)
_WITHOUT_CARD = re.compile(r"\b(?:utan|saknar) EU-kort")
_SURE_ALONE = 0.95  # of a question that points at something: it finds what it means without what it points at
_PLACEHOLDER = re.compile(r"\[[a-zåäö -]+\]")  # what redaction has left, "[namn]": no word of the question


def run(draft: Draft, parts: Parts) -> None:
    text, context = draft.question.text, draft.context
    if draft.same_elsewhere and context is not None:
        # The place is known (find_place); searched for, its name would find what is about the place.
        text, context = context, None
    if asks_whom_to_call(text):
        # The table of contacts knows the place; here "Malmö" would find what Malmö does, whatever the call is about.
        text = parts.contacts.without_place(text)
    asked = _PLACEHOLDER.sub(" ", text)
    draft.found = parts.retriever.search(
        asked, PASSAGES_ASKED, context=context, leans_openly=leans_openly(draft.question.text)
    )
    if draft.context is None:
        draft.found = _with_what_went_before(draft, parts, asked, draft.found)
    # Answers are made of curated passages alone: the library's (no topic of ours) are found and shown by search.
    usable = tuple(scored for scored in draft.found.kept if scored.passage.topics)
    if not draft.concerns_child and not _FAMILY.search(text):
        usable = _led_by(usable, lambda passage: not passage.concerns_child)  # where no child is spoken of
    if _LACKS_RIGHT.search(draft.found.read_as):
        usable = _led_by(usable, lambda passage: not _WITH_RIGHT.search(passage.heading))
    if usable and _ON_THE_CARD.search(usable[0].passage.heading) and _lacks_card(text, draft.context):
        usable = _led_by(usable, lambda passage: _WITHOUT_CARD.search(passage.heading) is not None)
    draft.usable = usable
    draft.rejected = list(draft.found.rejected)


def _lacks_card(text: str, context: str | None) -> bool:
    """ "Hon saknade EU-kort." "Och om hon är gravid?" speaks of no card still; "och om hon har EU-kort?" does not."""
    said = text if context is None or _NAMES_CARD.search(text) else f"{context} {text}"
    return _LACKS_CARD.search(said) is not None


def _with_what_went_before(draft: Draft, parts: Parts, text: str, alone: SearchResult) -> SearchResult:
    """A longer question that points at something ("sedan det nått henne") leans where it finds nothing sure alone."""
    context = context_if_unsure(text, draft.question.history)
    if context is None or (sure := parts.support.probability(alone)) >= _SURE_ALONE:
        return alone
    together = parts.retriever.search(text, PASSAGES_ASKED, context=context, leans_openly=False)
    if parts.support.probability(together) < max(sure, parts.support.answered_from):
        return alone
    draft.context = context
    return together


def _led_by(usable: tuple[ScoredPassage, ...], of_them: Callable[[Passage], bool]) -> tuple[ScoredPassage, ...]:
    """A passage on others than those who are spoken of does not lead over one on them that fits as well."""
    if not usable or of_them(usable[0].passage):
        return usable
    near = (scored for scored in usable if scored.score >= usable[0].score * _AS_NEAR)
    other = next((scored for scored in near if of_them(scored.passage)), None)
    return usable if other is None else (other, *(scored for scored in usable if scored is not other))
