"""Who is measured, and how each is set up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Peer:
    """`adapter` is a file in adapters/, `requirements` one in requirements/; without it, the project's environment."""

    name: str
    adapter: str
    what: str
    requirements: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)


PEERS = (
    Peer("radgivaren", "radgivaren", "ours; encodes passages and questions itself"),
    Peer(
        "haystack",
        "haystack",
        "Haystack: in-memory BM25 and embeddings, reciprocal rank fusion",
        requirements="haystack",
    ),
    Peer(
        "llama_index",
        "llama_index",
        "LlamaIndex: FAISS and BM25 with Swedish stemmer, reciprocal rank fusion",
        requirements="llama_index",
        options={"language": "sv", "stemmer": "swedish"},
    ),
    Peer("txtai", "txtai", "txtai: hybrid index of BM25 and FAISS", requirements="txtai"),
    Peer(
        "bm25s",
        "bm25s",
        "bm25s, English stop words and stemmer: MTEB's baseline until 2026",
        requirements="bm25s",
        options={"stopwords": "en", "stemmer": "english"},
    ),
    Peer(
        "bm25s_sv",
        "bm25s",
        "bm25s, Swedish stop words and stemmer: MTEB's baseline since, for Swedish",
        requirements="bm25s",
        options={"stopwords": "sv", "stemmer": "swedish"},
    ),
)
NAMES = tuple(peer.name for peer in PEERS)


def chosen(names: list[str] | None) -> list[Peer]:
    return [peer for peer in PEERS if not names or peer.name in names]
