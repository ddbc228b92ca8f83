"""How good and how fast, from what a peer handed back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .pool import Asked

DEPTH = 10


def figures_of(raw: Mapping[str, Any], questions: Mapping[str, Asked]) -> dict[str, Any]:
    """`raw` is the protocol's result; the ids of passages are their rows."""
    ranked = {name: [int(row) for row in rows] for name, rows in raw["ranked"].items()}
    quality = {
        name: (_gain(ranked[name], asked.right), _hit(ranked[name], asked.right)) for name, asked in questions.items()
    }
    sets = sorted({asked.of for asked in questions.values()})
    p50, p95 = percentiles(raw["latencies_ms"])
    return {
        **_mean(list(quality.values())),
        "p50_ms": p50,
        "p95_ms": p95,
        "cpu_p50_ms": percentiles(raw["cpu_ms"])[0],
        "ingest_s": round(raw["ingest_s"], 1),
        "peak_memory_mib": round(raw["peak_memory_mib"]),
        "rss_after_ingest_mib": round(raw["rss_after_ingest_mib"]),
        "by_set": {of: _mean([quality[name] for name, asked in questions.items() if asked.of == of]) for of in sets},
        "versions": raw["versions"],
    }


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """The 50th and the 95th."""
    p50, p95 = np.percentile(values, [50, 95])
    return round(float(p50), 2), round(float(p95), 2)


def _mean(pairs: Sequence[tuple[float, float]]) -> dict[str, float]:
    gain, hit = np.mean(pairs, axis=0)
    return {"ndcg_at_10": round(float(gain), 4), "hit_at_1": round(float(hit), 4)}


def _gain(ranked: Sequence[int], right: frozenset[int]) -> float:
    """nDCG@10; a passage named twice counts once, at its first place."""
    places = {row: place for place, row in reversed(list(enumerate(ranked[:DEPTH])))}
    gained = sum(1 / math.log2(places[row] + 2) for row in right if row in places)
    return gained / sum(1 / math.log2(place + 2) for place in range(min(len(right), DEPTH)))


def _hit(ranked: Sequence[int], right: frozenset[int]) -> float:
    return float(bool(ranked) and ranked[0] in right)
