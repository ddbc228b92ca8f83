"""Files into the library: each with what became of it, and how far the index is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, File, Request, Response, UploadFile

from ...ingestion.remedies import REMEDIES
from ...store.index_jobs import FAILED, IndexJob
from ...uploads import REFUSED, TAKEN, TOGETHER_AT_MOST, Outcome, Upload
from ..access.gate import allowed
from ..access.permissions import Permission, Person
from ..pages import language_of, page
from .address import PATH

if TYPE_CHECKING:
    from ...bootstrap import Knowledge

UPLOADS = f"{PATH}/upload"
router = APIRouter()
Reader = Annotated[Person, Depends(allowed(Permission.READ_DOCUMENTS))]
Editor = Annotated[Person, Depends(allowed(Permission.MANAGE_DOCUMENTS))]
_ENDINGS = ".pdf,.docx,.html,.htm,.md,.txt,.vtt,.srt,.yml"  # what the file dialog offers; the readers decide


@router.get("/upload")
def form(request: Request, person: Editor) -> Response:
    return _form(request, person)


@router.post("/upload", max_body_size=TOGETHER_AT_MOST)
def upload(request: Request, person: Editor, files: Annotated[list[UploadFile], File()] = []) -> Response:  # noqa: B006
    """Whatever is wrong with one file stops none of the others."""
    knowledge = _knowledge(request)
    # A browser sends one without a name where none was chosen.
    chosen = [Upload(file.filename, file.file) for file in files if file.filename]
    if not chosen:
        return _form(request, person, 422, problem="documents.upload.none_chosen")
    outcomes = knowledge.uploads.take(chosen, by=person.id)
    counts = {kind: sum(one.outcome == kind for one in outcomes) for kind in (TAKEN, REFUSED)}
    return page(
        request,
        "documents/uploaded.html",
        person,
        outcomes=[(one, _told(request, one)) for one in outcomes],
        counts=counts,
        job=knowledge.upkeep.ask() if counts[TAKEN] else None,
    )


@router.get("/jobs/{key}")
def job(request: Request, person: Reader, key: str) -> Response:
    """How far the index is. Its script asks for this page again until the job has ended."""
    found = _knowledge(request).upkeep.job(key)
    return page(request, "documents/job.html", person, job=found, share=share(found))


def share(job: IndexJob) -> int | None:
    """Per cent; None until it is known of how much."""
    return 100 * job.done // job.total if job.total and job.state != FAILED else None


def _form(request: Request, person: Person, status: int = 200, problem: str = "") -> Response:
    megabytes = TOGETHER_AT_MOST // 1024**2
    return page(
        request, "documents/upload.html", person, status, problem=problem, megabytes=megabytes, endings=_ENDINGS
    )


def _told(request: Request, outcome: Outcome) -> str:
    """As `POST /api/documents` says it."""
    language = language_of(request)
    note = outcome.problem if language == "en" else REMEDIES.get(outcome.code, REMEDIES["corrupt"])
    return _knowledge(request).catalogue(language, f"upload.{outcome.outcome}", note=note)


def _knowledge(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge
