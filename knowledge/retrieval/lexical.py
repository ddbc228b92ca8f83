"""BM25 over our own tokens with tantivy. The engine scores, we analyse."""

from __future__ import annotations

import math
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import tantivy

from ..errors import IndexUnavailable

_FIELD, _ROW = "tokens", "row"
_WRITER_HEAP = 20_000_000  # bytes; tantivy refuses less than 15 MB for a thread
_MOST_CLAUSES = 128
_TOKENS_KEPT = 200_000  # a bound, since tokens come from outside


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_FIELD, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field(_ROW, fast=True, indexed=True)  # indexed, so that a row can be taken out
    return builder.build()


class LexicalWriter:
    """Writes an index into an empty folder, or onto a copy of an earlier one: the rows added follow the rows there."""

    def __init__(self, folder: Path, onto: Path | None = None, rows: int = 0) -> None:
        folder.mkdir(parents=True)
        if onto is not None:
            _link_index(onto, folder)
        self._index = tantivy.Index(_schema(), path=str(folder))
        self._writer = self._index.writer(heap_size=_WRITER_HEAP, num_threads=1)
        self._rows = rows

    def add(self, tokens: Sequence[str]) -> None:
        document = tantivy.Document()
        document.add_text(_FIELD, " ".join(tokens))
        document.add_unsigned(_ROW, self._rows)
        self._writer.add_document(document)
        self._rows += 1

    def remove(self, row: int) -> None:
        # By query: by term, tantivy 0.27 takes nothing out where the field holds numbers.
        self._writer.delete_documents_by_query(tantivy.Query.term_query(self._index.schema, _ROW, row))

    def close(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()


def _link_index(old: Path, new: Path) -> None:
    """A segment never changes, so both folders may hold the same file; what tantivy rewrites is copied."""
    for file in old.iterdir():
        if file.suffix == ".json":
            shutil.copy2(file, new / file.name)
        elif not file.name.endswith(".lock"):
            try:
                os.link(file, new / file.name)
            except OSError:  # a file system without links
                shutil.copy2(file, new / file.name)


class TantivyIndex:
    """One opened, unchanging generation. Safe to search from several threads.

    `budget` bounds the postings that a question reads; None reads all. A third of as many as there are rows leaves out
    what stands nearly everywhere: a tenth of the time at 100,000 rows for .00 to .01 of quality (docs/adr/0013).
    """

    def __init__(self, folder: Path, budget: int | None = None) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
        except (ValueError, OSError) as error:
            raise IndexUnavailable(f"lexical index in {folder}: {error}") from error
        self._schema = _schema()
        self._searcher = self._index.searcher()
        self._size = self._searcher.num_docs
        self._budget = math.inf if budget is None else budget
        self._frequencies: dict[str, int] = {}
        self._queries: dict[str, tantivy.Query] = {}

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
        asked, ceiling = self._worth_asking(weights)
        if not asked:
            return [], 1.0
        clauses = [(tantivy.Occur.Should, self._clause(token, weights[token])) for token in asked]
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), limit=k, count=False).hits
        rows = self._searcher.fast_field_values(_ROW, [address for _, address in hits])
        return [(int(row), float(score)) for row, (score, _) in zip(rows, hits, strict=True)], ceiling

    def rarity_of(self, token: str) -> float:
        """How much it says: BM25's idf, highest for one that stands nowhere."""
        return self._rarity(self._frequency_of(token))

    def _worth_asking(self, weights: dict[str, float]) -> tuple[list[str], float]:
        """The rarest tokens, as many as the budget of postings allows, and the sum of their and the unknown's rarities.

        What stands in most rows costs most to read and tells least. An unknown token is not asked for, but weighs as
        much as the rarest known one: foreign words lower the score.
        """
        known = sorted((self._frequency_of(token), token) for token in weights)
        asked: list[str] = []
        ceiling, read = 0.0, 0
        for frequency, token in known:
            read += frequency
            if asked and (read > self._budget or len(asked) == _MOST_CLAUSES):
                break
            ceiling += self._rarity(frequency) * weights[token]
            if frequency:
                asked.append(token)
        return asked, ceiling

    def _clause(self, token: str, weight: float) -> tantivy.Query:
        query = self._queries.get(token)
        if query is None:
            query = tantivy.Query.term_query(self._schema, _FIELD, token, index_option="freq")
            if len(self._queries) < _TOKENS_KEPT:
                self._queries[token] = query
        return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)

    def _frequency_of(self, token: str) -> int:
        frequency = self._frequencies.get(token)
        if frequency is None:
            frequency = int(self._searcher.doc_freq(_FIELD, token))
            if len(self._frequencies) < _TOKENS_KEPT:
                self._frequencies[token] = frequency
        return frequency

    def _rarity(self, frequency: int) -> float:
        """BM25's idf."""
        size = max(self._size, frequency)  # rows taken out still count in frequencies until their segment is merged
        return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))
