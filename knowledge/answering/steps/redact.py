"""Takes personal data out of the question. From here on nobody has the original."""

from __future__ import annotations

from dataclasses import replace

from ..draft import Draft, Parts


def run(draft: Draft, parts: Parts) -> None:
    redaction = parts.detectors.privacy.redact(draft.question.text)
    history = tuple(parts.detectors.privacy.redact(earlier).text for earlier in draft.question.history)
    draft.question = replace(draft.question, text=redaction.text, history=history)
    draft.removed = tuple(redaction.kinds)
