"""The proof of one answer as text and as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ..clock import in_sweden
from ..store.answer_records import AnswerRecord, CitedPassage

_STATUSES = {
    "answered": "besvarad",
    "urgent": "besvarad, med fara",
    "clarify": "motfråga",
    "no_support": "utan stöd",
    "out_of_scope": "utanför området",
    "handed_over": "överlämnad till rådgivare",
}
_RATINGS = {"up": "hjälpte", "down": "hjälpte inte"}


def proof_lines(record: AnswerRecord) -> Iterator[str]:
    yield f"Svar {record.id}"
    yield f"  När        {_time(record.asked_at)}, per {record.as_of}"
    yield f"  Kanal      {record.channel}"
    yield f"  Samtal     {record.conversation_id or '–'}"
    yield f"  Kommun     {record.municipality or '–'}"
    reason = f" ({record.reason})" if record.reason else ""
    yield f"  Utfall     {_STATUSES.get(record.status, record.status)}{reason}, säkerhet {record.confidence:.2f}"
    yield from _of_approval(record)
    yield from ("", "Fråga (utan personuppgifter)", *_indented(record.question), "", "Svar")
    yield from (line for notice in record.notices for line in _indented(f"! {notice}"))
    yield from _indented(record.text)
    for cited in record.citations:
        yield from _of_source(cited)
    for one in record.feedback:
        why = f": {', '.join(one.reasons)}" if one.reasons else ""
        comment = f" – {one.comment}" if one.comment else ""
        yield from ("", f"Omdöme {_time(one.given_at)}: {_RATINGS.get(one.rating, one.rating)}{why}{comment}")
    for asked in record.handovers:
        yield from ("", f"Överlämnad {_time(asked.asked_at)}: {asked.reference} ({asked.state})")


def _of_approval(record: AnswerRecord) -> Iterator[str]:
    if one := record.approval:
        yield f"  Granskat   {one.refined_id}, version {one.version}, skriven av {one.written_by}"
        comment = f": {one.comment}" if one.comment else ""
        yield f"  Godkänt    av {one.decided_by}, {_time(one.decided_at) if one.decided_at else '–'}{comment}"


def _of_source(cited: CitedPassage) -> Iterator[str]:
    yield from ("", f"Källa [{cited.n}] {cited.title}".rstrip())
    yield f"  Avsnitt    {cited.passage_id}, version {cited.version}"
    yield f"  Adress     {cited.url}"
    if not cited.is_stored:
        yield "  Versionen finns inte kvar i databasen. Citatet nedan är det som visades."
    else:
        yield f"  Utgivare   {cited.publisher}, {cited.date}"
        yield f"  Gäller     {cited.valid_from or 'utan startdatum'} – {cited.valid_to or 'tills vidare'}"
        yield f"  Ersatt     {cited.replaced_at or 'nej, versionen används nu'}"
    yield f"  Citat      {cited.quote}"
    if cited.text:
        yield from ("  Avsnittets text då", *_indented(cited.text, 4))


def proof_json(record: AnswerRecord) -> dict[str, Any]:
    value: dict[str, Any] = _plain(asdict(record))
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=dt.UTC).isoformat()
    return value.isoformat() if isinstance(value, dt.date) else value


def _time(utc: dt.datetime) -> str:
    return f"{in_sweden(utc):%Y-%m-%d kl. %H.%M}"


def _indented(text: str, by: int = 2) -> Iterator[str]:
    return (f"{' ' * by}{line}".rstrip() for line in text.splitlines())
