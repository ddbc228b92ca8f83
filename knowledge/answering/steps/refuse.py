"""Plain refusals: what is no question to this service, whatever its words. Danger is never refused."""

from __future__ import annotations

from ...datatypes import Status
from ..detectors.elsewhere import elsewhere
from ..draft import Draft, Parts

# In the subject, but not for a machine to answer: these lead to a human being.
_NEAR = frozenset({"individual_case", "personal_data_request"})


def run(draft: Draft, parts: Parts) -> None:
    if draft.danger is not None and draft.danger.level != "none":
        return
    conduct: str = parts.detectors.conduct.assess(draft.question.text)
    if conduct == "ok" and draft.spoken_language == "other":
        conduct = "language"
    if conduct == "ok" and not draft.question.history:
        place = elsewhere(draft.question.text)
        conduct = "ok" if place == "here" else place
    if conduct == "ok":
        return
    status = Status.NO_SUPPORT if conduct in _NEAR else Status.OUT_OF_SCOPE
    draft.end(status, parts.catalogue(draft.language, f"refusal.{conduct}"), conduct)
