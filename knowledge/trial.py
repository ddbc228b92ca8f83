"""Another corpus or encoder, tried before it is published: which questions would get another answer."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import bootstrap
from .bootstrap import Knowledge
from .datatypes import Answer, Question
from .refinement.datatypes import Change
from .refinement.regression import Broken
from .settings import Settings, read_settings
from .store.refined import SqlAskedLately, SqlRefinedStore

_ASKED = 500  # recent questions that are answered twice: about 10 s


@dataclass(frozen=True, slots=True)
class Trial:
    """`breaks`: approved answers that would no longer be given. `changes`: recent questions answered otherwise."""

    breaks: tuple[Broken, ...]
    changes: tuple[Change, ...]
    tried: int


def try_out(knowledge: Knowledge, corpus: Path | None, encoder: str | None, *, asked: int = _ASKED) -> Trial:
    """Builds the other service beside this one, in a folder that is gone afterwards. Nothing is published or recorded.

    Raises CorpusError and ConfigurationError as publishing it would.
    """
    with _built(knowledge, corpus, encoder) as other:
        questions = [question for question, _ in SqlAskedLately(knowledge.engine).questions(asked)]
        was = {one.answer.id: one for one in knowledge.regression.broken(knowledge.refined_given)}
        now = other.regression.broken(other.refined_given)
        return Trial(
            breaks=tuple(one for one in now if one != was.get(one.answer.id)),
            changes=tuple(_changes(questions, knowledge.rehearsal.answer, other.rehearsal.answer)),
            tried=len(questions),
        )


@contextmanager
def _built(knowledge: Knowledge, corpus: Path | None, encoder: str | None) -> Iterator[Knowledge]:
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(knowledge.settings, Path(folder), corpus, encoder)
        bootstrap.prepare(settings, clock=knowledge.clock)
        other = bootstrap.build(
            settings, clock=knowledge.clock, approved=SqlRefinedStore(knowledge.engine, knowledge.clock)
        )
        try:
            yield other
        finally:
            other.engine.dispose()


def _settings(now: Settings, folder: Path, corpus: Path | None, encoder: str | None) -> Settings:
    named = {"RADGIVAREN_DATA": str(folder), "DATABASE_URL": "", "KNOWLEDGE_CORPUS": str(corpus or now.corpus)}
    return read_settings(named | {"ENCODER": encoder or now.encoder})


def _changes(
    questions: list[str], before: Callable[[Question], Answer], after: Callable[[Question], Answer]
) -> Iterator[Change]:
    for question in questions:
        was, now = before(Question(question)), after(Question(question))
        if (was.status, was.text) != (now.status, now.text):
            yield Change(question, was.text, now.text, was.refined_answer.id if was.refined_answer else None)
