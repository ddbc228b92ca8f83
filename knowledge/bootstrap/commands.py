"""What single commands need, without the rest: the command line opens these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..clock import SystemClock
from ..console.access.entrance import Entrance
from ..contacts.directory import StoredContactDirectory
from ..errors import CorpusError
from ..index_check import IndexCheck, check_everyday, check_library, check_starter
from ..ingestion.fetching.addresses import Resolver, SystemResolver
from ..ingestion.fetching.pace import SystemTimer, Timer
from ..ingestion.fetching.policy import Policy, user_agent
from ..ingestion.files import RawFile
from ..ingestion.refresh.page_text import IsolatedPageTexts, PageTexts
from ..ingestion.refresh.sources import hosts_of, read_sources
from ..ingestion.web_files import policy_for_named_addresses, web_files
from ..library_upkeep import LibraryUpkeep, questions_about
from ..retrieval import everyday, library_index, publication
from ..retrieval.encoders.by_setting import make_encoder
from ..retrieval.encoders.static import embedded_encoder
from ..retrieval.search import HybridRetriever
from ..retrieval.subject import SubjectModel
from ..seams import Clock
from ..settings import Settings
from ..source_upkeep import SourceUpkeep
from ..store.answer_records import SqlAnswerRecords
from ..store.audit_log import SqlAuditLog
from ..store.contacts import SqlContactStore
from ..store.document_catalogue import SqlDocumentCatalogue
from ..store.documents import SqlDocumentStore
from ..store.engine import open_engine
from ..store.erasure import SqlErasure
from ..store.library import LibrarySize, SqlLibraryStore
from ..store.retention import SqlRetention
from ..store.source_checks import SqlSourceStore
from .access import entrance
from .parts import (
    SUBJECT,
    contact_directory,
    everyday_folder,
    index_folder,
    library_folder,
    library_upkeep,
    open_store,
    passages_of,
    pieces_of,
    take_contacts,
)


def open_contacts(settings: Settings) -> tuple[StoredContactDirectory, SqlContactStore]:
    """The table of contacts alone, up to date with its file: no index is opened."""
    engine, clock = open_store(settings), SystemClock()
    store = SqlContactStore(engine, clock)
    take_contacts(settings, store)
    return contact_directory(settings, store, clock), store


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
    pieces, store = pieces_of(encoder), SqlLibraryStore(engine, clock)
    passages = passages_of(SqlDocumentStore(engine, clock).documents())
    retriever = HybridRetriever(index_folder(settings), encoder, pieces, SubjectModel.load(SUBJECT), lambda: passages)
    yield check_starter(retriever, passages)
    folder = library_folder(settings)
    if store.count().documents or publication.current_name(folder):
        yield check_library(lambda: library_index.open_current(folder, pieces), store)
    if wanted := everyday.rows_of(questions_about(store)):
        yield check_everyday(lambda: library_index.open_current(everyday_folder(settings), pieces), wanted)


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
