"""The composition root: settings in, everything built and connected out. Nothing is built anywhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

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
from .contacts.checks import Rules
from .contacts.directory import StoredContactDirectory
from .contacts.places import Places
from .contacts.sheet import read_sheet
from .contacts.synonyms import Synonyms
from .datatypes import Document, Passage
from .errors import ContactsRejected, CorpusError, IndexBusy
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
from .retrieval import generations, library_index, publication
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
from .store.contacts import FileTaken, SqlContactStore
from .store.conversations import SqlConversationStore
from .store.document_catalogue import SqlDocumentCatalogue
from .store.documents import SqlDocumentStore
from .store.engine import migrate, open_engine
from .store.index_jobs import SqlIndexJobs
from .store.library import LibrarySize, SqlLibraryStore
from .store.sections import SqlSections
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
) -> Knowledge:
    """Connects everything for answering. Raises IndexUnavailable where `prepare` has not run.

    `recording` takes the place of the database for what is asked and said: an evaluation leaves no trace there.
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
    conversations = SqlConversationStore(engine, clock)
    contacts = _directory(settings, SqlContactStore(engine, clock), clock)
    catalogue = Catalogue()
    redactor = Redactor()
    sections = SqlSections(engine)
    by_id = {document.id: document for document in current}
    parts = Parts(
        retriever=retriever,
        conversations=recording or conversations,
        contacts=contacts,
        documents=by_id,
        catalogue=catalogue,
        detectors=Detectors(LanguageDetector(), redactor, DangerDetector(), ConductDetector()),
        support=SupportModel.load(SUPPORT),
        sentences=SentenceRelevance(pieces, [text for p in _passages(current) for text in (p.text, p.text_en)]),
        sections=sections,
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
    )


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
