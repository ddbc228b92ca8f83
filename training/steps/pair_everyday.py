"""Everyday questions about statutes -> pairs with the section that answers each, and with one another.

The questions ship with the service (knowledge/law/everyday); the statutes lie under the data folder, a file each named
by its number: sfs-1977-67.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random

from knowledge.errors import CorpusError
from knowledge.ingestion.files import read_bytes
from knowledge.ingestion.readers import markdown
from knowledge.law.everyday_questions import everyday_questions
from training.datatypes import Pair, Places, Settings
from training.files import write_pairs
from training.steps.read_documents import held_out_sequences
from training.words import sequences

LONGEST = 1000


def pair_everyday(places: Places, settings: Settings) -> dict[str, int]:
    forbidden = held_out_sequences(places.held_out)
    rng = Random(settings.seed)
    asked: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for number, address, text in everyday_questions():
        asked[f"sfs-{number.replace(':', '-')}"][address].append(text)
    pairs: list[Pair] = []
    for path in sorted(places.data.rglob("sfs-*.md")):
        if path.stem in asked:
            pairs += _pairs(path, asked[path.stem], rng)
    kept = [pair for pair in pairs if not (sequences(pair.anchor) | sequences(pair.positive)) & forbidden]
    write_pairs(places.pairs("everyday"), kept)
    return {**Counter(pair.kind for pair in kept), "held out": len(pairs) - len(kept)}


def _pairs(path: Path, asked: dict[str, list[str]], rng: Random) -> Iterator[Pair]:
    try:
        passages = markdown.read(read_bytes(path)).passages
    except CorpusError as fault:
        print(f"    left out: {fault}", flush=True)
        return
    for passage in passages:
        questions = asked.pop(passage.heading.partition(" – ")[0], [])  # the first passage of a long section
        for question in questions:
            text = f"{passage.title} {passage.heading} {passage.text}" if rng.random() < 0.5 else passage.text
            yield Pair("everyday", question, text[:LONGEST], key=passage.id)
        for one, other in pairwise(questions):
            yield Pair("everyday_alike", one, other, key=passage.id)
