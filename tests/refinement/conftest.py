"""Refined answers over the whole service: the corpus that ships, a database of its own, and three people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from knowledge.bootstrap import Knowledge
from knowledge.datatypes import Answer, Question
from knowledge.refinement.datatypes import (
    Content,
    Filters,
    LocalAddition,
    Person,
    RefinedAnswer,
    RefinedCitation,
    Wording,
)

EVA, ALI, MIA = Person("eva", "Eva Editor"), Person("ali", "Ali Approver"), Person("mia", "Mia Mellan")
QUESTION = "Får vi köpa tågbiljett till en EU-medborgare som vill åka hem?"
TEXT = "Ja, när resan avhjälper den akuta nöden [1]. Beslutet skrivs ned [2]."
CITED = ("hemresa", "akut-nodsituation")

Approve = Callable[..., RefinedAnswer]
Write = Callable[..., Content]
Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def built(build_knowledge: Callable[..., Knowledge], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    made = build_knowledge(tmp_path_factory.mktemp("refined"))
    yield made
    made.engine.dispose()


@pytest.fixture
def knowledge(built: Knowledge) -> Iterator[Knowledge]:
    """The service with nothing approved; building it anew for each test takes seconds."""
    yield built
    for row in built.desk.page(Filters(state="approved", page_size=100)).rows:
        built.desk.retire(row.id, None, ALI, "Slut på provet.")


@pytest.fixture
def ask(knowledge: Knowledge) -> Ask:
    def asked(text: str, **named: object) -> Answer:
        return knowledge.answering.answer(Question(text, **named))  # type: ignore[arg-type]

    return asked


@pytest.fixture
def write(knowledge: Knowledge) -> Write:
    """Content that may be sent for review, from the corpus's own passages; named parts take the place of its own."""

    def content(question: str = QUESTION, text: str = TEXT, **named: object) -> Content:
        cited = [_first_passage(knowledge, document) for document in CITED]
        phrasings = named.pop("phrasings", ("köpa biljett hem åt EU-migrant",))
        additions = named.pop("additions", ())
        values = {
            "wordings": (Wording("sv", question, text, tuple(phrasings)),),  # type: ignore[arg-type]
            "citations": tuple(cited),
            "topics": ("hemresa",),
            "next_review": dt.date(2027, 5, 1),
            "additions": tuple(LocalAddition(*one) for one in additions),  # type: ignore[attr-defined]
        }
        return Content(**{**values, **named})  # type: ignore[arg-type]

    return content


@pytest.fixture
def approve(knowledge: Knowledge) -> Approve:
    """Written by Eva, approved by Ali."""

    def approved(content: Content, key: str | None = None, reason: str = "") -> RefinedAnswer:
        desk = knowledge.desk
        answer = desk.draft(content, EVA) if key is None else desk.save(key, desk.get(key).revision, content, EVA)
        answer = desk.submit(answer.id, answer.revision, EVA)
        return desk.approve(answer.id, answer.revision, ALI, reason_for_breaks=reason)

    return approved


def _first_passage(knowledge: Knowledge, document: str) -> RefinedCitation:
    passage = knowledge.documents[document].passages[0]
    return RefinedCitation(passage.id, passage.version, passage.sources[0].url, passage.text.split(". ")[0])
