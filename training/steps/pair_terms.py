"""The term list -> pairs: terms of one concept, and sentences with their terms exchanged for synonyms or English."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from random import Random

from training.datatypes import Pair, Places, Settings
from training.files import read_pairs, write_pairs
from training.glossary import Glossary

SHORT_ENOUGH = 200
SOURCES = ("documents", "questions", "statements")
KINDS = {"heading", "title", "cloze", "question", "asked"}


def pair_terms(places: Places, settings: Settings) -> dict[str, int]:
    rng = Random(settings.seed)
    glossary = Glossary.read(places.terms)
    sources = [
        pair
        for pair in chain.from_iterable(read_pairs(places.pairs(name)) for name in SOURCES)
        if pair.kind in KINDS and len(pair.anchor) < SHORT_ENOUGH
    ]
    rng.shuffle(sources)
    pairs = [pair for _ in range(settings.term_rounds) for pair in _terms(glossary, rng)]
    pairs += _take(sources, settings.glossed, lambda pair: _glossed(pair, glossary, rng))
    sources.reverse()  # so that rewording starts on other sentences than glossing did
    pairs += _take(sources, settings.reworded, lambda pair: _reworded(pair, glossary, rng))
    write_pairs(places.pairs("terms"), pairs)
    return {"concepts": len(glossary.concepts), **Counter(pair.kind for pair in pairs)}


def _terms(glossary: Glossary, rng: Random) -> Iterator[Pair]:
    for concept in glossary.concepts:
        anchor = rng.choice(concept.swedish)
        others = [term for term in concept.swedish if term != anchor]
        if concept.english and (not others or rng.random() < 0.6):
            others = list(concept.english)
        if others:
            first, second = rng.sample([anchor, rng.choice(others)], 2)
            yield Pair("term", first, second, key=f"concept {concept.number}")
        if concept.foreign:
            first, second = rng.sample([anchor, rng.choice(concept.foreign)], 2)
            yield Pair("term_foreign", first, second, key=f"concept {concept.number}")


def _take(sources: list[Pair], wanted: int, make: Callable[[Pair], Pair | None]) -> list[Pair]:
    made: list[Pair] = []
    for source in sources:
        if len(made) >= wanted:
            break
        if pair := make(source):
            made.append(pair)
    return made


def _glossed(source: Pair, glossary: Glossary, rng: Random) -> Pair | None:
    gloss = glossary.gloss(source.anchor, rng)
    if gloss.matched < 3 or gloss.coverage < 0.65:
        return None
    return Pair("gloss", gloss.text, source.positive, source.key)


def _reworded(source: Pair, glossary: Glossary, rng: Random) -> Pair | None:
    text, changed = glossary.reword(source.anchor, rng)
    return Pair("reword", text, source.positive, source.key) if changed else None
