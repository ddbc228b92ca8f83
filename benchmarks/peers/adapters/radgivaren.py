"""Our own search: it takes texts alone, so its times hold the encoding of passages and questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from knowledge.retrieval import passage_search
from knowledge.retrieval.encoders.static import embedded_encoder

PACKAGES = ("faiss-cpu", "tantivy", "tokenizers", "numpy")


class Peer:
    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="radgivaren-peer-")

    def ingest(self, passages: Sequence[tuple[str, str]], vectors: Any) -> None:  # noqa: ARG002
        self._ids = [name for name, _ in passages]
        encoder = embedded_encoder()
        folder = Path(self._folder.name) / "index"
        passage_search.build(folder, (text for _, text in passages), encoder)
        self._search = passage_search.PassageSearch(folder, encoder)

    def search(self, text: str, vector: Any) -> list[str]:  # noqa: ARG002
        return [self._ids[row] for row, _ in self._search.search(text, 10)]
