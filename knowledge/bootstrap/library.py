"""The library as it is searched: by what its passages say, and by what people ask about its statutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from ..datatypes import Passage
from ..retrieval.encoders.static import StaticEncoder
from ..retrieval.everyday import EverydayQuestions, PassageOf, Section, WithEveryday
from ..retrieval.library import Library
from ..seams import Clock, LibrarySearch, SectionFinder
from ..settings import Settings
from ..store.library import SqlLibraryStore
from .parts import everyday_folder, library_folder


class OpenLibrary(NamedTuple):
    search: LibrarySearch
    by_folder: Mapping[Path, Callable[[], None]]  # what takes over what is published in each

    def take_over(self) -> None:
        for reload in self.by_folder.values():
            reload()


def open_library(
    settings: Settings, engine: Engine, sections: SectionFinder, clock: Clock, pieces: StaticEncoder
) -> OpenLibrary:
    """Raises IndexUnavailable where what is published cannot be opened."""
    text = Library(library_folder(settings), pieces, SqlLibraryStore(engine, clock).serving_passages_of)
    everyday = EverydayQuestions(everyday_folder(settings), pieces, _passage_of(sections, clock))
    library = OpenLibrary(
        WithEveryday(text, everyday),
        {library_folder(settings): text.reload, everyday_folder(settings): everyday.reload},
    )
    library.take_over()
    return library


def _passage_of(sections: SectionFinder, clock: Clock) -> PassageOf:
    """The first passage of a section, in the wording of today."""

    def passage(section: Section) -> Passage | None:
        today = clock.today()
        return next((one for one in sections.section(*section) if one.validity.holds_on(today)), None)

    return passage
