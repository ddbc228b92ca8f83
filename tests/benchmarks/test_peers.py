"""The comparison with other frameworks: what README.md shows, and the parts that make it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.peers import environments, plot, pool, report, scoring
from benchmarks.peers.adapters import protocol
from benchmarks.peers.peers import NAMES, PEERS
from benchmarks.peers.run import ADAPTERS
from benchmarks.result_files import between
from training.measure import Task


def latest() -> Path:
    return sorted(report.RESULTS.glob("*.json"))[-1]


# The result


def test_the_readme_shows_the_latest_result() -> None:
    assert between(report.README, report.MARKERS) == report.between_markers(latest())


def test_the_result_is_of_all_peers_and_says_how_and_where() -> None:
    result = json.loads(latest().read_text(encoding="utf-8"))
    assert result["command"].startswith("python -m benchmarks.peers.run")
    assert {"cores", "memory_gib", "python", "load_before"} <= result["machine"].keys()
    assert latest().name.startswith(result["taken"])
    for size in result["sizes"]:
        assert tuple(size["peers"]) == NAMES
        assert all(figures["versions"] for figures in size["peers"].values())


# Peers


def test_every_peer_has_its_files_and_every_version_is_pinned() -> None:
    for peer in PEERS:
        assert (ADAPTERS / f"{peer.adapter}.py").is_file()
        if peer.requirements:
            listed = (environments.REQUIREMENTS / f"{peer.requirements}.txt").read_text(encoding="utf-8").splitlines()
            pins = [line for line in listed if not line.startswith("#")]
            assert pins
            assert all("==" in pin for pin in pins)
            assert [pin for pin in pins if pin.startswith(("nvidia-", "torch"))] == []


# Pool


def document(folder: Path, name: str, *paragraphs: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("# Rubrik\n\n" + "\n\n".join(paragraphs), encoding="utf-8")


def test_paragraphs_are_packed_and_long_ones_cut(tmp_path: Path) -> None:
    short, long = "En mening om kommunens ansvar för alla som vistas där. " * 4, "Ord utan slut " * 120
    document(tmp_path / "c", "a.md", short, short, short, short, long, "För kort.")
    passages = list(pool.passages_of(tmp_path / "c" / "a.md"))
    assert all(pool.SHORTEST <= len(passage) <= pool.CHUNK for passage in passages)
    assert sum(passage.count("kommunens ansvar") for passage in passages) == 16
    assert len(passages) == 5


def test_a_word_longer_than_a_passage_is_cut(tmp_path: Path) -> None:
    document(tmp_path / "c", "a.md", "x" * 1500)
    assert [len(passage) for passage in pool.passages_of(tmp_path / "c" / "a.md")] == [700, 700, 100]


def test_filler_has_no_repeats_and_no_copy_of_a_known_text(tmp_path: Path) -> None:
    copied = "den som vistas i en kommun har rätt till stöd av kommunen och kan vända sig till socialtjänsten om detta"
    other = "Vägar och broar sköts av staten eller av kommunen beroende på var de ligger och vem som har byggt dem."
    document(tmp_path / "c", "a.md", other)
    document(tmp_path / "c", "b.md", other)
    document(tmp_path / "c", "d.md", f"Här står det att {copied}, sägs det i en artikel.")
    assert pool.read_filler([tmp_path / "c"], [copied.capitalize()]) == [other]


def test_a_larger_pool_holds_the_smaller_one_and_right_rows_are_right() -> None:
    task = Task("prov", ["vad är a?", "vad är b?"], ["a  är\nen bokstav", "b är en annan"], [{0}, {1}])
    filler = [f"utfyllnad {at}" for at in range(50)]
    small, large = (pool.make_pool([task], filler, size) for size in (10, 40))
    assert len(small.passages) == 10
    assert set(small.passages) < set(large.passages)
    for made in (small, large):
        found = [[made.passages[row] for row in asked.right] for asked in made.questions]
        assert found == [["a är en bokstav"], ["b är en annan"]]
    with pytest.raises(pool.TooFewPassages):
        pool.make_pool([task], filler, 100)


# Scoring


def raw(ranked: dict[str, list[str]], ms: list[float]) -> dict[str, Any]:
    memory = {"ingest_s": 1.0, "peak_memory_mib": 10.0, "rss_after_ingest_mib": 9.0}
    return {"ranked": ranked, "latencies_ms": ms, "cpu_ms": ms, "versions": {"python": "3"}} | memory


def test_scores() -> None:
    questions = {
        "first": pool.Asked("?", "A", frozenset({3})),
        "third": pool.Asked("?", "A", frozenset({3})),
        "absent": pool.Asked("?", "B", frozenset({3})),
        "nothing found": pool.Asked("?", "B", frozenset({3})),
        "two right": pool.Asked("?", "B", frozenset({1, 2})),
    }
    ranked = {
        "first": ["3", "3", "1"],
        "third": ["1", "2", "3"],
        "absent": [str(row) for row in range(4, 14)] + ["3"],
        "nothing found": [],
        "two right": ["2", "1"],
    }
    figures = scoring.figures_of(raw(ranked, [float(ms) for ms in range(101)]), questions)
    assert figures["ndcg_at_10"] == pytest.approx((1 + 0.5 + 0 + 0 + 1) / 5)
    assert figures["hit_at_1"] == pytest.approx(2 / 5)
    assert figures["by_set"]["A"] == {"ndcg_at_10": 0.75, "hit_at_1": 0.5}
    assert (figures["p50_ms"], figures["p95_ms"]) == (50, 95)


# Protocol

ADAPTER = """
PACKAGES = ("numpy",)

class Peer:
    def __init__(self, prefix):
        self.prefix = prefix

    def ingest(self, passages, vectors):
        self.passages, self.vectors = passages, vectors

    def search(self, text, vector):
        assert text.startswith(self.prefix)
        best = (self.vectors @ vector).argsort()[::-1]
        return [self.passages[row][0] for row in best[:10]]
"""


def test_the_protocol_answers_every_question_but_those_of_the_warm_up(tmp_path: Path) -> None:
    adapter, result = tmp_path / "numpy.py", tmp_path / "result.json"  # the name of a package, as real adapters have
    adapter.write_text(ADAPTER, encoding="utf-8")
    asked = protocol.WARM_UP + 3
    rows = {"passages": 30, "questions": asked}
    for name, count in rows.items():
        lines = [json.dumps({"id": f"{name[0]}{at}", "text": f"text {at}"}) for at in range(count)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    np.save(tmp_path / "vectors.npy", np.eye(30, dtype=np.float32))
    np.save(tmp_path / "question_vectors.npy", np.eye(30, dtype=np.float32)[:asked])
    command = [sys.executable, "-P", protocol.__file__, adapter, tmp_path, result, '{"prefix": "text"}']
    subprocess.run(command, check=True)
    written = json.loads(result.read_text(encoding="utf-8"))
    assert {name: ids[0] for name, ids in written["ranked"].items()} == {f"q{at}": f"p{at}" for at in range(20, 23)}
    assert len(written["latencies_ms"]) == len(written["cpu_ms"]) == 3
    assert 5 < written["rss_after_ingest_mib"] <= written["peak_memory_mib"] < 500
    assert written["versions"]["numpy"] == np.__version__


# Report


def made_up() -> dict[str, Any]:
    good = {"ndcg_at_10": 0.9, "hit_at_1": 0.8, "p50_ms": 0.25, "p95_ms": 7.04, "ingest_s": 1.0, "peak_memory_mib": 99}
    size = {"passages": 10_000, "questions": 5, "encoded_s": 2.0}
    peers = {"bm25s": good | {"ndcg_at_10": 0.5, "p50_ms": 0.3}, "txtai": {"failed": "no"}, "radgivaren": good}
    machine = {"cores": 2, "memory_gib": 8, "system": "Linux", "python": "3.11", "load_before": 0.1}
    return {"taken": "2026-11-26", "command": "python", "machine": machine, "sizes": [size | {"peers": peers}]}


def test_the_table_has_the_best_first_and_who_failed_last() -> None:
    rows = [line for line in report.table_of(made_up()).splitlines() if line.startswith("| `")]
    assert rows == [
        "| `radgivaren` | 0.900 | 0.800 | 0.25 ms | 7.0 ms | 1.0 s | 99 MiB |",
        "| `bm25s` | 0.500 | 0.800 | 0.30 ms | 7.0 ms | 1.0 s | 99 MiB |",
        "| `txtai` | failed |  |  |  |  |  |",
    ]
    assert len(report.screen_tables(made_up())[0].rows) == 3


def test_the_plot_is_drawn(tmp_path: Path) -> None:
    plot.draw(made_up(), tmp_path / "plot.png")
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
