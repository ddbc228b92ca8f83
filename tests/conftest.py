"""Fixtures that several folders use: the corpus, a factory of small passages, settings in a folder of their own."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from knowledge import bootstrap
from knowledge.clock import FixedClock
from knowledge.console.access.passwords import Passwords
from knowledge.datatypes import Document, FollowUp, Passage, Source, Validity, ValidityStatus
from knowledge.ingestion.readers.corpus_markdown import CorpusMarkdownReader
from knowledge.retrieval.encoders.by_setting import make_encoder
from knowledge.seams import Encoder
from knowledge.settings import PACKAGE, Settings, read_settings

REPOSITORY = Path(__file__).parent.parent
TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)

MakePassage = Callable[..., Passage]
MakeDocument = Callable[..., Document]
MakeSettings = Callable[..., Settings]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first: one that comes last keeps one worker at work alone."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def corpus() -> tuple[Document, ...]:
    """The corpus that ships with the service."""
    return CorpusMarkdownReader().read(PACKAGE / "corpus")


@pytest.fixture(scope="session")
def make_settings() -> MakeSettings:
    """Settings with everything written below one folder."""

    def make(folder: Path, **named: str) -> Settings:
        return read_settings({"RADGIVAREN_DATA": str(folder), "KNOWLEDGE_HOST": "127.0.0.1"} | named)

    return make


@pytest.fixture(scope="session")
def make_passage() -> MakePassage:
    def make(
        key: str,
        text: str,
        *,
        heading: str = "",
        phrasings: Sequence[str] = (),
        version: str = "v1",
        validity: Validity | None = None,
    ) -> Passage:
        source = Source("Källan", "https://kommun.example/kalla", "Exempelkommunen", "2024-05-01", "2024-05-01")
        return Passage(
            id=key,
            document_id=key.split("/")[0],
            title=key.split("/")[0].capitalize(),
            topics=(key.split("/")[0],),
            heading=heading or f"Vad gäller om {key}?",
            text=text,
            text_en="",
            sources=(source,),
            laws=(),
            validity=validity or Validity(ValidityStatus.CURRENT, "Läst i maj."),
            concerns_child=False,
            phrasings=tuple(phrasings),
            phrasings_en=(),
            keywords=(),
            version=version,
        )

    return make


@pytest.fixture(scope="session")
def make_document() -> MakeDocument:
    def make(*passages: Passage, content_hash: str = "h1") -> Document:
        key = passages[0].document_id
        follow_ups = (FollowUp("Och sedan?", "And then?"),)
        return Document(key, key.capitalize(), key, (key,), "Sammanfattning.", follow_ups, passages, content_hash)

    return make


@pytest.fixture(scope="session")
def encoder(make_settings: MakeSettings, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """The embedded model, loaded once."""
    return make_encoder(make_settings(tmp_path_factory.mktemp("encoder")))


@pytest.fixture(scope="session")
def prepared(
    make_settings: MakeSettings, tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, clock: FixedClock
) -> Path:
    """A data folder with tables, corpus and index, to be copied: never written to."""
    folder = tmp_path_factory.mktemp("prepared")
    assert bootstrap.prepare(make_settings(folder), encoder=encoder, clock=clock) is True
    return folder


@pytest.fixture(scope="session")
def build_knowledge(
    make_settings: MakeSettings, prepared: Path, encoder: Encoder, clock: FixedClock
) -> Callable[..., bootstrap.Knowledge]:
    """Everything connected, over a copy of the prepared folder. Its passwords are hashed quickly: many sign in here."""
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))

    def build(folder: Path, **named: str) -> bootstrap.Knowledge:
        shutil.copytree(prepared, folder, dirs_exist_ok=True)
        settings = make_settings(folder, **named)
        return bootstrap.build(settings, encoder=encoder, clock=clock, passwords=passwords)

    return build


@pytest.fixture(scope="session")
def make_statute(make_passage: MakePassage) -> Callable[..., Document]:
    """A statute of the library, as its reader makes it: a passage of each address, or several wordings of one."""

    def make(number: str, title: str, *sections: tuple[str, str] | tuple[str, str, Validity]) -> Document:
        key = f"sfs-{number.replace(':', '-')}"
        source = Source(title, "https://svenskforfattningssamling.se/", "Svensk författningssamling", "odaterad", None)
        passages = []
        for place, (heading, text, *validity) in enumerate(sections):
            address = heading.partition(" – ")[0]
            told = validity[0] if validity else Validity(ValidityStatus.CURRENT, "Texten som den publicerades.")
            passages.append(
                replace(
                    make_passage(f"{key}/{place}", text, heading=heading, validity=told, version=f"v{place}{text}"),
                    title=title,
                    topics=(),
                    sources=(source,),
                    laws=(f"{address} {title}",),
                )
            )
        return Document(key, title, "", (), "", (), tuple(passages), f"{key}{sections}"[:64])

    return make
