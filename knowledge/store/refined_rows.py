"""Refined answers to rows and back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import RowMapping

from ..refinement.datatypes import (
    Content,
    LiveAnswer,
    LocalAddition,
    Person,
    RefinedAnswer,
    RefinedCitation,
    Row,
    State,
    Version,
    Wording,
)
from .times import aware, utc

_DAYS = ("valid_from", "valid_to", "next_review")


def content_to_json(content: Content) -> dict[str, Any]:
    return {
        "wordings": [
            {"language": one.language, "question": one.question, "text": one.text, "phrasings": list(one.phrasings)}
            for one in content.wordings
        ],
        "citations": [
            {
                "passage_id": one.passage_id,
                "passage_version": one.passage_version,
                "source_url": one.source_url,
                "quote": one.quote,
            }
            for one in content.citations
        ],
        "additions": [
            {"municipality": one.municipality, "text": one.text, "text_en": one.text_en} for one in content.additions
        ],
        "topics": list(content.topics),
    } | {name: day.isoformat() if (day := getattr(content, name)) else None for name in _DAYS}


def content_from_json(value: dict[str, Any]) -> Content:
    days = {name: dt.date.fromisoformat(value[name]) if value[name] else None for name in _DAYS}
    return Content(
        wordings=tuple(Wording(**{**one, "phrasings": tuple(one["phrasings"])}) for one in value["wordings"]),
        citations=tuple(RefinedCitation(**one) for one in value["citations"]),
        additions=tuple(LocalAddition(**one) for one in value["additions"]),
        topics=tuple(value["topics"]),
        **days,
    )


def head_row(answer: RefinedAnswer, by: str, at: dt.datetime) -> dict[str, Any]:
    shown = (answer.live or answer.newest).content
    contents = {version.n: version.content for version in (answer.newest, answer.live) if version}.values()
    return {
        "id": answer.id,
        "revision": answer.revision,
        "question": answer.newest.content.question,
        "words": "\n".join(_words(content) for content in contents).lower(),
        "state": answer.newest.state.value,
        "live_version": answer.live and answer.live.n,
        "valid_from": shown.valid_from,
        "valid_to": shown.valid_to,
        "next_review": shown.next_review,
        "topics": list(shown.topics),
        "municipalities": [one.municipality for one in shown.additions],
        "from_answer": answer.from_answer,
        "inbox_item": answer.inbox_item,
        "created_at": utc(answer.created_at),
        "changed_at": utc(at),
        "changed_by": by,
    }


def _words(content: Content) -> str:
    wordings = [text for one in content.wordings for text in (one.question, *one.phrasings, one.text)]
    return "\n".join([*wordings, *(text for one in content.additions for text in (one.municipality, one.text))])


def version_row(key: str, version: Version) -> dict[str, Any]:
    return {
        "answer_id": key,
        "n": version.n,
        "state": version.state.value,
        "content": content_to_json(version.content),
        "written_by": version.written_by.id,
        "written_by_name": version.written_by.name,
        "written_at": utc(version.written_at),
        "editors": list(version.editors),
        "decided_by": version.decided_by and version.decided_by.id,
        "decided_by_name": version.decided_by and version.decided_by.name,
        "decided_at": version.decided_at and utc(version.decided_at),
        "comment": version.comment,
        "reason_for_breaks": version.reason_for_breaks,
    }


def version_from(row: RowMapping) -> Version:
    return Version(
        n=row["n"],
        state=State(row["state"]),
        content=content_from_json(row["content"]),
        written_by=Person(row["written_by"], row["written_by_name"]),
        written_at=aware(row["written_at"]),
        editors=tuple(row["editors"]),
        decided_by=Person(row["decided_by"], row["decided_by_name"]) if row["decided_by"] else None,
        decided_at=aware(row["decided_at"]) if row["decided_at"] else None,
        comment=row["comment"],
        reason_for_breaks=row["reason_for_breaks"],
    )


def live_from(row: RowMapping) -> LiveAnswer:
    version = version_from(row)
    return LiveAnswer(
        row["answer_id"],
        version.n,
        version.content,
        version.decided_at or version.written_at,
        version.decided_by or version.written_by,
    )


def list_row(row: RowMapping) -> Row:
    return Row(
        id=row["id"],
        question=row["question"],
        state=State(row["state"]),
        is_live=row["live_version"] is not None,
        live_version=row["live_version"],
        topics=tuple(row["topics"]),
        municipalities=tuple(row["municipalities"]),
        valid_to=row["valid_to"],
        next_review=row["next_review"],
        changed_by=row["changed_by"],
        changed_at=aware(row["changed_at"]),
    )
