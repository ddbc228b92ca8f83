"""The composition root: settings in, everything built and connected out. Nothing is built anywhere else."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from .answering.answer import Answering
from .answering.detectors.conduct import ConductDetector
from .answering.detectors.danger import DangerDetector
from .answering.detectors.language import LanguageDetector
from .answering.detectors.privacy import Redactor
from .answering.draft import Detectors, Parts
from .answering.support import SupportModel
from .answering.texts import Catalogue
from .clock import SystemClock
from .contacts.directory import CsvContactDirectory
from .datatypes import Document, Passage
from .ingestion.readers.corpus_markdown import CorpusMarkdownReader
from .retrieval import generations, library_index
from .retrieval.encoders.by_setting import make_encoder, make_reranker
from .retrieval.encoders.static import StaticEncoder, embedded_encoder
from .retrieval.library import Library
from .retrieval.search import HybridRetriever
from .retrieval.sentence_relevance import SentenceRelevance
from .retrieval.subject import SubjectModel
from .seams import Clock, ConversationStore, Encoder
from .settings import PACKAGE, Settings
from .store.conversations import SqlConversationStore
from .store.documents import SqlDocumentStore
from .store.engine import migrate, open_engine
from .store.library import SqlLibraryStore

log = logging.getLogger(__name__)
SUPPORT = PACKAGE / "retrieval" / "support.json"
SUBJECT = PACKAGE / "retrieval" / "subject.npz"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The parts that the edges (api, cli) call."""

    settings: Settings
    answering: Answering
    retriever: HybridRetriever
    conversations: SqlConversationStore
    contacts: CsvContactDirectory
    redactor: Redactor
    documents: dict[str, Document]
    catalogue: Catalogue
    engine: Engine


def index_folder(settings: Settings) -> Path:
    return settings.data / "index"


def library_folder(settings: Settings) -> Path:
    return settings.data / "library"


def prepare(
    settings: Settings, *, encoder: Encoder | None = None, clock: Clock | None = None, force: bool = False
) -> bool:
    """Brings tables, corpus and index up to date. Returns whether the index was built anew.

    Safe to run at any time and again after a crash: each of the three is all or nothing.
    """
    engine = open_engine(settings.database_url)
    migrate(engine)
    store = SqlDocumentStore(engine, clock or SystemClock())
    if store.replace_corpus(CorpusMarkdownReader().read(settings.corpus)):
        log.info("corpus stored")
    passages = _passages(store.documents())
    encoder = encoder or make_encoder(settings)
    pieces = _pieces(encoder)
    library = SqlLibraryStore(engine, clock or SystemClock())
    if library.count().documents:
        # Does nothing where the library's index is whole and of this encoder.
        library_index.publish(library_folder(settings), library.keys(), library.texts, pieces)
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
    retriever = HybridRetriever(
        index_folder(settings),
        encoder,
        pieces,
        SubjectModel.load(SUBJECT),
        lambda: _passages(documents.documents()),
        Library(library_folder(settings), pieces, SqlLibraryStore(engine, clock).passages_of),
        make_reranker(settings),
    )
    retriever.reload()
    conversations = SqlConversationStore(engine, clock)
    contacts = CsvContactDirectory(settings.corpus / "contacts.csv", settings.corpus / "places.csv")
    catalogue = Catalogue()
    redactor = Redactor()
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
        clock=clock,
    )
    return Knowledge(settings, Answering(parts), retriever, conversations, contacts, redactor, by_id, catalogue, engine)


def prepare_and_build(settings: Settings, *, recording: ConversationStore | None = None) -> Knowledge:
    """`prepare`, then `build`, with one load of the encoder for both."""
    encoder = make_encoder(settings)
    prepare(settings, encoder=encoder)
    return build(settings, encoder=encoder, recording=recording)


def _pieces(encoder: Encoder) -> StaticEncoder:
    """Whose piece vectors late interaction compares: the embedded model's, whichever encoder searches."""
    return encoder if isinstance(encoder, StaticEncoder) else embedded_encoder()


def _passages(documents: tuple[Document, ...]) -> tuple[Passage, ...]:
    return tuple(passage for document in documents for passage in document.passages)
