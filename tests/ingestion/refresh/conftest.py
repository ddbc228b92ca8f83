"""A site on loopback, and the upkeep of sources with a policy that lets it through; the default one never does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import Engine

from knowledge import bootstrap
from knowledge.fakes import FixedResolver, InstantTimer
from knowledge.ingestion.fetching.fetcher import Fetched
from knowledge.ingestion.fetching.policy import Policy
from knowledge.ingestion.files import from_address
from knowledge.ingestion.refresh.page_text import PageTexts, text_of
from knowledge.settings import Settings
from knowledge.source_checks import SourceCheck
from knowledge.source_upkeep import SourceUpkeep
from knowledge.store.engine import open_engine

from .site import Site

HOSTS = ("kommun.test", "region.test")


class MovingClock:
    """Stands still until a test lets days pass."""

    def __init__(self) -> None:
        self.time = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        return self.time

    def today(self) -> dt.date:
        return self.time.date()

    def days_pass(self, days: float) -> None:
        self.time += dt.timedelta(days=days)


class TextsInThisProcess:
    """What the service reads in a process of its own: quicker, for tests that are about something else."""

    def text_of(self, fetched: Fetched) -> str:
        return text_of(from_address(fetched.url, fetched.body, fetched.content_type))

    def close(self) -> None:
        return None


@dataclass
class Watch:
    """The parts of one test. `policy` may be exchanged before `upkeep` is asked for."""

    site: Site
    clock: MovingClock
    resolver: FixedResolver
    timer: InstantTimer
    policy: Policy
    settings: Settings
    engine: Engine
    texts: PageTexts
    _built: tuple[object, SourceUpkeep] | None = None

    def sources(self, *addresses: str, every: int = 30) -> None:
        """What is watched from now on."""
        hosts: dict[str, list[dict[str, Any]]] = {}
        for address in addresses:
            host = address.partition("://")[2].partition("/")[0].partition(":")[0]
            title = f"Sidan {address.rpartition('/')[2]}"
            entry = {"url": address, "title": title, "publisher": "Kommunen", "topics": ["hemresa"]}
            hosts.setdefault(host, []).append(entry)
        content = {
            "every": {"seldom": every},
            "hosts": [{"host": host, "every": "seldom", "sources": entries} for host, entries in hosts.items()],
        }
        (self.settings.corpus / "sources.yml").write_text(yaml.safe_dump(content), encoding="utf-8")

    @property
    def upkeep(self) -> SourceUpkeep:
        """Built anew where a part or the sources were exchanged."""
        sources = (self.settings.corpus / "sources.yml").read_text(encoding="utf-8")
        parts = (self.policy, id(self.resolver), id(self.texts), sources)
        if self._built is None or self._built[0] != parts:
            self._built = (parts, self._build())
        return self._built[1]

    def _build(self) -> SourceUpkeep:
        return bootstrap.build_source_upkeep(
            self.settings,
            policy=self.policy,
            resolver=self.resolver,
            timer=self.timer,
            texts=self.texts,
            clock=self.clock,
        )

    def check(self, *addresses: str) -> list[SourceCheck]:
        """What the checks of these, or of all, ended with."""
        upkeep, made = self.upkeep, []
        upkeep.check(upkeep.named(addresses) if addresses else upkeep.sources, made.append)
        return made

    def check_one(self, path: str = "/sida") -> SourceCheck:
        self.sources(self.site.url(path))
        (check,) = self.check()
        return check

    def allow(self, **changed: Any) -> None:
        self.policy = replace(self.policy, **changed)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture
def watch(site: Site, tmp_path: Path, make_settings: Callable[..., Settings]) -> Iterator[Watch]:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    settings = make_settings(tmp_path / "data", KNOWLEDGE_CORPUS=str(corpus))
    engine = open_engine(settings.database_url)
    policy = Policy(
        hosts=frozenset(HOSTS),
        user_agent="Radgivaren (+https://kommun.test/om)",
        ports=frozenset({site.port}),
        private=(ip_network("127.0.0.1/32"),),
        max_bytes=100_000,
    )
    resolver = FixedResolver(**{host: ["127.0.0.1"] for host in (*HOSTS, "www.kommun.test", "annan.test")})
    yield Watch(site, MovingClock(), resolver, InstantTimer(), policy, settings, engine, TextsInThisProcess())
    engine.dispose()
