"""The composition root of the gateway."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from sqlalchemy import Engine

from .addresses import Addresses
from .conversations import Conversations
from .database import open_engine
from .deliveries.records import Deliveries
from .incoming.store import Incoming
from .knowledge_client import KnowledgeClient
from .pace import Pace
from .presentation.words import Catalogue
from .rasa_client import RasaClient
from .rate_limit import RateLimit
from .sealing import Seal
from .settings import Settings, kept_secret
from .texts import Texts
from .turns import FairQueue

# uvicorn closes an idle connection after 5 s: let go earlier, so that no request meets one that is just closing.
_KEPT_IDLE_S = 3.0
_KNOWLEDGE_CONNECTIONS = 100


@dataclass(frozen=True, slots=True)
class Gateway:
    """The parts that the channels call."""

    settings: Settings
    conversations: Conversations
    turns: FairQueue
    rate_limit: RateLimit
    rasa: RasaClient
    knowledge: KnowledgeClient
    texts: Texts
    catalogue: Catalogue
    engine: Engine  # connects only where a channel with durable work is configured
    pace: Pace
    incoming: Incoming
    addresses: Addresses
    deliveries: Deliveries
    clients: tuple[httpx.AsyncClient, ...]

    async def close(self) -> None:
        for client in self.clients:
            await client.aclose()
        self.engine.dispose()


def build(settings: Settings, pace: Pace | None = None) -> Gateway:
    pace = pace or Pace()
    rasa = _client(settings.rasa_url, settings.deadline_s, settings.in_flight * 2)
    knowledge = _client(settings.knowledge_url, settings.deadline_s, _KNOWLEDGE_CONNECTIONS)
    secret = kept_secret(settings)
    seal, engine = Seal(secret), open_engine(settings.database_url)
    return Gateway(
        settings=settings,
        conversations=Conversations(secret, settings.conversation_hours),
        turns=FairQueue(settings.in_flight),
        rate_limit=RateLimit(settings.rate_limit),
        rasa=RasaClient(rasa, settings.rasa_token),
        knowledge=KnowledgeClient(knowledge, settings.knowledge_token),
        texts=Texts(),
        catalogue=Catalogue(),
        engine=engine,
        pace=pace,
        incoming=Incoming(engine, seal, pace.lease_s),
        addresses=Addresses(engine, seal),
        deliveries=Deliveries(engine),
        clients=(rasa, knowledge),
    )


def _client(url: str, timeout_s: float, connections: int) -> httpx.AsyncClient:
    """trust_env is off: a proxy named in the environment is for others, and would see questions and tokens."""
    limits = httpx.Limits(
        max_connections=connections, max_keepalive_connections=connections, keepalive_expiry=_KEPT_IDLE_S
    )
    return httpx.AsyncClient(base_url=url, timeout=timeout_s, limits=limits, trust_env=False)
