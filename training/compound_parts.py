"""Counts the words that compounds are made of: `python -m training.compound_parts DATA`.

Writes knowledge/retrieval/compound_parts.tsv: words of running Swedish text with how often they stand there.
"""

import re
from collections import Counter
from pathlib import Path

import typer

from knowledge.retrieval.compounds import PARTS

WORD = re.compile(r"[a-zåäöéèüáàæøßç]+")
SHORTEST, SELDOMEST = 4, 100  # rarer and shorter words split what is whole


def main(data: Path, out: Path = PARTS) -> None:
    """Counts the words of every .md and .txt below DATA."""
    counts: Counter[str] = Counter()
    for path in sorted([*data.rglob("*.md"), *data.rglob("*.txt")]):
        counts.update(WORD.findall(path.read_text(encoding="utf-8").lower()))
    kept = [(w, n) for w, n in counts.items() if n >= SELDOMEST and len(w) >= SHORTEST]
    kept.sort(key=lambda row: (-row[1], row[0]))
    out.write_text("".join(f"{word}\t{count}\n" for word, count in kept), encoding="utf-8")
    print(f"{len(kept):,} words of {sum(counts.values()):,} running ones")


if __name__ == "__main__":
    typer.run(main)
