"""Documents -> pairs: a title or heading and its text, a paragraph and the next, a sentence and what surrounds it."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from random import Random

from training.datatypes import Document, Pair, Places, Settings
from training.files import read_documents, write_pairs
from training.words import sentences

STATUTES = "sfs"
LONGEST = 900
CHAPTER = re.compile(r"^\d+ ?[a-z]? kap\.?\s*")


def pair_documents(places: Places, settings: Settings) -> dict[str, int]:
    rng = Random(settings.seed)
    pairs: list[Pair] = []
    statutes: list[Pair] = []
    for document in read_documents(places.documents):
        (statutes if document.collection == STATUTES else pairs).extend(_pairs(document, rng))
    rng.shuffle(statutes)
    pairs += statutes[: settings.max_statute_pairs]
    write_pairs(places.pairs("documents"), pairs)
    return dict(Counter(pair.kind for pair in pairs))


def _pairs(document: Document, rng: Random) -> Iterator[Pair]:
    title = document.title if len(document.title) > 8 else ""
    everything = [paragraph for section in document.sections for paragraph in section.paragraphs]
    for section in document.sections:
        heading = CHAPTER.sub("", section.heading)
        if 3 < len(heading) < 150 and heading != title:
            shown = f"{title[:120]}: {heading}" if title and rng.random() < 0.5 else heading
            yield _pair("heading", shown, " ".join(section.paragraphs))
    if title and everything:
        for paragraph in rng.sample(everything, min(3, len(everything))):
            yield _pair("title", title, paragraph)
        if document.collection != STATUTES:
            yield _pair("title", title, " ".join(everything))
            for first, second in pairwise(everything):
                yield _pair("next", first[:600], second)
    for paragraph in everything:
        yield from _cloze(paragraph, rng)


def _cloze(paragraph: str, rng: Random) -> Iterator[Pair]:
    parts = sentences(paragraph)
    if len(parts) < 3:
        return
    for at in rng.sample(range(len(parts)), 1 if len(parts) < 6 else 2):
        if 25 < len(parts[at]) < 300:
            yield _pair("cloze", parts[at], " ".join(parts[:at] + parts[at + 1 :]))


def _pair(kind: str, anchor: str, positive: str) -> Pair:
    return Pair(kind, anchor, positive[:LONGEST], key=positive[:80])
