"""The composition root: settings in, everything built and connected out. Nothing is built anywhere else."""

from __future__ import annotations

from .access import entrance
from .commands import (
    build_source_upkeep,
    check_indexes,
    fetched_files,
    library_size,
    open_answer_records,
    open_audit_log,
    open_contacts,
    open_document_catalogue,
    open_entrance,
    open_erasure,
    open_library_upkeep,
    open_retention,
)
from .parts import contact_rules, index_folder, library_folder, library_upkeep, open_store, read_places, take_contacts
from .preparation import prepare
from .service import Knowledge, build, prepare_and_build

__all__ = [
    "Knowledge",
    "build",
    "build_source_upkeep",
    "check_indexes",
    "contact_rules",
    "entrance",
    "fetched_files",
    "index_folder",
    "library_folder",
    "library_size",
    "library_upkeep",
    "open_answer_records",
    "open_audit_log",
    "open_contacts",
    "open_document_catalogue",
    "open_entrance",
    "open_erasure",
    "open_library_upkeep",
    "open_retention",
    "open_store",
    "prepare",
    "prepare_and_build",
    "read_places",
    "take_contacts",
]
