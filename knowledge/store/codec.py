"""Documents and passages to JSON values and back."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from ..datatypes import Attribution, Document, FollowUp, Passage, Source, Validity, ValidityStatus


def passage_to_json(passage: Passage) -> dict[str, Any]:
    value = asdict(passage)
    if not passage.attributions:
        del value["attributions"]  # a library has a passage of one source a thousand times over
    validity = value["validity"]
    for end in ("valid_from", "valid_to"):
        validity[end] = validity[end].isoformat() if validity[end] else None
    return value


def passage_from_json(value: dict[str, Any]) -> Passage:
    validity = value["validity"]
    fields: dict[str, Any] = {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
    fields["sources"] = tuple(Source(**source) for source in value["sources"])
    fields["attributions"] = tuple(
        Attribution(sentence, tuple(places)) for sentence, places in value.get("attributions", ())
    )
    fields["validity"] = Validity(
        ValidityStatus(validity["status"]), validity["note"], _day(validity["valid_from"]), _day(validity["valid_to"])
    )
    return Passage(**fields)


def document_to_json(document: Document) -> dict[str, Any]:
    value = asdict(document)
    del value["passages"]  # rows of their own
    return value


def document_from_json(value: dict[str, Any], passages: tuple[Passage, ...]) -> Document:
    follow_ups = tuple(FollowUp(**item) for item in value["follow_ups"])
    return Document(**{**value, "topics": tuple(value["topics"]), "follow_ups": follow_ups, "passages": passages})


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
