"""An answer as a person reads it, with what a channel makes of it undone: equal parts, equal answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.gateway.presentation.words import Catalogue, Words
from tests.sims.slack.read_back import read_back as read_slack
from tests.sims.teams.read_back import SourceRead, cards_of
from tests.sims.teams.read_back import read_back as read_teams

Json = dict[str, Any]
NOTICES = ("urgent", "child", "superseded_law", "privacy")  # the order of every channel
_TEAMS_LINK = re.compile(r"\[([^]]+)\]\((\S+)\)")


@dataclass(frozen=True, slots=True)
class Source:
    n: int
    title: str
    about: str  # publisher and date
    url: str
    quote: str
    doubt: str  # why it is not plainly in force, or empty
    note: str  # what the corpus says of that


@dataclass(frozen=True, slots=True)
class Parts:
    """`text` is in paragraphs."""

    text: tuple[str, ...]
    notices: tuple[tuple[str, str], ...]  # title, text
    refined: str
    validity_line: str
    citations: tuple[Source, ...]
    contacts: tuple[tuple[str, ...], ...]  # of each its details, as they stand
    follow_ups: tuple[str, ...]
    options: tuple[tuple[str, str], ...]  # what stands on it, what is asked


def of_web(answer: Json, catalogue: Catalogue) -> Parts:
    """As the widget shows the JSON."""
    words = catalogue.words(answer["language"])
    notices = sorted(answer["notices"], key=lambda notice: NOTICES.index(notice["kind"]))
    refined = answer["refined_answer"]
    return Parts(
        text=_paragraphs(answer["text"]),
        notices=tuple((words(f"notice.{notice['kind']}"), notice["text"]) for notice in notices),
        refined=words("refined", date=words.date(refined["approved_at"])) if refined else "",
        validity_line=answer["validity_line"],
        citations=tuple(_web_source(one, words) for one in answer["citations"]),
        contacts=tuple(_web_contact(one, words) for one in answer["contacts"]),
        follow_ups=tuple(answer["follow_ups"]),
        options=tuple((one["label"], one["question"]) for one in answer["options"]),
    )


def _web_source(one: Json, words: Words) -> Source:
    span = [words(f"validity.{one['validity']}")]
    span += [words(key, date=words.date(one[key])) for key in ("valid_from", "valid_to") if one[key]]
    doubtful = one["validity"] != "current"
    return Source(
        n=one["n"],
        title=one["title"],
        about=f"{one['publisher']} · {words.date(one['published']) or one['date'] or words('undated')}",
        url=one["url"],
        quote=_words(one["quote"]),
        doubt=" ".join(span) if doubtful else "",
        note=one["validity_note"] if doubtful else "",
    )


def _web_contact(one: Json, words: Words) -> tuple[str, ...]:
    checked_on = words.date(one["last_verified"])
    checked = "not_verified" if not checked_on else "verified"
    if one["verification"] == "overdue":
        checked = "not_verified_since"
    page = f"{words('web_page')} {one['url']}" if one["url"] else ""
    names = (one["role"], one["organisation"]) if one["role"] else (one["organisation"],)
    said = (*names, one["phone"], one["email"], page, one["address"], one["hours"], words(checked, date=checked_on))
    return _details(part for part in said if part)


def of_slack(messages: list[Json]) -> Parts:
    read = read_slack(messages)
    return Parts(
        text=_paragraphs(read.text),
        notices=tuple((title, text) for title, (_, text) in zip(read.notice_titles, read.notices, strict=True)),
        refined=read.refined,
        validity_line=read.validity_line,
        citations=tuple(
            Source(one.n, one.title, one.about, one.url, _words(one.quote), one.doubt, one.note)
            for one in read.citations
        ),
        contacts=tuple(tuple(one) for one in read.contacts),
        follow_ups=tuple(read.follow_ups),
        options=tuple(read.options),
    )


def of_teams(activities: list[Json]) -> Parts:
    read = read_teams(cards_of(activities))
    return Parts(
        text=_paragraphs(read.text),
        notices=tuple(read.notices),
        refined=read.refined,
        validity_line=read.validity_line,
        citations=tuple(_teams_source(one) for one in read.citations),
        contacts=tuple(_details(_TEAMS_LINK.sub(r"\1 \2", line) for line in lines) for lines in read.contacts),
        follow_ups=tuple(read.follow_ups),
        options=tuple(read.options),
    )


def _teams_source(one: SourceRead) -> Source:
    note = one.validity.partition(f": {one.doubt}. ")[2] if one.doubt else ""
    return Source(one.n, one.title, one.about, one.url, _words(one.quote), one.doubt, note)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(_words(paragraph) for paragraph in text.split("\n") if paragraph.strip())


def _words(text: str) -> str:
    """Blanks and line ends are the channel's: Slack quotes line by line, Teams in one block."""
    return " ".join(text.split())


def _details(lines: Iterable[str]) -> tuple[str, ...]:
    """One by one: each channel has other details beside one another on a line."""
    return tuple(detail for line in lines for detail in line.split(" · "))
