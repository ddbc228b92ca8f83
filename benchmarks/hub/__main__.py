"""`python -m benchmarks.hub`: what multilingual-e5-small would bring, beside the embedded model (../README.md)."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge import evaluation
from knowledge.retrieval import passage_search
from knowledge.retrieval.encoders.by_setting import HUB_MODELS
from knowledge.retrieval.encoders.centred import CentredEncoder
from knowledge.retrieval.encoders.static import embedded_encoder
from knowledge.seams import Encoder

from ..intervals import figure, shown
from ..knowledge_alone import knowledge_alone
from ..peers import environments
from ..quality.__main__ import SHARED, there
from ..quality.general_search import DEPTH, SCORES, rank_of
from ..quality.pools import Pool, read_pools
from ..result_files import described, hand_over, put_between, say, where
from ..running_service import ROOT
from ..tables import Rows, in_markdown
from .encoder import NAME as MODEL
from .encoder import WorkerEncoder, hub_encoder

NAME = "hub"
README = Path(__file__).parents[1] / "README.md"
_OWN = Path("benchmarks") / "questions"
QUESTIONS = [SHARED / "questions" / "dev.jsonl", _OWN / "independent.jsonl", _OWN / "answerable.jsonl"]
SWEFAQ, SWEQUAD = SHARED / "swefaq" / "dev.jsonl", SHARED / "swequad" / "test.json"
_MEASURES = ("hit@1", "hit@3", "complete", "wrong", "wrongly_refused", "rightly_refused")
OURS, ITS, BOTH = "embedded model, with words", "hub model alone", "the two summed"


def measured_answers(files: Sequence[Path], model: WorkerEncoder) -> list[dict[str, Any]]:
    ways: list[tuple[str, Encoder]] = [
        ("embedded", embedded_encoder()),
        ("hub model, as the service takes it", CentredEncoder(model)),
        ("hub model, not centred", model),
    ]
    rows = []
    for way, encoder in ways:
        say(f"{way} …")
        with knowledge_alone(encoder) as knowledge:
            for file in files:
                outcomes = evaluation.ask_all(knowledge.answering, evaluation.read_questions(file))
                rows.append({"way": way, "file": file.name, "figures": evaluation.measures(outcomes)})
    return rows


def measured_search(pools: Sequence[Pool], model: WorkerEncoder, rounds: int) -> list[dict[str, Any]]:
    rows = []
    for pool in pools:
        say(f"{pool.name} …")
        ours = _our_scores(pool)
        its = model.encode_queries(pool.questions) @ model.encode_passages(pool.texts).T
        systems = {OURS: ours, ITS: its, BOTH: _standard(ours) + _standard(its)}
        rows.append(
            {"pool": pool.name, "passages": len(pool.texts), "questions": len(pool.questions)}
            | {name: _ndcg(scores, pool, rounds) for name, scores in systems.items()}
        )
    return rows


def _our_scores(pool: Pool) -> NDArray[np.float32]:
    """Of every passage that our search proposes; the others have none."""
    scores = np.zeros((len(pool.questions), len(pool.texts)), dtype=np.float32)
    encoder = embedded_encoder()
    with tempfile.TemporaryDirectory(prefix="radgivaren-benchmark-") as folder:
        passage_search.build(Path(folder) / "index", pool.texts, encoder)
        opened = passage_search.PassageSearch(Path(folder) / "index", encoder)
        for at, question in enumerate(pool.questions):
            for row, score in opened.search(question, len(pool.texts)):
                scores[at, row] = score
    return scores


def _standard(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    spread = np.maximum(scores.std(axis=1, keepdims=True), 1e-9)
    return np.asarray((scores - scores.mean(axis=1, keepdims=True)) / spread)


def _ndcg(scores: NDArray[np.float32], pool: Pool, rounds: int) -> Any:
    best = np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]
    ranks = [rank_of(found.tolist(), right) for found, right in zip(best, pool.right, strict=True)]
    return figure([SCORES["ndcg@10"](rank) for rank in ranks], rounds=rounds)


def tables(result: dict[str, Any]) -> list[Rows]:
    figures = result["figures"]
    answers = [
        [f"{row['file']}: {row['way']}", *(_share(row["figures"][name]) for name in _MEASURES)]
        for row in sorted(figures["answers"], key=lambda row: str(row["file"]))
    ]
    search = [
        [f"{row['pool']}, {row['passages']:,} passages", *(shown(row[name]) for name in (OURS, ITS, BOTH))]
        for row in figures["search"]
    ]
    return [
        Rows("Answers of the service", ["", *_MEASURES], answers),
        Rows("General search, ndcg@10", ["", OURS, ITS, BOTH], search),
        Rows("", ["one thread", "p50"], [["to encode a question, hub model", f"{figures['question_ms']:.1f} ms"]]),
    ]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".removeprefix("0")


def in_readme(result: dict[str, Any]) -> str:
    return "\n\n".join([where(result), *map(in_markdown, tables(result))])


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hub", description=__doc__)
    parser.add_argument("--questions", type=Path, nargs="*", default=QUESTIONS, metavar="FILE")
    parser.add_argument("--swefaq", type=Path, nargs="?", default=SWEFAQ, metavar="FILE")
    parser.add_argument("--swequad", type=Path, nargs="*", default=[SWEQUAD], metavar="FILE")
    parser.add_argument("--bootstrap", type=int, default=1000, metavar="ROUNDS", help="draws for each interval")
    parser.add_argument("--json", metavar="FILE|-", help="the result here, and results/ and the README left alone")
    options = parser.parse_args(arguments)
    result = described("benchmarks.hub", arguments)
    questions, swefaq = there(options.questions, QUESTIONS), there(options.swefaq, [SWEFAQ])
    pools = read_pools(swefaq[0] if swefaq else None, there(options.swequad, [SWEQUAD]))
    try:
        with hub_encoder(HUB_MODELS[MODEL].weight) as model:
            result["figures"] = {
                "answers": measured_answers(questions, model),
                "search": measured_search(pools, model, options.bootstrap),
                "question_ms": float(np.median(model.seconds_a_question)) * 1000,
            }
    except environments.EnvironmentFailed as error:
        raise SystemExit(str(error)) from error
    file = hand_over(result, options.json, NAME, tables(result))
    if file:
        put_between(README, NAME, in_readme(result))
        say(f"written: {file.relative_to(ROOT)}, and the tables in benchmarks/README.md")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
