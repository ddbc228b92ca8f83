"""BM25 over our own tokens with tantivy. The engine scores, we analyse."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from ..errors import IndexUnavailable

_FIELD, _ROW = "tokens", "row"
_WRITER_HEAP = 50_000_000  # bytes; tantivy's smallest comfortable heap for one thread


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_FIELD, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field(_ROW, fast=True)
    return builder.build()


def build_lexical_index(folder: Path, rows: Iterable[Sequence[str]]) -> None:
    """Writes a new index into an empty folder; row numbers follow the order given."""
    folder.mkdir(parents=True)
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=_WRITER_HEAP, num_threads=1)
    for number, tokens in enumerate(rows):
        document = tantivy.Document()
        document.add_text(_FIELD, " ".join(tokens))
        document.add_unsigned(_ROW, number)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class TantivyIndex:
    """One opened, unchanging generation. Safe to search from several threads."""

    def __init__(self, folder: Path) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
        except (ValueError, OSError) as error:
            raise IndexUnavailable(f"lexical index in {folder}: {error}") from error
        self._schema = _schema()
        self._searcher = self._index.searcher()
        self._size = self._searcher.num_docs
        self._rarity: dict[str, float] = {}

    def search(
        self, tokens: Sequence[str], k: int, also: Sequence[str] = (), also_weight: float = 0.0
    ) -> tuple[list[tuple[int, float]], float]:
        """The k best rows with their BM25 scores, and the sum of the tokens' rarities.

        `also` holds tokens of other words for the same, which count less. The second figure makes the scores of
        different questions comparable: BM25 itself grows with the question's length.
        """
        weights: dict[str, float] = {}
        for said, weight in ((tokens, 1.0), (also, also_weight)):
            for token in said:
                weights[token] = weights.get(token, 0.0) + weight
        ceiling = sum(self._rarity_of(token) * weight for token, weight in weights.items())
        clauses = [(tantivy.Occur.Should, self._clause(token, weight)) for token, weight in weights.items()]
        if not clauses:
            return [], 1.0
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), limit=k, count=False).hits
        rows = self._searcher.fast_field_values(_ROW, [address for _, address in hits])
        return [(int(row), float(score)) for row, (score, _) in zip(rows, hits, strict=True)], ceiling

    def _clause(self, token: str, weight: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, _FIELD, token, index_option="freq")
        return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)

    def _rarity_of(self, token: str) -> float:
        """BM25's idf; an unknown token weighs as much as the rarest known one: foreign words lower the score."""
        rarity = self._rarity.get(token)
        if rarity is None:
            frequency = self._searcher.doc_freq(_FIELD, token)
            rarity = math.log(1 + (self._size - frequency + 0.5) / (frequency + 0.5))
            if len(self._rarity) < 200_000:  # a bound, since tokens come from outside
                self._rarity[token] = rarity
        return rarity
