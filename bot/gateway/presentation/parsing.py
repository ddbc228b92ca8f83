"""Rasa's messages to what is shown. Everything that a channel needs is read here, once, and never again."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from ..errors import Unavailable
from ..rasa_client import RasaMessage
from .datatypes import Citation, Contact, Notice, Option, Shown, ShownAnswer, ShownText
from .words import Catalogue, Words

log = logging.getLogger(__name__)
NOTICE_KINDS = ("urgent", "child", "superseded_law", "privacy")
_DOUBTFUL = ("superseded", "uncertain", "proposed")
Json = Mapping[str, Any]


def parse(messages: Iterable[RasaMessage], catalogue: Catalogue) -> list[Shown]:
    """Raises Unavailable where knowledge can't be reached or nothing was said: the question is to be asked again."""
    shown = [one for message in messages if (one := _parsed(message, catalogue)) is not None]
    if not shown:
        log.error("rasa said nothing that can be shown")
        raise Unavailable
    return shown


def _parsed(message: RasaMessage, catalogue: Catalogue) -> Shown | None:
    kind = message.custom and message.custom.get("type")
    if kind == "unavailable":
        raise Unavailable
    if kind == "answer" and message.custom:
        return parse_answer(message.custom, catalogue)
    if not message.text:
        return None
    buttons = (Option(button.title, button.payload) for button in message.buttons or ())
    return ShownText(message.text, tuple(buttons))


def parse_answer(answer: Json, catalogue: Catalogue) -> ShownAnswer:
    """An Answer (docs/http-api.md). A part that is missing or of no use is left out: the rest still helps."""
    words = catalogue.words(_text(answer, "language"))
    citations = tuple(_citation(one, place, words) for place, one in enumerate(_objects(answer, "citations"), 1))
    validity_line = _text(answer, "validity_line") or _validity_line(answer, citations, words)
    return ShownAnswer(
        answer_id=_text(answer, "answer_id"),
        status=_text(answer, "status"),
        language=words.language,
        notices=_notices(answer, words),
        refined=_refined(answer, words),
        text=_text(answer, "text"),
        options=tuple(Option(_text(one, "label"), _text(one, "question")) for one in _objects(answer, "options")),
        validity_line=validity_line,
        doubts="" if _text(answer, "validity_line") else _doubts(citations, words),
        citations=citations,
        contacts=tuple(_contact(one, words) for one in _objects(answer, "contacts")),
        follow_ups=tuple(one for one in _list(answer, "follow_ups") if isinstance(one, str) and one.strip()),
    )


def _notices(answer: Json, words: Words) -> tuple[Notice, ...]:
    """Danger first. A kind of tomorrow is shown last, under the title of the calmest."""
    notices = []
    for one in _objects(answer, "notices"):
        kind = _text(one, "kind") if _text(one, "kind") in NOTICE_KINDS else "privacy"
        notices.append(Notice(kind, words(f"notice.{kind}"), _text(one, "text")))
    return tuple(sorted(notices, key=lambda notice: NOTICE_KINDS.index(notice.kind)))


def _refined(answer: Json, words: Words) -> str:
    refined = answer.get("refined_answer")
    if not isinstance(refined, Mapping):
        return ""
    date = words.date(_text(refined, "approved_at"))
    return words("refined", date=date) if date else words("refined_undated")


def _citation(one: Json, place: int, words: Words) -> Citation:
    validity = _text(one, "validity") if _text(one, "validity") in (*_DOUBTFUL, "current") else "uncertain"
    return Citation(
        n=n if isinstance(n := one.get("n"), int) else place,
        title=_text(one, "title"),
        publisher=_text(one, "publisher"),
        date=words.date(_text(one, "published")) or _text(one, "date") or words("undated"),
        url=_address(one),
        heading=_text(one, "heading"),
        quote=_text(one, "quote"),
        laws=tuple(str(law) for law in _list(one, "laws")),
        validity=validity,
        validity_text=_span(one, validity, words),
        validity_note=_text(one, "validity_note"),
    )


def _span(one: Json, validity: str, words: Words) -> str:
    parts = [words(f"validity.{validity}")]
    for key in ("valid_from", "valid_to"):
        if date := words.date(_text(one, key)):
            parts.append(words(key, date=date))
    return " ".join(parts)


def _validity_line(answer: Json, citations: tuple[Citation, ...], words: Words) -> str:
    date = words.date(_text(answer, "as_of"))
    if not citations or not date:
        return ""
    laws = list(dict.fromkeys(law for citation in citations for law in citation.laws))
    return " · ".join(filter(None, (words("valid_as_of", date=date), ", ".join(laws[:4]))))


def _doubts(citations: tuple[Citation, ...], words: Words) -> str:
    """Which sources are not plainly in force, and what to do about it."""
    said = []
    for validity in _DOUBTFUL:
        numbers = ", ".join(str(one.n) for one in citations if one.validity == validity)
        if numbers:
            said.append(words("doubt", reason=words(f"validity.{validity}"), numbers=numbers))
    return " ".join([*said, words("check_before_decision")]) if said else ""


def _contact(one: Json, words: Words) -> Contact:
    role, organisation = _text(one, "role"), _text(one, "organisation")
    checked_on = words.date(_text(one, "last_verified"))
    verified = bool(checked_on) and one.get("verification") != "overdue"
    key = "verified" if verified else "not_verified_since" if checked_on else "not_verified"
    return Contact(
        name=role or organisation,
        organisation=organisation if role else "",
        phone=_text(one, "phone"),
        email=_text(one, "email"),
        url=_address(one),
        address=_text(one, "address"),
        hours=_text(one, "hours"),
        checked=words(key, date=checked_on),
        verified=verified,
    )


def _address(one: Json) -> str:
    """Web addresses only: anything else in content must not become a link."""
    url = _text(one, "url")
    try:
        return url if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname else ""
    except ValueError:
        return ""


def _objects(values: Json, key: str) -> list[Json]:
    return [one for one in _list(values, key) if isinstance(one, Mapping)]


def _list(values: Json, key: str) -> list[Any]:
    value = values.get(key)
    return value if isinstance(value, list) else []


def _text(values: Json, key: str) -> str:
    value = values.get(key)
    return value.strip() if isinstance(value, str) else ""
