"""Questions that ask what came in the place of a section."""

from __future__ import annotations

import re

_SUCCESSOR = re.compile(
    r"\b(?:motsvar\w*|ersatt\w*|ersätt\w*|efterträd\w*|(?:ny|nytt|nya) (?:paragraf\w*|lagrum\w*|nummer|beteckning)|"
    r"heter\b.*\bnu|hette|blev|var (?:står|finns)\b.*\bnu|successor|equivalent|replaced|new (?:section|number)s?)\b",
    re.IGNORECASE,
)


def asks_for_successor(question: str) -> bool:
    """ "Vad motsvarar 4 kap. 1 § i nya SoL?" asks where a section went, and not what it says."""
    return _SUCCESSOR.search(question) is not None
