"""Tables, corpus and index brought up to date, before anything is served."""

from __future__ import annotations

import logging

from ..clock import SystemClock
from ..errors import IndexBusy
from ..ingestion.readers.corpus_markdown import CorpusMarkdownReader
from ..library_upkeep import LibraryUpkeep
from ..retrieval import generations
from ..retrieval.encoders.by_setting import make_encoder
from ..seams import Clock, Encoder
from ..settings import Settings
from ..store.contacts import SqlContactStore
from ..store.documents import SqlDocumentStore
from ..store.library import SqlLibraryStore
from .parts import index_folder, library_upkeep, open_store, passages_of, pieces_of, take_contacts

log = logging.getLogger(__name__)


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
    passages = passages_of(store.documents())
    encoder = encoder or make_encoder(settings)
    pieces = pieces_of(encoder)
    if SqlLibraryStore(engine, clock or SystemClock()).count().documents:
        _bring_up_to_date(library_upkeep(settings, engine, clock or SystemClock(), pieces))
    wanted = generations.fingerprint(passages, encoder, pieces)
    if not force and generations.current_fingerprint(index_folder(settings), pieces) == wanted:
        return False
    log.info("building the index of %d passages", len(passages))
    generations.publish(index_folder(settings), passages, encoder, pieces)
    return True


def _bring_up_to_date(upkeep: LibraryUpkeep) -> None:
    """Does nothing where the library's index is whole and of this encoder."""
    try:
        upkeep.publish()
    except IndexBusy:
        log.info("another process is indexing the library: what it publishes is taken over then")
