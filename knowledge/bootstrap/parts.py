"""Parts that several of the things built share: folders, the database, contacts, the library."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from ..answering.detectors.person_names import NameFinder
from ..contacts.checks import Rules
from ..contacts.directory import StoredContactDirectory
from ..contacts.places import Places
from ..contacts.sheet import read_sheet
from ..contacts.synonyms import Synonyms
from ..datatypes import Document, Passage
from ..errors import ContactsRejected, CorpusError
from ..library_upkeep import LibraryUpkeep
from ..retrieval.encoders.static import StaticEncoder, embedded_encoder
from ..seams import Clock, Encoder
from ..settings import PACKAGE, Settings
from ..store.contacts import FileTaken, SqlContactStore
from ..store.engine import migrate, open_engine
from ..store.index_jobs import SqlIndexJobs
from ..store.library import SqlLibraryStore

log = logging.getLogger(__name__)
SUBJECT = PACKAGE / "retrieval" / "subject.npz"
SAID_SUBJECT = PACKAGE / "retrieval" / "said_subject.npz"
TERMS = PACKAGE / "retrieval" / "terms.tsv"


def index_folder(settings: Settings) -> Path:
    return settings.data / "index"


def library_folder(settings: Settings) -> Path:
    return settings.data / "library"


def everyday_folder(settings: Settings) -> Path:
    return settings.data / "everyday"


def open_store(settings: Settings) -> Engine:
    """The database with its tables up to date."""
    engine = open_engine(settings.database_url)
    migrate(engine)
    return engine


def read_places(settings: Settings) -> Places:
    return Places(settings.corpus / "places.csv", settings.corpus / "regions.csv")


def contact_directory(settings: Settings, store: SqlContactStore, clock: Clock) -> StoredContactDirectory:
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
    return LibraryUpkeep(library_folder(settings), everyday_folder(settings), store, jobs, pieces, on_published)


def pieces_of(encoder: Encoder) -> StaticEncoder:
    """Whose piece vectors late interaction compares: the embedded model's, whichever encoder searches."""
    return encoder if isinstance(encoder, StaticEncoder) else embedded_encoder()


def passages_of(documents: tuple[Document, ...]) -> tuple[Passage, ...]:
    return tuple(passage for document in documents for passage in document.passages)
