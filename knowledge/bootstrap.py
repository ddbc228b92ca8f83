"""The composition root: settings in, everything built and connected out. Nothing is built anywhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from argon2 import PasswordHasher
from sqlalchemy import Engine

from .answering.answer import Answering
from .answering.detectors.conduct import ConductDetector
from .answering.detectors.danger import DangerDetector
from .answering.detectors.language import LanguageDetector
from .answering.detectors.person_names import NameFinder
from .answering.detectors.privacy import Redactor
from .answering.draft import Detectors, Parts
from .answering.support import SupportModel
from .answering.texts import Catalogue
from .clock import SystemClock
from .console.access.entrance import Entrance
from .console.access.passwords import Passwords
from .console.answers.previewing import AnswerPreviews
from .console.inbox.parts import Inbox
from .console.previews.client import Previews, gateway_previews
from .contacts.checks import Rules
from .contacts.directory import StoredContactDirectory
from .contacts.places import Places
from .contacts.sheet import read_sheet
from .contacts.synonyms import Synonyms
from .datatypes import Document, Passage, Question
from .errors import ContactsRejected, CorpusError, IndexBusy
from .fakes import ForgetfulConversations
from .handover.desk import HandoverDesk
from .handover.mail import SmtpMailer
from .handover.outbox import MailOutbox
from .inbox_upkeep import DailyScan, InboxUpkeep
from .index_check import IndexCheck, check_library, check_starter
from .ingestion.fetching.addresses import Resolver, SystemResolver
from .ingestion.fetching.pace import SystemTimer, Timer
from .ingestion.fetching.policy import Policy, user_agent
from .ingestion.files import RawFile
from .ingestion.readers.corpus_markdown import CorpusMarkdownReader
from .ingestion.refresh.page_text import IsolatedPageTexts, PageTexts
from .ingestion.refresh.sources import hosts_of, read_sources
from .ingestion.web_files import policy_for_named_addresses, web_files
from .library_upkeep import LibraryUpkeep
from .refinement.checks import ContentChecks
from .refinement.desk import RefinementDesk
from .refinement.matching import LiveAnswers
from .refinement.regression import RegressionCheck
from .refinement.seams import LiveReader
from .retention_upkeep import RetentionUpkeep
from .retrieval import generations, library_index, publication
from .retrieval.analysis import content_words
from .retrieval.encoders.by_setting import make_encoder, make_reranker
from .retrieval.encoders.static import StaticEncoder, embedded_encoder
from .retrieval.library import Library
from .retrieval.search import HybridRetriever
from .retrieval.sentence_relevance import SentenceRelevance
from .retrieval.subject import SubjectModel
from .retrieval.watch import PublicationWatch
from .seams import Clock, ConversationStore, Encoder
from .searching import Searching
from .settings import PACKAGE, Settings
from .source_upkeep import SourceUpkeep
from .store.accounts import SqlAccounts
from .store.answer_records import SqlAnswerRecords
from .store.attention import SqlAttention
from .store.audit_log import SqlAuditLog
from .store.contacts import FileTaken, SqlContactStore
from .store.conversations import SqlConversationStore
from .store.deliveries import SqlDeliveries
from .store.document_catalogue import SqlDocumentCatalogue
from .store.documents import SqlDocumentStore
from .store.engine import migrate, open_engine
from .store.erasure import SqlErasure
from .store.given_answers import SqlGivenAnswers
from .store.handovers import SqlHandovers
from .store.inbox_background import SqlInboxBackground
from .store.inbox_groups import SqlInboxGroups
from .store.inbox_lists import SqlInboxLists
from .store.inbox_scan import SqlInboxScan
from .store.inbox_work import SqlInboxWork
from .store.index_jobs import SqlIndexJobs
from .store.library import LibrarySize, SqlLibraryStore
from .store.provider_visits import SqlProviderVisits
from .store.refined import SqlAskedLately, SqlCitedPassages, SqlRefinedStore
from .store.reports import SqlReports
from .store.retention import SqlRetention
from .store.sections import SqlSections
from .store.service_facts import SqlServiceFacts
from .store.sessions import SqlSessions
from .store.sign_in_attempts import SqlSignInAttempts
from .store.source_checks import SqlSourceStore
from .uploads import UploadDesk

log = logging.getLogger(__name__)
SUPPORT = PACKAGE / "retrieval" / "support.json"
SUBJECT = PACKAGE / "retrieval" / "subject.npz"
TERMS = PACKAGE / "retrieval" / "terms.tsv"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The parts that the edges (api, cli) call."""

    settings: Settings
    answering: Answering
    retriever: HybridRetriever
    conversations: SqlConversationStore
    contacts: StoredContactDirectory
    redactor: Redactor
    documents: dict[str, Document]
    catalogue: Catalogue
    engine: Engine
    document_catalogue: SqlDocumentCatalogue
    uploads: UploadDesk
    upkeep: LibraryUpkeep
    watch: PublicationWatch
    searching: Searching
    clock: Clock
    entrance: Entrance
    desk: RefinementDesk
    regression: RegressionCheck
    audit_log: SqlAuditLog
    answer_records: SqlAnswerRecords
    retention: SqlRetention
    erasure: SqlErasure
    reports: SqlReports
    attention: SqlAttention
    service_facts: SqlServiceFacts
    retention_upkeep: RetentionUpkeep
    live_answers: LiveAnswers
    handovers: HandoverDesk
    deliveries: SqlDeliveries
    outbox: MailOutbox
    cited_passages: SqlCitedPassages
    given_answers: SqlGivenAnswers
    answer_previews: AnswerPreviews
    municipalities: frozenset[str]
    inbox: Inbox
    inbox_upkeep: InboxUpkeep
    rehearsal: Answering  # answers as `answering` does, and records nothing

    def refined_given(self, question: str, language: str) -> str | None:
        """The refined answer that the whole answering gives to a question, leaving no trace."""
        given = self.rehearsal.answer(Question(question, language=language)).refined_answer
        return given.id if given else None


def index_folder(settings: Settings) -> Path:
    return settings.data / "index"


def library_folder(settings: Settings) -> Path:
    return settings.data / "library"


def open_store(settings: Settings) -> Engine:
    """The database with its tables up to date."""
    engine = open_engine(settings.database_url)
    migrate(engine)
    return engine


def prepare(
    settings: Settings, *, encoder: Encoder | None = None, clock: Clock | None = None, force: bool = False
) -> bool:
    """Brings tables, corpus and index up to date. Returns whether the index was built anew.

    Safe to run at any time and again after a crash: each of the three is all or nothing.
    """
    engine = open_store(settings)
    store = SqlDocumentStore(engine, clock or SystemClock())
    if store.replace_corpus(CorpusMarkdownReader().read(settings.corpus)):
        log.info("corpus stored")
    take_contacts(settings, SqlContactStore(engine, clock or SystemClock()))
    passages = _passages(store.documents())
    encoder = encoder or make_encoder(settings)
    pieces = _pieces(encoder)
    if SqlLibraryStore(engine, clock or SystemClock()).count().documents:
        _bring_up_to_date(library_upkeep(settings, engine, clock or SystemClock(), pieces))
    wanted = generations.fingerprint(passages, encoder, pieces)
    if not force and generations.current_fingerprint(index_folder(settings), pieces) == wanted:
        return False
    log.info("building the index of %d passages", len(passages))
    generations.publish(index_folder(settings), passages, encoder, pieces)
    return True


def build(
    settings: Settings,
    *,
    encoder: Encoder | None = None,
    clock: Clock | None = None,
    recording: ConversationStore | None = None,
    previews: Previews | None = None,
    approved: LiveReader | None = None,
) -> Knowledge:
    """Connects everything for answering. Raises IndexUnavailable where `prepare` has not run.

    `recording` takes the place of the database for what is asked and said: an evaluation leaves no trace there.
    `approved` takes the place of its refined answers: another corpus or encoder is tried with those that are live.
    """
    clock = clock or SystemClock()
    encoder = encoder or make_encoder(settings)
    engine = open_engine(settings.database_url)
    documents = SqlDocumentStore(engine, clock)
    current = documents.documents()
    pieces = _pieces(encoder)
    shelf = SqlLibraryStore(engine, clock)
    library = Library(library_folder(settings), pieces, shelf.serving_passages_of)
    retriever = HybridRetriever(
        index_folder(settings),
        encoder,
        pieces,
        SubjectModel.load(SUBJECT),
        lambda: _passages(documents.documents()),
        make_reranker(settings),
    )
    retriever.reload()
    library.reload()
    support = SupportModel.load(SUPPORT)
    conversations = SqlConversationStore(engine, clock, support.sure_from)
    contacts = _directory(settings, SqlContactStore(engine, clock), clock)
    catalogue = Catalogue()
    redactor = Redactor()
    sections = SqlSections(engine)
    refined, cited = SqlRefinedStore(engine, clock), SqlCitedPassages(engine)
    deliveries = SqlDeliveries(engine, clock)
    live = LiveAnswers(approved or refined, encoder, content_words)
    regression = RegressionCheck(live, cited, SqlAskedLately(engine), clock.today, clock.now)
    audit_log, retention = SqlAuditLog(engine, clock), SqlRetention(engine, clock, settings.retention)
    by_id = {document.id: document for document in current}
    parts = Parts(
        retriever=retriever,
        conversations=recording or conversations,
        contacts=contacts,
        documents=by_id,
        catalogue=catalogue,
        detectors=Detectors(LanguageDetector(), redactor, DangerDetector(), ConductDetector()),
        support=support,
        sentences=SentenceRelevance(pieces, [text for p in _passages(current) for text in (p.text, p.text_en)]),
        sections=sections,
        refined=live,
        cited_passages=cited,
        clock=clock,
    )

    def take_over_starter() -> None:
        if retriever.generation != publication.current_name(index_folder(settings)):
            # What is no longer there stays known: a search that goes on may still show it.
            by_id.update({document.id: document for document in documents.documents()})
            retriever.reload()

    return Knowledge(
        settings,
        Answering(parts),
        retriever,
        conversations,
        contacts,
        redactor,
        by_id,
        catalogue,
        engine,
        SqlDocumentCatalogue(engine, clock),
        UploadDesk(shelf),
        library_upkeep(settings, engine, clock, pieces, library.reload),
        PublicationWatch({index_folder(settings): take_over_starter, library_folder(settings): library.reload}),
        Searching(retriever, library, sections, clock),
        clock=clock,
        entrance=entrance(settings, engine, clock),
        desk=RefinementDesk(refined, live, _content_checks(settings, contacts, cited, clock), regression, clock),
        regression=regression,
        audit_log=audit_log,
        answer_records=SqlAnswerRecords(engine),
        retention=retention,
        retention_upkeep=RetentionUpkeep(retention, audit_log),
        attention=SqlAttention(engine),
        service_facts=SqlServiceFacts(engine),
        erasure=SqlErasure(engine, clock),
        reports=SqlReports(engine),
        live_answers=live,
        handovers=HandoverDesk(SqlHandovers(engine, clock)),
        deliveries=deliveries,
        outbox=MailOutbox(deliveries, SmtpMailer(settings.mail) if settings.mail else None),
        inbox=_inbox(engine, clock),
        inbox_upkeep=InboxUpkeep(
            SqlInboxGroups(engine),
            pieces,
            DailyScan(refined, cited, lambda: _passages(documents.documents()), sections, SqlInboxScan(engine), clock),
            clock,
            settings.data / "inbox.lock",
        ),
        rehearsal=Answering(replace(parts, conversations=ForgetfulConversations())),
        cited_passages=cited,
        given_answers=SqlGivenAnswers(engine),
        answer_previews=AnswerPreviews(
            lambda only: Answering(replace(parts, refined=only, conversations=ForgetfulConversations())),
            previews or gateway_previews(settings.gateway_url, settings.token),
            clock,
        ),
        municipalities=read_places(settings).municipalities,
    )


def _inbox(engine: Engine, clock: Clock) -> Inbox:
    background = SqlInboxBackground(engine, SqlSourceStore(engine, clock))
    return Inbox(SqlInboxLists(engine), SqlInboxWork(engine, clock), background)


def _content_checks(
    settings: Settings, contacts: StoredContactDirectory, cited: SqlCitedPassages, clock: Clock
) -> ContentChecks:
    def numbers() -> list[str]:
        return [contact.phone for contact in contacts.all() if contact.phone]

    return ContentChecks(cited, read_places(settings).municipalities, numbers, clock.today)


def prepare_and_build(settings: Settings, *, recording: ConversationStore | None = None) -> Knowledge:
    """`prepare`, then `build`, with one load of the encoder for both."""
    encoder = make_encoder(settings)
    prepare(settings, encoder=encoder)
    return build(settings, encoder=encoder, recording=recording)


def read_places(settings: Settings) -> Places:
    return Places(settings.corpus / "places.csv", settings.corpus / "regions.csv")


def open_contacts(settings: Settings) -> tuple[StoredContactDirectory, SqlContactStore]:
    """The table of contacts alone, up to date with its file: no index is opened."""
    engine, clock = open_store(settings), SystemClock()
    store = SqlContactStore(engine, clock)
    take_contacts(settings, store)
    return _directory(settings, store, clock), store


def _directory(settings: Settings, store: SqlContactStore, clock: Clock) -> StoredContactDirectory:
    return StoredContactDirectory(store, read_places(settings), Synonyms(TERMS), clock)


def contact_rules(settings: Settings) -> Rules:
    """What a row of the table of contacts is held against, wherever it comes from."""
    places, names = read_places(settings), NameFinder()
    return Rules(places.municipalities, places.counties, lambda text: names.replace(text, lambda: "\0") != text)


def take_contacts(settings: Settings, store: SqlContactStore) -> None:
    """The table of contacts follows its file, but for what staff changed or verified. Raises CorpusError."""
    file = settings.corpus / "contacts.csv"
    try:
        rows = contact_rules(settings).contacts(read_sheet(file.read_bytes()), {})
    except (OSError, ContactsRejected) as error:
        raise CorpusError(str(file), str(error)) from error
    taken = store.take_file(rows)
    if taken != FileTaken():
        log.info("contacts: %d new, %d changed, %d retired", len(taken.new), len(taken.changed), len(taken.retired))


def library_upkeep(
    settings: Settings,
    engine: Engine,
    clock: Clock,
    pieces: StaticEncoder,
    on_published: Callable[[], None] = lambda: None,
) -> LibraryUpkeep:
    store, jobs = SqlLibraryStore(engine, clock), SqlIndexJobs(engine, clock)
    return LibraryUpkeep(library_folder(settings), store, jobs, pieces, on_published)


def entrance(settings: Settings, engine: Engine, clock: Clock) -> Entrance:
    """Who may enter the console, and how."""
    provider: Provider | None = None
    if settings.provider:
        # Here, since Authlib would add a tenth to the start of every command.
        from .console.access.provider import Provider

        provider = Provider(settings.provider, settings.console_url)
    return Entrance(
        accounts=SqlAccounts(engine, clock),
        sessions=SqlSessions(engine, clock),
        attempts=SqlSignInAttempts(engine, clock),
        visits=SqlProviderVisits(engine, clock),
        passwords=Passwords(PasswordHasher()),
        provider=provider,
    )


def open_entrance(settings: Settings) -> Entrance:
    """The accounts alone, without a model: for the command line."""
    return entrance(settings, open_store(settings), SystemClock())


def open_audit_log(settings: Settings) -> SqlAuditLog:
    return SqlAuditLog(open_store(settings), SystemClock())


def open_answer_records(settings: Settings) -> SqlAnswerRecords:
    return SqlAnswerRecords(open_store(settings))


def open_retention(settings: Settings) -> SqlRetention:
    return SqlRetention(open_store(settings), SystemClock(), settings.retention)


def open_erasure(settings: Settings) -> SqlErasure:
    return SqlErasure(open_store(settings), SystemClock())


def open_document_catalogue(settings: Settings) -> SqlDocumentCatalogue:
    """The documents alone, without a model: for the command line."""
    engine = open_store(settings)
    return SqlDocumentCatalogue(engine, SystemClock())


def open_library_upkeep(settings: Settings) -> LibraryUpkeep:
    engine = open_store(settings)
    return library_upkeep(settings, engine, SystemClock(), embedded_encoder())


def library_size(settings: Settings) -> LibrarySize:
    return SqlLibraryStore(open_engine(settings.database_url), SystemClock()).count()


def check_indexes(settings: Settings) -> Iterator[IndexCheck]:
    """Each index against the store; the library's where there is a library. Changes nothing."""
    engine, clock, encoder = open_engine(settings.database_url), SystemClock(), make_encoder(settings)
    pieces, store = _pieces(encoder), SqlLibraryStore(engine, clock)
    passages = _passages(SqlDocumentStore(engine, clock).documents())
    retriever = HybridRetriever(index_folder(settings), encoder, pieces, SubjectModel.load(SUBJECT), lambda: passages)
    yield check_starter(retriever, passages)
    folder = library_folder(settings)
    if store.count().documents or publication.current_name(folder):
        yield check_library(lambda: library_index.open_current(folder, pieces), store)


def _bring_up_to_date(upkeep: LibraryUpkeep) -> None:
    """Does nothing where the library's index is whole and of this encoder."""
    try:
        upkeep.publish()
    except IndexBusy:
        log.info("another process is indexing the library: what it publishes is taken over then")


def _pieces(encoder: Encoder) -> StaticEncoder:
    """Whose piece vectors late interaction compares: the embedded model's, whichever encoder searches."""
    return encoder if isinstance(encoder, StaticEncoder) else embedded_encoder()


def _passages(documents: tuple[Document, ...]) -> tuple[Passage, ...]:
    return tuple(passage for document in documents for passage in document.passages)


def build_source_upkeep(
    settings: Settings,
    *,
    policy: Policy | None = None,
    resolver: Resolver | None = None,
    timer: Timer | None = None,
    texts: PageTexts | None = None,
    clock: Clock | None = None,
) -> SourceUpkeep:
    """What `refresh` needs, without the index and the encoder. The default policy reaches the watched hosts alone."""
    clock = clock or SystemClock()
    engine = open_store(settings)
    sources = read_sources(settings.corpus / "sources.yml")
    return SourceUpkeep(
        sources=sources,
        store=SqlSourceStore(engine, clock),
        documents=SqlDocumentCatalogue(engine, clock),
        policy=policy or Policy(hosts_of(sources), user_agent(settings.refresh_contact)),
        resolver=resolver or SystemResolver(),
        timer=timer or SystemTimer(),
        texts=texts or IsolatedPageTexts(),
        clock=clock,
        lock=settings.data / "refresh.lock",
    )


def fetched_files(settings: Settings, addresses: Sequence[str]) -> Iterator[RawFile | CorpusError]:
    """What stands at addresses that a person named; each is read when it is asked for."""
    policy = policy_for_named_addresses(user_agent(settings.refresh_contact))
    return web_files(addresses, policy, SystemResolver(), SystemTimer(), SystemClock().today())
