"""What the pages of answers show beside what is stored: passages by name, topics and places to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from fastapi import Request

from ...datatypes import Passage
from ...refinement import datatypes as refined
from ..access.permissions import Person
from ..previews.drawing import Drawing
from ..previews.markup import openable
from .form import LANGUAGES

if TYPE_CHECKING:
    from ...bootstrap import Knowledge


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with its passage, which may be gone. `current` says whether that version still serves."""

    n: int
    citation: refined.RefinedCitation
    passage: Passage | None
    current: bool

    @property
    def title(self) -> str:
        return self.passage.heading or self.passage.title if self.passage else self.citation.passage_id

    @property
    def origin(self) -> str:
        """Publisher and date of the source that is linked."""
        sources = self.passage.sources if self.passage else ()
        source = next((one for one in sources if one.url == self.citation.source_url), sources[0] if sources else None)
        return f"{source.publisher} · {source.date}" if source else ""

    @property
    def url(self) -> str:
        return openable(self.citation.source_url)


def knowledge_of(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge


def signed(person: Person) -> refined.Person:
    """Who signs what is written and decided."""
    return refined.Person(person.id, person.name)


def cited(request: Request, citations: Iterable[refined.RefinedCitation]) -> tuple[Cited, ...]:
    given = tuple(citations)
    keys = [(one.passage_id, one.passage_version) for one in given]
    passages = knowledge_of(request).cited_passages
    known, current = passages.of(keys), passages.current_versions(key for key, _ in keys)
    return tuple(
        Cited(n, one, known.get(key), current.get(one.passage_id) == one.passage_version)
        for n, (one, key) in enumerate(zip(given, keys, strict=True), 1)
    )


def described(request: Request, *contents: refined.Content) -> dict[refined.RefinedCitation, str]:
    """Each citation of these contents as a line of text."""
    given = dict.fromkeys(one for content in contents for one in content.citations)
    return {one.citation: f"{one.title}: {one.citation.quote}" for one in cited(request, given)}


def topics_of(request: Request) -> dict[str, str]:
    """Slug -> title of every topic, by title."""
    documents = knowledge_of(request).documents
    slugs = {topic for document in documents.values() for topic in document.topics}
    found = {slug: documents[slug].title if slug in documents else slug for slug in slugs}
    return dict(sorted(found.items(), key=lambda item: item[1].lower()))


def municipalities_of(request: Request) -> list[str]:
    return sorted(knowledge_of(request).municipalities, key=_swedish)


_LETTERS = str.maketrans({"å": "{", "ä": "|", "ö": "}"})  # behind z, in the order of the Swedish alphabet


def _swedish(name: str) -> str:
    return name.lower().translate(_LETTERS)


def drawing(request: Request) -> dict[str, Drawing]:
    """By the language of the answer that is drawn: its labels are in its language, whatever the page is in."""
    texts = request.app.state.pages.texts
    return {language: Drawing(partial(texts, language)) for language in LANGUAGES}
