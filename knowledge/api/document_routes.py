"""The routes of the documents. The index follows what they change, in a job of its own."""

from __future__ import annotations

import logging
import math
from typing import Annotated, Any

from fastapi import APIRouter, File, Query, Request, UploadFile

from ..bootstrap import Knowledge
from ..uploads import REFUSED, TAKEN, UNCHANGED, Upload
from .document_rendering import document_json, document_passage_json, job_json, outcome_json
from .document_requests import DocumentCollection, DocumentState, RetireRequest

log = logging.getLogger(__name__)
router = APIRouter(prefix="/api/documents")
UPLOADS = "/api/documents"
_PAGE = 50
_BY = "API"  # as the audit log names whoever has the token


@router.post("")
def upload(files: Annotated[list[UploadFile], File()], request: Request) -> dict[str, Any]:
    """Takes files into the library. Says of each what became of it; one that is refused stops none of the others."""
    knowledge = _knowledge(request)
    outcomes = knowledge.uploads.take([Upload(file.filename or "", file.file) for file in files], by=_BY)
    for outcome in outcomes:
        if outcome.outcome == REFUSED:
            log.info("an uploaded file was refused: %s", outcome.code)
    job = knowledge.upkeep.ask() if any(outcome.outcome == TAKEN for outcome in outcomes) else None
    return {
        "files": [outcome_json(outcome, knowledge.catalogue) for outcome in outcomes],
        "counts": {kind: sum(outcome.outcome == kind for outcome in outcomes) for kind in (TAKEN, UNCHANGED, REFUSED)},
        "job": job and job_json(job, knowledge.catalogue),
    }


@router.get("")
def documents(
    request: Request,
    state: DocumentState | None = None,
    collection: DocumentCollection | None = None,
    search: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> dict[str, Any]:
    """What documents there are, 50 a page."""
    found = _knowledge(request).document_catalogue.listed(
        collection=collection, state=state, search=search, limit=_PAGE, offset=(page - 1) * _PAGE
    )
    return {
        "documents": [document_json(entry) for entry in found.entries],
        "total": found.total,
        "page": page,
        "pages": math.ceil(found.total / _PAGE),
    }


@router.get("/jobs/{job_id}")
def job(job_id: str, request: Request) -> dict[str, Any]:
    """How far the index is with what was changed."""
    knowledge = _knowledge(request)
    return job_json(knowledge.upkeep.job(job_id), knowledge.catalogue)


@router.get("/{document_id}")
def document(document_id: str, request: Request, version: str | None = None) -> dict[str, Any]:
    """One document with its passages and its versions; `version` shows an earlier one's passages."""
    catalogue = _knowledge(request).document_catalogue
    versions = catalogue.versions(document_id)
    passages = catalogue.passages_of(document_id, version or versions[0].version)
    shown = next(entry for entry in versions if version in (None, entry.version))
    return {
        "document": document_json(shown),
        "passages": [document_passage_json(passage) for passage in passages],
        "versions": [document_json(entry) for entry in versions],
    }


@router.post("/{document_id}/retire")
def retire(document_id: str, body: RetireRequest, request: Request) -> dict[str, Any]:
    """Takes a document of the library out of what is searched, at once."""
    knowledge = _knowledge(request)
    knowledge.document_catalogue.retire(document_id, body.why, by=_BY)
    return _changed(document_id, knowledge)


@router.post("/{document_id}/restore")
def restore(document_id: str, request: Request) -> dict[str, Any]:
    """Puts a retired document back."""
    knowledge = _knowledge(request)
    knowledge.document_catalogue.restore(document_id, by=_BY)
    return _changed(document_id, knowledge)


def _changed(document_id: str, knowledge: Knowledge) -> dict[str, Any]:
    job = knowledge.upkeep.ask()
    newest = knowledge.document_catalogue.versions(document_id)[0]
    return {"document": document_json(newest), "job": job_json(job, knowledge.catalogue)}


def _knowledge(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge
