"""The service: everything connected for answering and for the console."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from ..answering.answer import Answering
from ..answering.detectors.conduct import ConductDetector
from ..answering.detectors.danger import DangerDetector
from ..answering.detectors.language import LanguageDetector
from ..answering.detectors.privacy import Redactor
from ..answering.draft import Detectors, Parts
from ..answering.support import SupportModel
from ..answering.texts import Catalogue
from ..clock import SystemClock
from ..console.access.entrance import Entrance
from ..console.access.passwords import Passwords
from ..console.answers.previewing import AnswerPreviews
from ..console.inbox.parts import Inbox
from ..console.previews.client import Previews, gateway_previews
from ..contacts.checks import Rules
from ..contacts.directory import StoredContactDirectory
from ..datatypes import Document, Passage, Question
from ..fakes import ForgetfulConversations
from ..handover.desk import HandoverDesk
from ..handover.mail import SmtpMailer
from ..handover.outbox import MailOutbox
from ..inbox_upkeep import DailyScan, InboxUpkeep
from ..library_upkeep import LibraryUpkeep
from ..memory import give_back_memory
from ..refinement.checks import ContentChecks
from ..refinement.desk import RefinementDesk
from ..refinement.matching import LiveAnswers
from ..refinement.regression import RegressionCheck
from ..refinement.seams import LiveReader
from ..retention_upkeep import RetentionUpkeep
from ..retrieval import publication
from ..retrieval.analysis import content_words
from ..retrieval.directions import PassageDirections
from ..retrieval.encoders.by_setting import make_encoder, make_reranker, make_transformer
from ..retrieval.encoders.transformer import EMBEDDED_TRANSFORMER
from ..retrieval.search import HybridRetriever
from ..retrieval.sentence_relevance import SentenceRelevance
from ..retrieval.subject import SaidSubject, SubjectModel
from ..retrieval.watch import PublicationWatch
from ..seams import Clock, ConversationStore, Encoder
from ..searching import Searching
from ..settings import PACKAGE, Settings
from ..store.answer_records import SqlAnswerRecords
from ..store.attention import SqlAttention
from ..store.audit_log import SqlAuditLog
from ..store.citing_answers import SqlCitingAnswers
from ..store.contacts import SqlContactStore
from ..store.conversations import SqlConversationStore
from ..store.deliveries import SqlDeliveries
from ..store.document_catalogue import SqlDocumentCatalogue
from ..store.documents import SqlDocumentStore
from ..store.engine import open_engine
from ..store.erasure import SqlErasure
from ..store.handovers import SqlHandovers
from ..store.inbox_background import SqlInboxBackground
from ..store.inbox_groups import SqlInboxGroups
from ..store.inbox_lists import SqlInboxLists
from ..store.inbox_scan import SqlInboxScan
from ..store.inbox_work import SqlInboxWork
from ..store.library import SqlLibraryStore
from ..store.refined import SqlAskedLately, SqlCitedPassages, SqlRefinedStore
from ..store.reports import SqlReports
from ..store.retention import SqlRetention
from ..store.sections import SqlSections
from ..store.service_facts import SqlServiceFacts
from ..store.source_checks import SqlSourceStore
from ..uploads import UploadDesk
from .access import entrance
from .library import open_library
from .parts import (
    SAID_SUBJECT,
    SUBJECT,
    contact_directory,
    contact_rules,
    index_folder,
    library_upkeep,
    passages_of,
    pieces_of,
    read_places,
)
from .preparation import prepare

SUPPORT = PACKAGE / "retrieval" / "support.json"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The parts that the edges (api, cli) call."""

    settings: Settings
    engine: Engine
    clock: Clock
    # Answering, and what it is made from.
    answering: Answering
    rehearsal: Answering  # answers as `answering` does, and records nothing
    retriever: HybridRetriever
    searching: Searching
    documents: dict[str, Document]
    watch: PublicationWatch
    catalogue: Catalogue
    redactor: Redactor
    conversations: SqlConversationStore
    contacts: StoredContactDirectory
    municipalities: frozenset[str]
    contact_store: SqlContactStore
    contact_rules: Rules
    # The library.
    document_catalogue: SqlDocumentCatalogue
    uploads: UploadDesk
    upkeep: LibraryUpkeep
    citing_answers: SqlCitingAnswers
    # What staff work with.
    entrance: Entrance
    desk: RefinementDesk
    live_answers: LiveAnswers
    regression: RegressionCheck
    cited_passages: SqlCitedPassages
    answer_previews: AnswerPreviews
    inbox: Inbox
    inbox_upkeep: InboxUpkeep
    handovers: HandoverDesk
    deliveries: SqlDeliveries
    outbox: MailOutbox
    # Proof, counts, and what is kept for how long.
    audit_log: SqlAuditLog
    answer_records: SqlAnswerRecords
    reports: SqlReports
    attention: SqlAttention
    service_facts: SqlServiceFacts
    retention: SqlRetention
    retention_upkeep: RetentionUpkeep
    erasure: SqlErasure

    def refined_given(self, question: str, language: str) -> str | None:
        """The refined answer that the whole answering gives to a question, leaving no trace."""
        given = self.rehearsal.answer(Question(question, language=language)).refined_answer
        return given.id if given else None


def build(
    settings: Settings,
    *,
    encoder: Encoder | None = None,
    clock: Clock | None = None,
    recording: ConversationStore | None = None,
    previews: Previews | None = None,
    approved: LiveReader | None = None,
    passwords: Passwords | None = None,
) -> Knowledge:
    """Connects everything for answering. Raises IndexUnavailable where `prepare` has not run.

    `recording` takes the place of the database for what is asked and said: an evaluation leaves no trace there.
    `approved` takes the place of its refined answers: another corpus or encoder is tried with those that are live.
    `passwords` takes the place of those that are hashed slowly on purpose.
    """
    clock = clock or SystemClock()
    encoder = encoder or make_encoder(settings)
    engine = open_engine(settings.database_url)
    pieces, transformer = pieces_of(encoder), make_transformer(settings)
    directions = PassageDirections.load(EMBEDDED_TRANSFORMER, transformer) if transformer else None
    support = SupportModel.load(SUPPORT, SaidSubject.load(SAID_SUBJECT, directions).values if directions else None)
    corpus = _open_corpus(settings, engine, clock, encoder, directions)
    refined, cited, sections = SqlRefinedStore(engine, clock), SqlCitedPassages(engine), SqlSections(engine)
    library = open_library(settings, engine, sections, clock, pieces)
    contact_store = SqlContactStore(engine, clock)
    contacts = contact_directory(settings, contact_store, clock)
    conversations = SqlConversationStore(engine, clock, support.sure_from)
    live = LiveAnswers(approved or refined, encoder, content_words)
    regression = RegressionCheck(live, cited, SqlAskedLately(engine), clock.today, clock.now)
    parts = Parts(
        retriever=corpus.retriever,
        conversations=recording or conversations,
        contacts=contacts,
        documents=corpus.documents,
        catalogue=Catalogue(),
        detectors=Detectors(LanguageDetector(), Redactor(), DangerDetector(), ConductDetector()),
        support=support,
        sentences=SentenceRelevance(
            pieces, [text for p in corpus.passages() for text in (p.text, p.text_en)], transformer
        ),
        sections=sections,
        refined=live,
        cited_passages=cited,
        clock=clock,
    )
    rehearsing = replace(parts, conversations=ForgetfulConversations())
    audit_log, retention = SqlAuditLog(engine, clock), SqlRetention(engine, clock, settings.retention)
    deliveries = SqlDeliveries(engine, clock)
    scan = DailyScan(refined, cited, corpus.passages, sections, SqlInboxScan(engine), clock)
    return Knowledge(
        settings=settings,
        engine=engine,
        clock=clock,
        answering=Answering(parts),
        rehearsal=Answering(rehearsing),
        retriever=corpus.retriever,
        searching=Searching(corpus.retriever, library.search, sections, clock),
        documents=corpus.documents,
        watch=PublicationWatch(
            {index_folder(settings): corpus.take_over, **library.by_folder},
        ),
        catalogue=parts.catalogue,
        redactor=parts.detectors.privacy,
        conversations=conversations,
        contacts=contacts,
        municipalities=read_places(settings).municipalities,
        contact_store=contact_store,
        contact_rules=contact_rules(settings),
        document_catalogue=SqlDocumentCatalogue(engine, clock),
        uploads=UploadDesk(SqlLibraryStore(engine, clock)),
        upkeep=library_upkeep(settings, engine, clock, pieces, library.take_over),
        citing_answers=SqlCitingAnswers(engine),
        entrance=entrance(settings, engine, clock, passwords),
        desk=RefinementDesk(refined, live, _content_checks(settings, contacts, cited, clock), regression, clock),
        live_answers=live,
        regression=regression,
        cited_passages=cited,
        answer_previews=AnswerPreviews(
            lambda only: Answering(replace(rehearsing, refined=only)),
            previews or gateway_previews(settings.gateway_url, settings.token),
            clock,
        ),
        inbox=_inbox(engine, clock),
        inbox_upkeep=InboxUpkeep(SqlInboxGroups(engine), pieces, scan, clock, settings.data / "inbox.lock"),
        handovers=HandoverDesk(SqlHandovers(engine, clock)),
        deliveries=deliveries,
        outbox=MailOutbox(deliveries, SmtpMailer(settings.mail) if settings.mail else None),
        audit_log=audit_log,
        answer_records=SqlAnswerRecords(engine),
        reports=SqlReports(engine),
        attention=SqlAttention(engine),
        service_facts=SqlServiceFacts(engine),
        retention=retention,
        retention_upkeep=RetentionUpkeep(retention, audit_log),
        erasure=SqlErasure(engine, clock),
    )


@dataclass(frozen=True, slots=True)
class _Corpus:
    """The starter corpus as it is served. A newer one is taken over while questions are answered."""

    retriever: HybridRetriever
    documents: dict[str, Document]
    store: SqlDocumentStore
    folder: Path

    def passages(self) -> tuple[Passage, ...]:
        return passages_of(self.store.documents())

    def take_over(self) -> None:
        if self.retriever.generation != publication.current_name(self.folder):
            # What is no longer there stays known: a search that goes on may still show it.
            self.documents.update({document.id: document for document in self.store.documents()})
            self.retriever.reload()
            give_back_memory()


def _open_corpus(
    settings: Settings, engine: Engine, clock: Clock, encoder: Encoder, directions: PassageDirections | None
) -> _Corpus:
    store = SqlDocumentStore(engine, clock)
    retriever = HybridRetriever(
        index_folder(settings),
        encoder,
        pieces_of(encoder),
        SubjectModel.load(SUBJECT),
        lambda: passages_of(store.documents()),
        make_reranker(settings),
        directions,
    )
    retriever.reload()
    return _Corpus(retriever, {document.id: document for document in store.documents()}, store, index_folder(settings))


def _inbox(engine: Engine, clock: Clock) -> Inbox:
    background = SqlInboxBackground(engine, SqlSourceStore(engine, clock))
    return Inbox(SqlInboxLists(engine), SqlInboxWork(engine, clock), background)


def _content_checks(
    settings: Settings, contacts: StoredContactDirectory, cited: SqlCitedPassages, clock: Clock
) -> ContentChecks:
    def numbers() -> list[str]:
        return [contact.phone for contact in contacts.all() if contact.phone]

    return ContentChecks(cited, read_places(settings).municipalities, numbers, clock.today)


def prepare_and_build(
    settings: Settings, *, recording: ConversationStore | None = None, encoder: Encoder | None = None
) -> Knowledge:
    """`prepare`, then `build`, with one load of the encoder for both."""
    encoder = encoder or make_encoder(settings)
    prepare(settings, encoder=encoder)
    built = build(settings, encoder=encoder, recording=recording)
    give_back_memory()
    return built
