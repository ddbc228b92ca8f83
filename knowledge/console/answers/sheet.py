"""The page on which an answer is written: the form as it stands, and what is said about it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import Request, Response

from ...datatypes import ScoredPassage
from ...errors import ContentRejected
from ...refinement.datatypes import Content, RefinedAnswer, Regression
from ..access.permissions import Person
from ..numbers import number_in
from ..pages import page
from .form import Fields, Written, content_of, read_form
from .views import cited, drawing, knowledge_of, municipalities_of, topics_of

_FOUND = 8  # passages that one search shows
# Words that stand nowhere reach .21 with whatever is nearest; the eighth for words that do stand there, .25 and more.
_FITS_FROM = 0.22
Problems = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`answer` is None for one that is not saved yet. `revision` is the one that the writer read."""

    written: Written
    answer: RefinedAnswer | None = None
    revision: int = 0
    from_answer: str = ""
    inbox_item: str = ""
    words: str = ""  # what is searched for among the sources
    searched: str = ""  # what the results that are shown were searched for with
    checked: str = ""  # the fingerprint of what was tried on other questions
    language: str = "sv"  # of the preview
    place: str = ""  # of the preview
    tried: bool = False
    changed_since: bool = False
    merging: bool = False
    notice: str = ""
    problems: Problems = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.answer.id if self.answer else ""

    @property
    def action(self) -> str:
        return f"/console/answers/{self.answer.id}/edit" if self.answer else "/console/answers/new"


def read_sheet(form: Fields, answer: RefinedAnswer | None) -> Sheet:
    def one(name: str) -> str:
        return next((value for value in form.getlist(name) if isinstance(value, str)), "")

    return Sheet(
        written=read_form(form),
        answer=answer,
        revision=number_in(one("revision")),
        from_answer=one("from_answer"),
        inbox_item=one("item"),
        words=one("words").strip(),
        searched=one("searched"),
        checked=one("checked"),
        language="en" if one("preview_language") == "en" else "sv",
        place=one("preview_place").strip(),
    )


def fingerprint(content: Content) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()


def tried(request: Request, sheet: Sheet) -> Sheet:
    """The sheet with everything that stands in the way of a review."""
    try:
        content = content_of(sheet.written)
    except ContentRejected as error:
        return replace(sheet, problems=error.reasons)
    return replace(sheet, tried=True, problems=knowledge_of(request).desk.problems(content))


def sheet_page(request: Request, person: Person, sheet: Sheet, status_code: int = 200) -> Response:
    knowledge = knowledge_of(request)
    shown = cited(request, sheet.written.citations)
    return page(
        request,
        "answers/edit.html",
        person,
        status_code,
        sheet=sheet,
        written=sheet.written,
        cited=shown,
        taken={one.citation.passage_id: one.n for one in shown if one.current},
        found=_found(request, sheet.searched),
        errors=error_keys(request, sheet.problems),
        topics=topics_of(request),
        municipalities=municipalities_of(request),
        similar=knowledge.desk.similar(sheet.written.wording("sv").question, without=sheet.key),
        unsaved=request.method == "POST",
        draw=drawing(request),
        **_trial(request, sheet),
    )


def _trial(request: Request, sheet: Sheet) -> dict[str, Any]:
    """Preview and effect; nothing before someone asked for them."""
    if not sheet.tried:
        return {"preview": None, "effect": None, "checked": sheet.checked}
    knowledge, content = knowledge_of(request), content_of(sheet.written)
    effect: Regression = knowledge.desk.check(content, sheet.key or "new")
    preview = knowledge.answer_previews.of(content, sheet.language, sheet.place)
    return {"preview": preview, "effect": effect, "checked": fingerprint(content)}


def _found(request: Request, words: str) -> tuple[ScoredPassage, ...] | None:
    """None where nothing was searched for."""
    if not words:
        return None
    knowledge = knowledge_of(request)
    limit = knowledge.settings.question_limit
    kept = knowledge.searching.search(words[:limit], _FOUND, knowledge.clock.today()).kept
    return tuple(scored for scored in kept if scored.score >= _FITS_FROM)


def error_keys(request: Request, problems: Problems) -> dict[str, list[tuple[str, str]]]:
    """Field -> what to say at it, as a key of the texts with the code that it stands for."""
    has = request.app.state.pages.texts.has
    said: dict[str, list[tuple[str, str]]] = {}
    for name, codes in problems.items():
        keys = [(code, f"answers.error.{name.removesuffix('_en')}.{code}") for code in codes]
        said[name] = [(key if has(key) else "answers.error.other", code) for code, key in keys]
    return said
