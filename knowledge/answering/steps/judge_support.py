"""Do the passages support an answer? Without support there is none (docs/adr/0006). And do they say what is asked?"""

from __future__ import annotations

import re
from dataclasses import replace

from ...datatypes import SearchResult, Status
from ..draft import Draft, Parts
from ..law_notices import stood_then
from ..selection import meets_the_question
from ..spoken_dates import spoken
from ..wishes import asks_for_number
from .find_section import is_supported

# Of a question for a number that its passages leave uncovered: it is likely someone else's number that they hold.
_NAMED_FROM = 0.6
_WORD = re.compile(r"[^\W\d_]{2}")
_BY_ADDRESS = 0.95  # a section that is named is the one that is meant, but for slips of the pen


def run(draft: Draft, parts: Parts) -> None:
    found, by_address = draft.found, bool(draft.sections) or draft.key_found
    if found is not None and draft.usable:
        found = replace(found, kept=draft.usable)
        draft.confidence = parts.support.probability(found)
        draft.closest_only = not by_address and not _says_it(draft, parts, found)
    if by_address:
        draft.confidence = max(draft.confidence, _BY_ADDRESS)
    draft.supported = draft.confidence >= parts.support.answered_from
    if draft.supported or draft.urgent:
        return
    draft.rejected = [
        replace(scored, reason=scored.reason or "no support") for scored in (*draft.usable, *draft.rejected)
    ]
    if draft.not_yet and is_supported(draft, parts, draft.not_yet):
        day = spoken(draft.as_of, parts.catalogue, draft.language)
        since = min(scored.passage.validity.valid_from or draft.as_of for scored in draft.not_yet[:1])
        text = parts.catalogue(
            draft.language,
            "refusal.not_then",
            day=day,
            stood=stood_then(draft, parts),
            since=spoken(since, parts.catalogue, draft.language),
        )
        draft.end(Status.NO_SUPPORT, " ".join(text.split()), "not_then")
        return
    says_something = _WORD.search(draft.question.text) is not None  # digits alone, "1234567", are of no subject
    in_subject = (says_something and draft.confidence >= parts.support.subject_from) or draft.place is not None
    status = Status.NO_SUPPORT if in_subject else Status.OUT_OF_SCOPE
    draft.end(status, parts.catalogue(draft.language, f"refusal.{status.value}"), status.value)


def _says_it(draft: Draft, parts: Parts, found: SearchResult) -> bool:
    """Whether the passages say what is asked, and not only something near it."""
    if asks_for_number(draft.question.text) and found.covered < _NAMED_FROM:
        return False
    return meets_the_question(found.kept[0]) or parts.support.says_it(found)
