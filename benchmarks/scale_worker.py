"""One size of `benchmarks.scale`, in a process of its own so that its peak memory is its own; prints JSON.

`build` takes documents in until there are as many passages as wanted, and builds the index; `search` asks it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge.clock import SystemClock
from knowledge.errors import CorpusError
from knowledge.ingestion.library import Ingestion, files_in
from knowledge.retrieval import library_index
from knowledge.retrieval.encoders.static import StaticEncoder, embedded_encoder
from knowledge.retrieval.indexes.faiss_index import SEARCH_EFFORT, empty_graph
from knowledge.retrieval.library import Library
from knowledge.retrieval.publication import current_name
from knowledge.store.engine import migrate, open_engine
from knowledge.store.library import SqlLibraryStore

from .turns import percentiles

_SEED, _MORE_DOCUMENTS, _NEAREST = 1, 100, 10
_WARM_UP = 20
_EFFORTS = (SEARCH_EFFORT, 2 * SEARCH_EFFORT, 4 * SEARCH_EFFORT)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("phase", choices=("build", "search"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, help="as many as there are, if not given")
    parser.add_argument("--corpora", type=Path, nargs="*", default=[])
    parser.add_argument("--questions", type=Path)
    options = parser.parse_args()
    if options.phase == "build":
        figures = _build(options.folder, options.corpora, options.passages)
    else:
        lines = options.questions.read_text(encoding="utf-8").splitlines()
        figures = _search(options.folder, [json.loads(line)["question"] for line in lines])
    unit = 2**20 if sys.platform == "darwin" else 2**10
    figures["peak_memory_mib"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)
    json.dump(figures, sys.stdout)


def _store(folder: Path) -> SqlLibraryStore:
    engine = open_engine(f"sqlite:///{folder.resolve() / 'radgivaren.db'}")
    migrate(engine)
    return SqlLibraryStore(engine, SystemClock())


def _build(folder: Path, corpora: Sequence[Path], passages: int | None) -> dict[str, Any]:
    files = list(files_in(corpora))
    Random(_SEED).shuffle(files)
    coming = iter(files)
    store, encoder = _store(folder), embedded_encoder()
    ingestion = Ingestion(store.known_documents(), store.put, _said)
    began = time.perf_counter()
    counts = ingestion.run(_until(ingestion, coming, passages))
    took = time.perf_counter() - began
    index_s = _published(folder, store, encoder)
    figures = {
        "documents": counts.taken,
        "refused": counts.refused,
        "passages": counts.passages,
        "documents_per_second": round(counts.came_in / took),
        "passages_per_second": round(counts.passages / took),
        "ingest_s": round(took, 1),
        "index_s": round(index_s, 1),
        "index_mib": _mib(folder / "library"),
        "database_mib": _mib(folder, "radgivaren.db*"),
    }
    more = list(itertools.islice(coming, _MORE_DOCUMENTS))
    if more:  # none is left after all of them
        began = time.perf_counter()
        Ingestion(store.known_documents(), store.put, _said).run(more)
        _published(folder, store, encoder)
        figures["hundred_more_s"] = round(time.perf_counter() - began, 2)
    return figures


def _until(ingestion: Ingestion, files: Iterator[Path], passages: int | None) -> Iterator[Path]:
    """Some dozens of files more than that: they are sent to the reader ahead."""
    while passages is None or ingestion.passages_read < passages:
        file = next(files, None)
        if file is None:
            return
        yield file


def _said(error: CorpusError | None) -> None:
    if error is not None:
        print(error, file=sys.stderr)


def _published(folder: Path, store: SqlLibraryStore, encoder: StaticEncoder) -> float:
    began = time.perf_counter()
    library_index.publish(folder / "library", store.keys(), store.texts, encoder, statuses_of=store.statuses)
    return time.perf_counter() - began


def _mib(folder: Path, pattern: str = "**/*") -> int:
    return round(sum(file.stat().st_size for file in folder.glob(pattern) if file.is_file()) / 2**20)


def _search(folder: Path, questions: Sequence[str]) -> dict[str, Any]:
    """With the passages fetched from the database, as an answer needs them."""
    encoder = embedded_encoder()
    library = Library(folder / "library", encoder, _store(folder).passages_of)
    library.reload()
    for question in questions[:_WARM_UP]:
        library.search(question, _NEAREST)
    durations = []
    for question in questions:
        began = time.perf_counter()
        library.search(question, _NEAREST)
        durations.append((time.perf_counter() - began) * 1000)
    p50, p95 = percentiles(durations)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # before the other index is made
    return {
        "questions": len(questions),
        "p50_ms": p50,
        "p95_ms": p95,
        "serving_memory_mib": round(peak / (2**20 if sys.platform == "darwin" else 2**10)),
        "vector_index": _kinds(folder / "library", encoder.encode_queries(questions)),
    }


def _kinds(library: Path, questions: NDArray[np.float32]) -> dict[str, Any]:
    """The exact index beside the graph, on the vectors of this library."""
    place = library / str(current_name(library))
    published = faiss.read_index(str(place / "vectors.faiss"))
    vectors = published.reconstruct_n(0, published.ntotal)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    graph = published if hasattr(published, "hnsw") else _graph_of(vectors)
    exact, flat_ms = _nearest(flat, questions)
    return {"flat_p50_ms": flat_ms, "hnsw": [_of_effort(graph, effort, questions, exact) for effort in _EFFORTS]}


def _of_effort(graph: Any, effort: int, questions: NDArray[np.float32], exact: list[list[int]]) -> dict[str, float]:
    """The more nodes the search looks at, the more of the exact index's nearest it finds."""
    graph.hnsw.efSearch = effort
    found, p50 = _nearest(graph, questions)
    recall = [len(set(a) & set(b)) / len(a) for a, b in zip(exact, found, strict=True)]
    return {"effort": effort, "p50_ms": p50, "recall_at_10": round(float(np.mean(recall)), 3)}


def _graph_of(vectors: NDArray[np.float32]) -> Any:
    graph: Any = empty_graph(vectors.shape[1])
    graph.train(vectors)
    graph.add(vectors)
    return graph


def _nearest(index: Any, questions: NDArray[np.float32]) -> tuple[list[list[int]], float]:
    durations, found = [], []
    for question in questions:
        began = time.perf_counter()
        _, rows = index.search(question.reshape(1, -1), _NEAREST)
        durations.append((time.perf_counter() - began) * 1000)
        found.append(rows[0].tolist())
    return found, round(float(np.median(durations)), 3)


if __name__ == "__main__":
    main()
