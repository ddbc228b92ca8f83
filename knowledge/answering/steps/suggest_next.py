"""Two or three questions that this official would likely ask next."""

from __future__ import annotations

from ...datatypes import Status
from ..draft import Draft, Parts

SUGGESTIONS = 3


def run(draft: Draft, parts: Parts) -> None:
    if draft.status not in (Status.ANSWERED, Status.URGENT) or not draft.citations:
        return
    cited = draft.citations[0].passage
    document = parts.documents.get(cited.document_id)
    asked = draft.question.text.strip().lower().rstrip("?")
    suggestions: list[str] = []
    if document is not None:
        suggestions += [item.sv if draft.language == "sv" else item.en for item in document.follow_ups]
    if draft.language == "sv":
        used = {citation.passage.id for citation in draft.citations}
        suggestions += [scored.passage.heading for scored in draft.usable[1:4] if scored.passage.id not in used]
    draft.follow_ups = tuple(dict.fromkeys(s for s in suggestions if s.lower().rstrip("?") != asked))[:SUGGESTIONS]
