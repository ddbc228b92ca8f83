"""What the steps work on: the question, what has been found out so far, and the answer as far as it is made."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..datatypes import (
    Answer,
    Citation,
    Contact,
    Document,
    Notice,
    Option,
    Place,
    Question,
    RefinedAnswerReference,
    ScoredPassage,
    SearchResult,
    Status,
)
from ..seams import (
    CitedPassages,
    Clock,
    ContactDirectory,
    ConversationStore,
    RefinedAnswers,
    Retriever,
    SectionFinder,
    SentenceScorer,
)
from .detectors.conduct import ConductDetector
from .detectors.danger import Danger, DangerDetector
from .detectors.language import LanguageDetector
from .detectors.privacy import Redactor
from .support import SupportModel
from .texts import Catalogue


@dataclass(frozen=True, slots=True)
class Detectors:
    language: LanguageDetector
    privacy: Redactor
    danger: DangerDetector
    conduct: ConductDetector


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that a step may call. Built once in bootstrap/service.py."""

    retriever: Retriever
    conversations: ConversationStore
    contacts: ContactDirectory
    documents: Mapping[str, Document]
    catalogue: Catalogue
    detectors: Detectors
    support: SupportModel
    sentences: SentenceScorer
    sections: SectionFinder
    refined: RefinedAnswers
    cited_passages: CitedPassages
    clock: Clock


@dataclass(slots=True)
class Draft:
    """One question on its way to an answer."""

    question: Question
    as_of: dt.date
    language: str = "sv"
    spoken_language: str = "sv"  # what the question is written in; `other` where we can't answer in it
    removed: tuple[str, ...] = ()  # kinds of personal data that were taken out
    danger: Danger | None = None
    concerns_child: bool = False
    context: str | None = None  # the earlier question that this one leans on
    same_elsewhere: bool = False  # the earlier question again, of another place
    place: Place | None = None
    found: SearchResult | None = None
    usable: tuple[ScoredPassage, ...] = ()
    rejected: list[ScoredPassage] = field(default_factory=list)
    until: dt.date | None = None  # the last day of the time asked about: "i mars 2024"
    sections: tuple[ScoredPassage, ...] = ()  # of statutes, by their address: the question names them
    citing: tuple[ScoredPassage, ...] = ()  # curated passages that cite the same sections
    key_found: bool = False  # a curated passage names the section whose successor is asked for
    not_yet: tuple[ScoredPassage, ...] = ()  # what was found, but did not apply on the day asked about
    confidence: float = 0.0
    supported: bool = False
    closest_only: bool = False  # the passages are about what is asked, and likely do not say it
    status: Status | None = None
    reason: str = ""
    text: str = ""
    citations: tuple[Citation, ...] = ()
    notices: list[Notice] = field(default_factory=list)
    contacts: tuple[Contact, ...] = ()
    follow_ups: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    validity_line: str = ""
    refined: RefinedAnswerReference | None = None  # the approved answer that was given
    ended: bool = False  # settled before an answer was composed: a refusal, or a question back
    answer_id: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def read_together(self) -> str:
        """The question, after what it leans on."""
        return f"{self.context} {self.question.text}" if self.context else self.question.text

    @property
    def urgent(self) -> bool:
        return self.danger is not None and self.danger.level == "acute"

    def end(self, status: Status, text: str, reason: str = "") -> None:
        """Settles the answer here: the steps that would compose one are skipped. `reason` says why it is refused."""
        self.status, self.text, self.reason, self.ended = status, text, reason, True

    def finished(self) -> Answer:
        return Answer(
            id=self.answer_id,
            status=self.status or Status.NO_SUPPORT,
            language=self.language,
            text=self.text,
            as_of=self.as_of,
            confidence=round(self.confidence, 3),
            validity_line=self.validity_line,
            citations=self.citations,
            notices=tuple(self.notices),
            contacts=self.contacts,
            follow_ups=self.follow_ups,
            options=self.options,
            refined_answer=self.refined,
            reason=self.reason,
            rejected=tuple(self.rejected),
        )
