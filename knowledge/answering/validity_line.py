"""From when on an answer holds, by which sections, and what about it is uncertain."""

from __future__ import annotations

from ..datatypes import Validity, ValidityStatus
from .draft import Draft, Parts
from .spoken_dates import spoken


def validity_line(draft: Draft, parts: Parts) -> str:
    passages = list(dict.fromkeys(citation.passage.id for citation in draft.citations))
    cited = {citation.passage.id: citation.passage for citation in draft.citations}
    laws = list(dict.fromkeys(law for key in passages for law in cited[key].laws))
    best = cited[passages[0]].validity
    line = _time_line(draft, parts, best)
    if laws:
        line += " " + parts.catalogue(draft.language, "validity.laws", laws=", ".join(laws[:4]))
    if best.status is not ValidityStatus.CURRENT:
        line += " " + parts.catalogue(draft.language, f"validity.{best.status.value}", note=best.note)
    return line


def _time_line(draft: Draft, parts: Parts, best: Validity) -> str:
    """From when on, until when or on which day it holds; what is proposed holds on none."""
    key, day = "line", draft.as_of
    if best.status is ValidityStatus.PROPOSED:
        key = "line_proposed"
    elif best.valid_to is not None and best.valid_to < draft.as_of:
        key, day = "line_over", best.valid_to
    elif best.valid_from is not None and best.valid_from > draft.as_of:
        key, day = "line_from", best.valid_from
    return parts.catalogue(draft.language, f"validity.{key}", date=spoken(day, parts.catalogue, draft.language))
