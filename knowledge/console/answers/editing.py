"""What the buttons of the form do to what is written: sources and local additions come, go and change places."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ...datatypes import Passage
from ...refinement.datatypes import LocalAddition, RefinedCitation
from .form import Written

_MARK = re.compile(r"[ \t]?\[(\d{1,2})\]")
_QUOTE_LIMIT = 600  # characters; longer, and nobody reads what the answer rests on


def with_citation(written: Written, passage: Passage) -> Written:
    """The passage as the last source. Its topics come along, since an answer counts for what it rests on."""
    if any(one.passage_id == passage.id and one.passage_version == passage.version for one in written.citations):
        return written
    url = passage.sources[0].url if passage.sources else ""
    cited = RefinedCitation(passage.id, passage.version, url, quote_of(passage.text))
    topics = tuple(dict.fromkeys((*written.topics, *passage.topics)))
    return replace(written, citations=(*written.citations, cited), topics=topics)


def without_citation(written: Written, n: int) -> Written:
    """Its marks leave the text, and those behind it count one less."""
    left = tuple(one for place, one in enumerate(written.citations, 1) if place != n)
    return _renumbered(replace(written, citations=left), lambda mark: None if mark == n else mark - (mark > n))


def with_citation_up(written: Written, n: int) -> Written:
    """Changes places with the one before; the marks in the text follow."""
    if not 2 <= n <= len(written.citations):
        return written
    cited = list(written.citations)
    cited[n - 2], cited[n - 1] = cited[n - 1], cited[n - 2]
    moved = {n: n - 1, n - 1: n}
    return _renumbered(replace(written, citations=tuple(cited)), lambda mark: moved.get(mark, mark))


def with_addition(written: Written) -> Written:
    return replace(written, additions=(*written.additions, LocalAddition("", "")))


def without_addition(written: Written, n: int) -> Written:
    return replace(written, additions=tuple(one for place, one in enumerate(written.additions, 1) if place != n))


def quote_of(text: str) -> str:
    """The passage, or its beginning up to the end of a sentence. The editor shortens it further."""
    if len(text) <= _QUOTE_LIMIT:
        return text
    head = text[:_QUOTE_LIMIT]
    end = max(head.rfind(". "), head.rfind(".\n"))
    return head[: end + 1] if end > 0 else head.rsplit(" ", 1)[0]


def _renumbered(written: Written, number: Callable[[int], int | None]) -> Written:
    def text(given: str) -> str:
        return _MARK.sub(mark, given)

    def mark(found: re.Match[str]) -> str:
        new = number(int(found[1]))
        return "" if new is None else found[0].replace(f"[{found[1]}]", f"[{new}]")

    return replace(
        written,
        wordings=tuple(replace(one, text=text(one.text)) for one in written.wordings),
        additions=tuple(replace(one, text=text(one.text), text_en=text(one.text_en)) for one in written.additions),
    )
