"""Why an answer is judged wrong, read from the user's own words."""

from __future__ import annotations

import re
from typing import Final

# In the order of the reason list of knowledge; the first that fits is the reason.
REASONS: Final[dict[str, re.Pattern[str]]] = {
    "quote_mismatch": re.compile(r"citat|\bquote|står inte så"),
    "mixed_up": re.compile(r"bland\w* ihop|\bmix"),
    "missing_source": re.compile(r"käll|\bsource|\blänk|\blink\b"),
    "missing_information": re.compile(
        r"saknar?s? (en )?viktig|viktig\w* uppgift\w* saknas|ofullständig|missing information|information is missing"
    ),
    "outdated": re.compile(r"utgång|inaktuell|gammal|gamla|datum|\bdate|inte längre|out of date|outdated|no longer"),
    "partly_wrong": re.compile(r"\bdelvis|\bpartly"),
    "other": re.compile(r"\bannat|something else"),
}


def reason_in(words: str) -> str | None:
    """The reason that the words give, or None where they give none."""
    lowered = words.casefold()
    return next((reason for reason, pattern in REASONS.items() if pattern.search(lowered)), None)
