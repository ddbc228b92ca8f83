"""Search over many passages of running text, one row a passage: the library's search, and what is measured elsewhere.

Words propose, the vectors propose, and late interaction has the last say over what both proposed. One folder is one
unchanging generation:

    <folder>/lexical/      tantivy
             vectors.faiss
             late_*.npy    late_interaction.py
             removed.npy   rows that no longer serve
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import IndexUnavailable
from ..memory import give_back_memory
from .analysis import Analyzer
from .encoders.static import StaticEncoder
from .fusion import LEXICAL_SCALE
from .indexes.faiss_index import FaissIndex, VectorWriter
from .late_interaction import LateInteraction, LateWriter
from .lexical import LexicalWriter, TantivyIndex

_LEXICAL_ASKED, _DENSE_ASKED, _RERANKED = 50, 30, 40
# Postings read, as a share of the rows: what is left out stands nearly everywhere.
_BUDGET, _READ_ANYWAY = 0.3, 5_000
_AT_ONCE = 256


class Weights(NamedTuple):
    """Shares of the score, together 1."""

    lexical: float
    dense: float
    late: float


GENERAL = Weights(0.5, 0.2, 0.3)  # the study behind docs/adr/0013; the field's own weights stand in fusion.py


def build(
    folder: Path,
    texts: Iterable[str],
    encoder: StaticEncoder,
    *,
    onto: Path | None = None,
    removed: Sequence[int] = (),
) -> int:
    """Writes a generation of these texts and returns its number of rows.

    `onto` is an earlier generation: its rows stay as they are, but for `removed` ones, and the texts come after them.
    """
    gone = {*(np.load(onto / "removed.npy").tolist() if onto else ()), *removed}
    folder.mkdir(parents=True, exist_ok=True)
    vectors = VectorWriter(folder / "vectors.faiss", encoder.dimensions, onto / "vectors.faiss" if onto else None)
    lexical = LexicalWriter(folder / "lexical", onto / "lexical" if onto else None, vectors.size)
    late = LateWriter(folder, len(encoder.piece_vectors), onto)
    analyzer = Analyzer()
    for row in removed:
        lexical.remove(row)
    waiting = iter(texts)
    while some := list(islice(waiting, _AT_ONCE)):
        pieces_of = encoder.pieces_of_all(some)
        vectors.add(np.concatenate([encoder.mean(pieces) for pieces in pieces_of]))
        for text, pieces in zip(some, pieces_of, strict=True):
            lexical.add(analyzer.word_tokens(text))
            late.add(pieces)
    lexical.close()
    late.close()
    vectors.close()
    np.save(folder / "removed.npy", np.array(sorted(gone), dtype=np.int64))
    return vectors.size


class PassageSearch:
    """One opened generation. Safe to search from several threads."""

    def __init__(
        self,
        folder: Path,
        encoder: StaticEncoder,
        weights: Weights = GENERAL,
        standings: NDArray[np.float32] | None = None,
    ) -> None:
        """`standings` is how much each row's score counts; without it, all count whole."""
        self._encoder, self._shares, self._standings = encoder, weights, standings
        self._analyzer = Analyzer()
        self._index = FaissIndex(folder / "vectors.faiss")
        self._late = LateInteraction(folder, encoder)
        self._lexical = TantivyIndex(folder / "lexical", max(_READ_ANYWAY, int(_BUDGET * self._late.size)))
        try:
            self._removed = frozenset(np.load(folder / "removed.npy").tolist())
        except (OSError, ValueError) as error:
            raise IndexUnavailable(f"rows taken out of {folder}: {error}") from error
        if standings is not None and len(standings) != self._index.size:
            raise IndexUnavailable(f"{folder}: {len(standings)} standings for {self._index.size} rows")
        if self._index.size != self._late.size:
            raise IndexUnavailable(f"{folder}: its parts are of different sizes")
        give_back_memory()

    @property
    def size(self) -> int:
        return self._index.size - len(self._removed)

    def search(self, text: str, k: int, other_words: str = "") -> list[tuple[int, float]]:
        """The k best rows and their scores, about 0 to 1, best first. `other_words` say the same and count less."""
        pieces = self._encoder.pieces(text)
        vector = self._encoder.mean(pieces)
        also = self._analyzer.word_tokens(other_words) if other_words else ()
        found, ceiling = self._lexical.search(self._analyzer.word_tokens(text), _LEXICAL_ASKED, also, 0.3)
        lexical = {row: score / (ceiling * LEXICAL_SCALE) for row, score in found}
        proposed = lexical.keys() | {row for row, _ in self._index.search(vector, _DENSE_ASKED)}
        rows = np.array(sorted(proposed - self._removed), dtype=np.int64)
        if not len(rows):
            return []
        scores = self._shares.lexical * np.array([lexical.get(row, 0.0) for row in rows.tolist()])
        scores += self._shares.dense * self._index.cosines(vector, rows)
        standings = np.ones(len(rows), np.float32) if self._standings is None else self._standings[rows]
        near = np.argsort(-scores * standings)[: max(k, _RERANKED)]
        rows, scores = rows[near], scores[near]
        scores += self._shares.late * self._late.scores(pieces, rows)
        scores *= standings[near]
        best = np.lexsort((rows, -scores))[:k]
        return list(zip(rows[best].tolist(), scores[best].tolist(), strict=True))
