"""Answers that advisers have approved, in the database of a running service: what is asked for by their questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from knowledge import bootstrap
from knowledge.bootstrap import Knowledge
from knowledge.refinement.datatypes import Content, LocalAddition, Person, RefinedAnswer, RefinedCitation, Wording
from knowledge.settings import read_settings

EVA, ALI = Person("eva", "Eva Editor"), Person("ali", "Ali Approver")
_TICKET = Wording(
    "sv",
    "Får vi köpa tågbiljett till en EU-medborgare som vill åka hem?",
    "**Ja, när resan avhjälper den akuta nöden** [1]. Beslutet skrivs ned [2].",
)
_TICKET_IN_ENGLISH = Wording(
    "en",
    "May we buy a train ticket home for an EU citizen?",
    "**Yes, where the journey ends the acute need** [1]. The decision is written down [2].",
)
_STEP = (
    "**Steg {n}: pröva behovet på nytt.** Utredaren skriver ned vad som kommit fram, vem som har lämnat uppgiften "
    "och när den lämnades [{a}]. Den som söker får läsa det innan beslutet fattas, och får säga om något är fel [{b}]. "
    "Det som inte kan styrkas prövas ändå; en uppgift som saknas är inte skäl nog att avvisa en ansökan [{a}][{b}]."
)
_STEPS, _LONG_CITES = 14, ("akut-nodsituation", "hemresa", "bistand-utan-uppehallsratt", "barn-skola", "dodsfall")
_LONG = Wording(
    "sv",
    "Hur handlägger vi en ansökan om nödbistånd från början till slut?",
    "\n\n".join(_STEP.format(n=n + 1, a=n % 5 + 1, b=(n + 2) % 5 + 1) for n in range(_STEPS)),
)
TEXTS = {wording.question: wording.text for wording in (_TICKET, _TICKET_IN_ENGLISH, _LONG)}


def knowledge_of(data: Path) -> Knowledge:
    """The console's side of a service that runs on this data folder."""
    return bootstrap.build(read_settings({"RADGIVAREN_DATA": str(data), "DATABASE_URL": ""}))


@contextmanager
def approved_answers(knowledge: Knowledge) -> Iterator[None]:
    """What they say of the law is filling. They are retired in the end: other tests ask the corpus."""
    review = knowledge.clock.today() + dt.timedelta(days=180)
    malmo = LocalAddition("Malmö", "I Malmö köps biljetten av enheten för hemlösa.", "In Malmö a unit buys the ticket.")
    contents = (
        _content(knowledge, (_TICKET, _TICKET_IN_ENGLISH), ("hemresa", "akut-nodsituation"), review, (malmo,)),
        _content(knowledge, (_LONG,), _LONG_CITES, review),
    )
    answers = [_approve(knowledge, content) for content in contents]
    try:
        yield
    finally:
        for answer in answers:
            knowledge.desk.retire(answer.id, None, ALI, "Slut på provet.")


def _content(
    knowledge: Knowledge,
    wordings: tuple[Wording, ...],
    documents: Sequence[str],
    next_review: dt.date,
    additions: tuple[LocalAddition, ...] = (),
) -> Content:
    citations = tuple(_first_passage(knowledge, document) for document in documents)
    return Content(wordings, citations, additions, ("akut-nodsituation",), next_review=next_review)


def _first_passage(knowledge: Knowledge, document: str) -> RefinedCitation:
    passage = knowledge.documents[document].passages[0]
    return RefinedCitation(passage.id, passage.version, passage.sources[0].url, passage.text.split(". ")[0])


def _approve(knowledge: Knowledge, content: Content) -> RefinedAnswer:
    """Written by one, approved by another."""
    drafted = knowledge.desk.draft(content, EVA)
    submitted = knowledge.desk.submit(drafted.id, drafted.revision, EVA)
    return knowledge.desk.approve(submitted.id, submitted.revision, ALI, reason_for_breaks="Provet.")
