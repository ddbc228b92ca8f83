"""`python -m benchmarks.peers.run`: our search beside other frameworks (../README.md)."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from sentence_transformers import SentenceTransformer

from training.measure import load_model

from .. import machine
from ..running_service import ROOT
from ..turns import questions as warm_up_questions
from . import environments, plot, pool, report, scoring
from .adapters.protocol import WARM_UP
from .peers import NAMES, Peer, chosen

ADAPTERS = Path(__file__).parent / "adapters"
BUILD = ROOT / "build" / "peers"
WORK, CORPORA = BUILD / "work", BUILD / "corpora"
MODEL = ROOT / "knowledge" / "model"
SHARED = Path("..") / "shared"
ONE_THREAD = ("OMP", "MKL", "OPENBLAS", "NUMBA")


def main() -> int:
    try:
        return _compare(_options())
    except (pool.TooFewPassages, environments.EnvironmentFailed) as error:
        raise SystemExit(str(error)) from error


def _compare(options: argparse.Namespace) -> int:
    described = machine.describe()
    peers = chosen(options.peers)
    pythons = {peer.name: _python(peer) for peer in peers}
    tasks = pool.read_tasks(options.swefaq, options.swequad)
    _say("documents …")
    filler = pool.read_filler(pool.unpacked(options.corpora, CORPORA), [text for task in tasks for text in task.texts])
    pools = [pool.make_pool(tasks, filler, size) for size in options.passages]
    result: dict[str, Any] = {
        "taken": dt.date.today().isoformat(),
        "command": shlex.join(["python", "-m", "benchmarks.peers.run", *sys.argv[1:]]),
        "machine": described,
        "reused": options.reuse,
        "sizes": [_measured(each, pythons, peers, options.reuse) for each in pools],
    }
    for table in report.screen_tables(result):
        Console().print(table)
    failed = any("failed" in figures for size in result["sizes"] for figures in size["peers"].values())
    _keep(result, options, whole=not failed and len(peers) == len(NAMES))
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers.run", description=__doc__)
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000, 100_000], metavar="N")
    parser.add_argument(
        "--corpora",
        type=Path,
        nargs="+",
        default=[SHARED / "corpora"],
        help="folders of Markdown documents, .tar.xz archives of such, or folders of such archives",
    )
    parser.add_argument("--swefaq", type=Path, default=SHARED / "swefaq" / "dev.jsonl", help="SweFAQ's dev.jsonl")
    parser.add_argument(
        "--swequad",
        type=Path,
        nargs="*",
        default=[SHARED / "swequad" / "test.json"],
        help="SweQUAD-MC's dev.json and test.json",
    )
    parser.add_argument("--peers", nargs="+", choices=NAMES, help="these alone; the README keeps what it shows")
    parser.add_argument(
        "--reuse",
        nargs="+",
        choices=NAMES,
        default=[],
        help="take what these gave in an earlier run on the same pool: the slowest takes twenty minutes at 100,000",
    )
    parser.add_argument("--json", type=Path, help="write result and plot here, and leave results/ and the README alone")
    options = parser.parse_args()
    for path in (*options.corpora, options.swefaq, *options.swequad):
        if not path.exists():
            parser.error(f"not there: {path}")
    return options


def _python(peer: Peer) -> Path:
    if peer.requirements is None:
        return Path(sys.executable)
    _say(f"environment of {peer.name} …")
    return environments.make(peer.requirements, BUILD)


def _measured(
    made: pool.Pool, pythons: dict[str, Path], peers: Sequence[Peer], reused: Sequence[str]
) -> dict[str, Any]:
    """All peers, one after the other, on one pool."""
    folder = WORK / str(len(made.passages))
    folder.mkdir(parents=True, exist_ok=True)
    questions = {f"q{at}": asked for at, asked in enumerate(made.questions)}
    _say(f"{len(made.passages):,} passages, {len(questions)} questions: vectors …")
    encoded_s = _write_pool(folder, made.passages, {name: asked.text for name, asked in questions.items()})
    figures: dict[str, Any] = {}
    for peer in peers:
        _say(f"{len(made.passages):,} passages: {peer.name} …")
        earlier = folder / f"{peer.name}.json"
        if peer.name in reused and earlier.exists():
            raw = json.loads(earlier.read_text(encoding="utf-8"))
        else:
            raw = _run(peer, pythons[peer.name], folder)
        figures[peer.name] = raw if "failed" in raw else scoring.figures_of(raw, questions)
    return {"passages": len(made.passages), "questions": len(questions), "encoded_s": encoded_s, "peers": figures}


def _write_pool(folder: Path, passages: Sequence[str], questions: dict[str, str]) -> float:
    """The protocol's input; warm-up questions are others than those that count. Returns the seconds of encoding."""
    asked = {f"warm-up-{at}": text for at, text in enumerate(warm_up_questions(WARM_UP))} | questions
    _write_lines(folder / "passages.jsonl", ((str(row), text) for row, text in enumerate(passages)))
    _write_lines(folder / "questions.jsonl", asked.items())
    model = load_model(MODEL)
    began = time.perf_counter()
    _write_vectors(folder / "vectors.npy", model, passages)
    encoded_s = round(time.perf_counter() - began, 1)
    _write_vectors(folder / "question_vectors.npy", model, list(asked.values()))
    return encoded_s


def _write_lines(file: Path, rows: Iterable[tuple[str, str]]) -> None:
    with file.open("w", encoding="utf-8") as out:
        for name, text in rows:
            out.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")


def _write_vectors(file: Path, model: SentenceTransformer, texts: Sequence[str]) -> None:
    vectors = model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
    np.save(file, np.nan_to_num(np.asarray(vectors, dtype=np.float32)))


def _run(peer: Peer, python: Path, folder: Path) -> dict[str, Any]:
    """What the protocol wrote, or {"failed": the end of what the peer said}."""
    file = folder / f"{peer.name}.json"
    file.unlink(missing_ok=True)
    adapter = ADAPTERS / f"{peer.adapter}.py"
    done = subprocess.run(
        [python, "-P", ADAPTERS / "protocol.py", adapter, folder, file, json.dumps(dict(peer.options))],
        cwd=folder,
        env=_environment(ours=peer.requirements is None),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode or not file.exists():
        _say(f"{peer.name} failed ({done.returncode}):\n{done.stdout[-2000:]}")
        said = done.stdout.strip().splitlines()
        return {"failed": said[-1] if said else f"status {done.returncode}"}
    raw: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return raw


def _environment(ours: bool) -> dict[str, str]:
    """One thread for everyone, and nobody calls home or a model hub."""
    settings = {f"{library}_NUM_THREADS": "1" for library in ONE_THREAD}
    settings |= {"TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False"}
    settings |= {"PYTHONPATH": str(ROOT)} if ours else {}
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | settings


def _keep(result: dict[str, Any], options: argparse.Namespace, whole: bool) -> None:
    """A partial or failed measurement does not become the one that the README shows."""
    if options.json:
        _write(result, options.json)
    elif whole:
        file = report.RESULTS / f"{result['taken']}-{machine.name(result['machine'])}.json"
        file.parent.mkdir(exist_ok=True)
        _write(result, file)
        report.write_into_readme(file)
        _say(f"written: {file.relative_to(ROOT)}, the plot beside it, and the tables in benchmarks/README.md")


def _write(result: dict[str, Any], file: Path) -> None:
    file.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    plot.draw(result, file.with_suffix(".png"))


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
