"""An answer as a person reads it, with what a channel makes of it undone: equal parts, equal answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

from bot.gateway.presentation.words import Catalogue, Words
from tests.sims.slack.read_back import read_back as read_slack
from tests.sims.teams.read_back import cards_of
from tests.sims.teams.read_back import read_back as read_teams

Json = dict[str, Any]
NOTICES = ("urgent", "child", "superseded_law", "privacy")  # the order of every channel
_WEB_LINK = re.compile(r"\[([^]]+)\]\((\S+)\)")


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
    contacts: tuple[tuple[str, ...], ...]  # name, organisation, ways to reach it, where and when, whether checked
    follow_ups: tuple[str, ...]
    options: tuple[tuple[str, str], ...]  # what stands on it, what is asked

    def differing(self, other: Parts) -> list[str]:
        """The names of the parts that are not the same."""
        return [one.name for one in fields(self) if getattr(self, one.name) != getattr(other, one.name)]


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
        quote=_line(one["quote"]),
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
    return _items(" · ".join(part for part in said if part))


def of_slack(messages: list[Json]) -> tuple[Parts, str]:
    """And the key of the answer, where it can be judged."""
    read = read_slack(messages)
    words = Catalogue().words("en" if _is_english(messages) else "sv")
    return Parts(
        text=_paragraphs(read.text),
        notices=tuple((words(f"notice.{kind}"), text) for kind, text in read.notices),
        refined=read.refined,
        validity_line=read.validity_line or read.doubts,
        citations=tuple(
            Source(one.n, one.title, one.about, one.url, _line(one.quote), one.doubt, one.note)
            for one in read.citations
        ),
        contacts=tuple(tuple(one) for one in read.contacts),
        follow_ups=tuple(read.follow_ups),
        options=tuple(read.options),
    ), read.answer_id
