"""What stands in the form of an answer, exactly as it was typed, and the content that it makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ...errors import ContentRejected
from ...refinement.datatypes import Content, LocalAddition, RefinedCitation, Wording

LANGUAGES = ("sv", "en")
_DAYS = ("valid_from", "valid_to", "next_review")


class Fields(Protocol):
    """A form's values; a name may stand several times."""

    def getlist(self, key: str) -> Sequence[object]: ...


@dataclass(frozen=True, slots=True)
class WrittenWording:
    """`phrasings` is the text of its field: one a line."""

    language: str
    question: str = ""
    text: str = ""
    phrasings: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.question.strip() or self.text.strip() or self.phrasings.strip())


@dataclass(frozen=True, slots=True)
class Written:
    """The form. Nothing in it has been checked, so nothing that was typed is ever lost."""

    wordings: tuple[WrittenWording, ...] = tuple(WrittenWording(language) for language in LANGUAGES)
    citations: tuple[RefinedCitation, ...] = ()
    additions: tuple[LocalAddition, ...] = ()
    topics: tuple[str, ...] = ()
    days: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(_DAYS, ""))

    def wording(self, language: str) -> WrittenWording:
        return next(one for one in self.wordings if one.language == language)


def read_form(form: Fields) -> Written:
    return Written(
        wordings=tuple(
            WrittenWording(
                language, _one(form, f"question_{language}"), _one(form, f"text_{language}"), _phrasings(form, language)
            )
            for language in LANGUAGES
        ),
        citations=tuple(
            RefinedCitation(*given)
            for given in _rows(form, "citation_passage", "citation_version", "citation_url", "citation_quote")
        ),
        additions=tuple(
            LocalAddition(*given) for given in _rows(form, "addition_place", "addition_text", "addition_text_en")
        ),
        topics=tuple(_all(form, "topics")),
        days={day: _one(form, day).strip() for day in _DAYS},
    )


def written_of(content: Content) -> Written:
    """The form that makes this content."""
    wordings = []
    for language in LANGUAGES:
        given = content.wording(language)
        wordings.append(
            WrittenWording(language, given.question, given.text, "\n".join(given.phrasings))
            if given
            else WrittenWording(language)
        )
    days = {name: day.isoformat() if (day := getattr(content, name)) else "" for name in _DAYS}
    return Written(tuple(wordings), content.citations, content.additions, content.topics, days)


def content_of(written: Written) -> Content:
    """Raises ContentRejected for a day that is none; what else is wrong the desk says."""
    days: dict[str, dt.date | None] = {}
    wrong: dict[str, tuple[str, ...]] = {}
    for name, typed in written.days.items():
        try:
            days[name] = dt.date.fromisoformat(typed) if typed else None
        except ValueError:
            wrong[name] = ("no_day",)
    if wrong:
        raise ContentRejected(wrong)
    return Content(
        wordings=tuple(_wording(one) for one in written.wordings if one.language == "sv" or not one.is_empty),
        citations=tuple(
            RefinedCitation(one.passage_id, one.passage_version, one.source_url, _tidy(one.quote))
            for one in written.citations
        ),
        additions=tuple(
            LocalAddition(one.municipality.strip(), _tidy(one.text), _tidy(one.text_en))
            for one in written.additions
            if one.municipality.strip() or one.text.strip() or one.text_en.strip()
        ),
        topics=tuple(dict.fromkeys(written.topics)),
        **days,
    )


def _wording(written: WrittenWording) -> Wording:
    phrasings = dict.fromkeys(line.strip() for line in written.phrasings.splitlines())
    return Wording(
        written.language, _tidy(written.question), _tidy(written.text), tuple(line for line in phrasings if line)
    )


def _tidy(text: str) -> str:
    """A browser sends its lines with a carriage return."""
    return text.replace("\r\n", "\n").strip()


def _phrasings(form: Fields, language: str) -> str:
    return _one(form, f"phrasings_{language}").replace("\r\n", "\n")


def _one(form: Fields, name: str) -> str:
    return next(iter(_all(form, name)), "")


def _all(form: Fields, name: str) -> list[str]:
    return [value for value in form.getlist(name) if isinstance(value, str)]


def _rows(form: Fields, *names: str) -> Iterable[tuple[str, ...]]:
    """Fields that stand once a row. A row cut short, as no form of ours sends it, is left out."""
    return zip(*(_all(form, name) for name in names), strict=False)
