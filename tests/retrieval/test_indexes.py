"""The two indexes: row numbers and scores out, rows in the order given, a broken file said to be one."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import IndexUnavailable
from knowledge.retrieval.analysis import Analyzer
from knowledge.retrieval.indexes import faiss_index
from knowledge.retrieval.indexes.faiss_index import FaissIndex, VectorWriter, build_vector_index
from knowledge.retrieval.lexical import LexicalWriter, TantivyIndex
from knowledge.seams import Vectors

ROWS = ["barnets skola", "akut tandvård", "skola och förskola för barn", "bussbiljett hem"]


def build_lexical_index(folder: Path, rows: Iterable[Sequence[str]]) -> None:
    writer = LexicalWriter(folder)
    for tokens in rows:
        writer.add(tokens)
    writer.close()


@pytest.fixture
def lexical(tmp_path: Path) -> TantivyIndex:
    build_lexical_index(tmp_path / "lexical", map(Analyzer().tokens, ROWS))
    return TantivyIndex(tmp_path / "lexical")


def test_lexical_finds_the_row_that_holds_the_words(lexical: TantivyIndex) -> None:
    hits, ceiling = lexical.search(Analyzer().tokens("tandvård"), 4)
    assert hits[0][0] == 1
    assert 0 < hits[0][1] <= ceiling * 2.2  # BM25's saturation bounds a token's score at 2.2 rarities
    scores = [score for _, score in hits]
    assert scores == sorted(scores, reverse=True)


def test_lexical_gives_at_most_k_rows(lexical: TantivyIndex) -> None:
    everything, _ = lexical.search(Analyzer().tokens("barn skola tandvård buss"), 10)
    assert {row for row, _ in everything} == {0, 1, 2, 3}
    assert len(lexical.search(Analyzer().tokens("barn skola tandvård buss"), 2)[0]) == 2


def test_lexical_knows_nothing_of_unknown_words_but_counts_them(lexical: TantivyIndex) -> None:
    assert lexical.search(["Skvantfysik"], 3)[0] == []
    _, with_unknown = lexical.search(["Sskol", "Skvantfysik"], 3)
    _, without = lexical.search(["Sskol"], 3)
    assert with_unknown > without


def test_lexical_takes_no_tokens(lexical: TantivyIndex) -> None:
    assert lexical.search([], 3) == ([], 1.0)


def test_lexical_reads_tokens_never_a_query_language(lexical: TantivyIndex) -> None:
    for token in ("tokens:skola", "*", "AND", '"', "a OR b", "\x00", "skola^9"):
        assert lexical.search([token], 3)[0] == []


def test_lexical_with_no_rows_finds_nothing(tmp_path: Path) -> None:
    build_lexical_index(tmp_path / "empty", [])
    assert TantivyIndex(tmp_path / "empty").search(["Sskol"], 3)[0] == []


def test_lexical_missing_or_broken_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="lexical"):
        TantivyIndex(tmp_path / "nowhere")
    build_lexical_index(tmp_path / "lexical", [["Sskol"]])
    (tmp_path / "lexical" / "meta.json").write_text("{")
    with pytest.raises(IndexUnavailable, match="lexical"):
        TantivyIndex(tmp_path / "lexical")


def test_a_budget_leaves_out_what_stands_nearly_everywhere(tmp_path: Path) -> None:
    build_lexical_index(tmp_path / "lexical", [["Sman"], ["Sman"], ["Sman"], ["Sman", "Sskol"]])
    whole, small = TantivyIndex(tmp_path / "lexical"), TantivyIndex(tmp_path / "lexical", budget=2)
    assert [row for row, _ in whole.search(["Sman", "Sskol"], 4)[0]] == [3, 0, 1, 2]
    assert [row for row, _ in small.search(["Sman", "Sskol"], 4)[0]] == [3]
    assert small.search(["Sman"], 4)[0], "the rarest token is always asked for"


def test_rows_are_added_onto_an_earlier_index_which_stays_as_it_was(tmp_path: Path) -> None:
    build_lexical_index(tmp_path / "first", [["Sskol"], ["Sbuss"]])
    writer = LexicalWriter(tmp_path / "second", onto=tmp_path / "first", rows=2)
    writer.remove(0)
    writer.add(["Sskol", "Sny"])
    writer.close()
    asked = ["Sskol", "Sbuss"]
    assert {row for row, _ in TantivyIndex(tmp_path / "second").search(asked, 9)[0]} == {1, 2}
    assert {row for row, _ in TantivyIndex(tmp_path / "first").search(asked, 9)[0]} == {0, 1}


def test_lexical_answers_many_threads_alike(lexical: TantivyIndex) -> None:
    tokens = Analyzer().tokens("skola för barn")
    expected = lexical.search(tokens, 4)
    wrong: list[object] = []

    def ask() -> None:
        wrong.extend(found for found in (lexical.search(tokens, 4) for _ in range(200)) if found != expected)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def _unit(rows: int, dimensions: int = 8) -> Vectors:
    vectors = np.random.default_rng(7).normal(size=(rows, dimensions)).astype(np.float32)
    found: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found


def test_vectors_are_found_by_inner_product_in_row_order(tmp_path: Path) -> None:
    vectors = _unit(50)
    build_vector_index(tmp_path / "vectors.faiss", vectors)
    index = FaissIndex(tmp_path / "vectors.faiss")
    assert (index.size, index.dimensions) == (50, 8)
    hits = index.search(vectors[17], 5)
    assert hits[0] == (17, pytest.approx(1, abs=1e-5))
    exact = np.argsort(-(vectors @ vectors[17]))[:5]
    assert [row for row, _ in hits] == exact.tolist()
    assert not (tmp_path / "vectors.partial").exists()


def test_vectors_asked_for_more_than_there_are_gives_all(tmp_path: Path) -> None:
    build_vector_index(tmp_path / "vectors.faiss", _unit(3))
    assert len(FaissIndex(tmp_path / "vectors.faiss").search(_unit(1)[0], 400)) == 3


def test_a_zero_vector_is_as_far_from_all(tmp_path: Path) -> None:
    build_vector_index(tmp_path / "vectors.faiss", _unit(3))
    hits = FaissIndex(tmp_path / "vectors.faiss").search(np.zeros(8, dtype=np.float32), 3)
    assert [score for _, score in hits] == [0, 0, 0]


def test_a_large_index_is_a_graph_that_still_finds_the_nearest(tmp_path: Path) -> None:
    vectors = _unit(faiss_index.FLAT_UP_TO + 1, 32)
    build_vector_index(tmp_path / "vectors.faiss", vectors)
    index = FaissIndex(tmp_path / "vectors.faiss")
    nearest = [int(np.argmax(vectors @ vectors[row])) for row in range(0, 2000, 100)]
    found = [index.search(vectors[row], 1)[0][0] for row in range(0, 2000, 100)]
    assert sum(a == b for a, b in zip(nearest, found, strict=True)) >= 19


def test_vectors_written_bit_by_bit_keep_their_rows_when_the_scan_becomes_a_graph(tmp_path: Path) -> None:
    vectors = _unit(faiss_index.FLAT_UP_TO + 300, 32)
    first, then = tmp_path / "first.faiss", tmp_path / "then.faiss"
    build_vector_index(first, vectors[: faiss_index.FLAT_UP_TO])
    writer = VectorWriter(then, 32, onto=first)
    for start in range(faiss_index.FLAT_UP_TO, len(vectors), 100):
        writer.add(vectors[start : start + 100])
    writer.close()
    scanned, graph = FaissIndex(first), FaissIndex(then)
    assert (writer.size, scanned.size, graph.size) == (len(vectors), faiss_index.FLAT_UP_TO, len(vectors))
    rows = np.array([0, 7, faiss_index.FLAT_UP_TO, len(vectors) - 1])
    assert graph.cosines(vectors[7], rows) == pytest.approx(vectors[rows] @ vectors[7], abs=1e-2)


def test_no_vectors_at_all_grow_into_a_graph(tmp_path: Path) -> None:
    vectors = _unit(faiss_index.FLAT_UP_TO + 1, 32)
    build_vector_index(tmp_path / "none.faiss", vectors[:0])
    writer = VectorWriter(tmp_path / "all.faiss", 32, onto=tmp_path / "none.faiss")
    writer.add(vectors)
    writer.close()
    assert FaissIndex(tmp_path / "all.faiss").search(vectors[3], 1)[0][1] == pytest.approx(1, abs=1e-2)


def test_vectors_missing_or_broken_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="vector"):
        FaissIndex(tmp_path / "nowhere.faiss")
    (tmp_path / "broken.faiss").write_bytes(b"IxFI" + bytes(20))
    with pytest.raises(IndexUnavailable, match="vector"):
        FaissIndex(tmp_path / "broken.faiss")
    with pytest.raises(IndexUnavailable, match="vector"):
        VectorWriter(tmp_path / "new.faiss", 8, onto=tmp_path / "broken.faiss")
