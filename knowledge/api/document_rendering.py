"""Documents, what became of uploaded files, and jobs to the JSON of the contracts (docs/http-api.md)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..answering.texts import Catalogue
from ..datatypes import Passage
from ..ingestion.remedies import REMEDIES
from ..store.document_catalogue import DocumentEntry
from ..store.index_jobs import FAILED, IndexJob
from ..uploads import Outcome
from .rendering import validity_json


def document_json(entry: DocumentEntry) -> dict[str, Any]:
    return {
        "document_id": entry.id,
        "version": entry.version,
        "collection": entry.collection,
        "title": entry.title,
        "state": entry.state,
        "origin": entry.origin,
        "passages": entry.passages,
        "stored_at": _moment(entry.stored_at),
        "replaced_at": entry.replaced_at and entry.replaced_at.isoformat(),
        "retired_at": _moment(entry.retired_at),
        "retired_why": entry.retired_why,
    }


def document_passage_json(passage: Passage) -> dict[str, Any]:
    return {
        "passage_id": passage.id,
        "passage_version": passage.version,
        "heading": passage.heading,
        "text": passage.text,
        "laws": list(passage.laws),
        "urls": [source.url for source in passage.sources],
    } | validity_json(passage.validity)


def job_json(job: IndexJob, catalogue: Catalogue) -> dict[str, Any]:
    """`text` is there where it failed: what that means and what to do."""
    failed = job.state == FAILED
    return {
        "job_id": job.id,
        "state": job.state,
        "asked_at": _moment(job.asked_at),
        "ended_at": _moment(job.ended_at),
        "done": job.done,
        "total": job.total,
        "error": job.error or None,
        "text": catalogue("sv", "upload.not_indexed") if failed else None,
        "text_en": catalogue("en", "upload.not_indexed") if failed else None,
    }


def outcome_json(outcome: Outcome, catalogue: Catalogue) -> dict[str, Any]:
    """What became of a file, with the remedy where it was refused."""
    notes = {"sv": REMEDIES.get(outcome.code, REMEDIES["corrupt"]), "en": outcome.problem}
    texts = {language: catalogue(language, f"upload.{outcome.outcome}", note=note) for language, note in notes.items()}
    return {
        "name": outcome.name,
        "outcome": outcome.outcome,
        "code": outcome.code or None,
        "document_id": outcome.document_id,
        "text": texts["sv"],
        "text_en": texts["en"],
        "remark": outcome.remark or None,
    }


def _moment(utc: dt.datetime | None) -> str | None:
    return utc.replace(tzinfo=dt.UTC).isoformat() if utc else None
