"""A long answer in two parts: what is shown at once, and what "Visa mer" shows."""

from __future__ import annotations

import re

# A sentence's end, with the marks of its citations before or after the full stop.
_END = re.compile(r"[.!?…](?:\*\*)?[)”\"]?(?:\s*\[\d{1,2}\])*(?=\s|\Z)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:kap|prop|st|art|dir|nr|ref|resp|ca|tel|dvs|osv|bl\.a|t\.ex|m\.m|m\.fl|s\.k|e\.g|i\.e|Dr|No)\.$",
    re.IGNORECASE,
)
_PARAGRAPH_END = re.compile(r"(?<=\S)(?=\s*\n\s*\n)")
_BOLD = "**"


def shorten(text: str, limit: int) -> tuple[str, str]:
    """(head, rest): the head is at most `limit` long, ends with a sentence and its citations; no word is lost.

    It ends with a paragraph where that leaves at least half of the limit: a channel that draws the parts one below the
    other then breaks no paragraph in two. A sentence that is longer than the limit is cut between two words.
    """
    if len(text) <= limit:
        return text, ""
    paragraphs = [found.end() for found in _PARAGRAPH_END.finditer(text, limit // 2, limit + 2) if found.end() <= limit]
    whole = [end for end in paragraphs if text[:end].count(_BOLD) % 2 == 0]
    if whole:
        return text[: whole[-1]], text[whole[-1] :].lstrip()
    ends = [found.end() for found in _END.finditer(text) if found.end() <= limit and _is_end(text, found)]
    if ends:
        return text[: ends[-1]].rstrip(), text[ends[-1] :].lstrip()
    return _between_words(text, limit)


def _is_end(text: str, found: re.Match[str]) -> bool:
    before = text[: found.start() + 1]
    return not _ABBREVIATION.search(before) and text[: found.end()].count(_BOLD) % 2 == 0


def _between_words(text: str, limit: int) -> tuple[str, str]:
    """Bold that is cut through is closed and opened again."""
    room = limit - len(_BOLD)
    cut = max(text.rfind(sign, 0, room + 1) for sign in " \n")
    if cut <= 0:
        cut = room
        if "[" in text[cut - 3 : cut] and "]" in text[cut : cut + 3]:
            cut = text.rfind("[", 0, cut)
    head, rest = text[:cut].rstrip(), text[cut:].lstrip()
    if head.count(_BOLD) % 2:
        return head + _BOLD, _BOLD + rest
    return head, rest
