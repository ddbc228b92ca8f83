"""The widget's view of an answer, taken apart for a template as bot/gateway/widget/ does it in the browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .markup import Line, openable, web_lines

_NOTICES = ("urgent", "child", "superseded_law", "privacy")
_SENTENCE_END = re.compile(r"[.!?](?:\s*\[\d{1,2}\])*(?=\s+[\"”(]?[^\W\d_a-zåäöéü])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:kap|prop|st|art|dir|nr|ref|resp|ca|tel|dvs|osv|bl\.a|t\.ex|m\.m|m\.fl|s\.k|e\.g|i\.e|Dr|No)\.$",
    re.IGNORECASE,
)
_BOLD_LEAD = re.compile(r"\*\*[^*]+?(?:[.!?]\*\*|\*\*(?=\n))(?:\s*\[\d{1,2}\])*")
_LEAD_MAX = 260


@dataclass(frozen=True, slots=True)
class WebAnswer:
    """The parts in the order of every channel. `answer` is the JSON that they were made of."""

    answer: dict[str, Any]
    notices: tuple[dict[str, Any], ...]
    lead: tuple[Line, ...]
    paragraphs: tuple[tuple[Line, ...], ...]
    sources: tuple[dict[str, Any], ...]


def web_answer(answer: dict[str, Any]) -> WebAnswer:
    numbers = frozenset(int(citation["n"]) for citation in answer["citations"])
    lead, rest = split_lead(str(answer["text"]))
    parts = [part.strip() for part in re.split(r"\n\s*\n", rest) if part.strip()]
    return WebAnswer(
        answer=answer,
        notices=tuple(sorted(answer["notices"], key=_place_of)),
        lead=web_lines(lead, numbers) if lead else (),
        paragraphs=tuple(web_lines(part, numbers) for part in parts),
        sources=tuple(_source(citation) for citation in answer["citations"]),
    )


def split_lead(text: str) -> tuple[str, str]:
    """The first sentence (the conclusion) and the rest; a first sentence too long to lead stays in the text."""
    if bold := _BOLD_LEAD.match(text):
        return bold[0], text[bold.end() :].lstrip()
    first = text.split("\n", 1)[0]
    for end in _SENTENCE_END.finditer(first):
        if _ABBREVIATION.search(first[: end.start() + 1]):
            continue
        short = end.end() <= _LEAD_MAX
        return (text[: end.end()], text[end.end() :].lstrip()) if short else ("", text)
    return (first, text[len(first) :].lstrip()) if len(first) <= _LEAD_MAX else ("", text)


def _place_of(notice: dict[str, Any]) -> int:
    return _NOTICES.index(notice["kind"]) if notice["kind"] in _NOTICES else len(_NOTICES)


def _source(citation: dict[str, Any]) -> dict[str, Any]:
    url = openable(citation["url"])
    return citation | {"url": url, "site": re.sub(r"^www\.", "", urlsplit(url).hostname or "")}
