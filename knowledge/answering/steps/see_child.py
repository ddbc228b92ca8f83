"""Does the question concern a child?"""

from __future__ import annotations

from ..detectors.child import concerns_child
from ..draft import Draft, Parts


def run(draft: Draft, parts: Parts) -> None:
    draft.concerns_child = concerns_child(draft.question.text)
