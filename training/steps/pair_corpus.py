"""The project's own passages -> pairs: questions, keywords, sentences and the English text, each with the passage."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

from training.corpus_passages import Passage, read_corpus
from training.datatypes import Pair, Places, Settings
from training.files import write_pairs
from training.glossary import Glossary
from training.words import sentences


def pair_corpus(places: Places, settings: Settings) -> dict[str, int]:
    """Writes `corpus_rounds` rounds of freshly drawn pairs; files that cannot be read are named and left out."""
    rng = Random(settings.seed)
    passages, faults = read_training_corpus(places, settings)
    for fault in faults:
        print(f"    left out: {fault}", flush=True)
    glossary = Glossary.read(places.terms)
    pairs = [
        pair for _ in range(settings.corpus_rounds) for passage in passages for pair in _pairs(passage, glossary, rng)
    ]
    write_pairs(places.pairs("corpus"), pairs)
    return {"passages": len(passages), "files left out": len(faults), **Counter(pair.kind for pair in pairs)}


def read_training_corpus(places: Places, settings: Settings) -> tuple[list[Passage], list[str]]:
    """The passages less the phrasings held out, if any, and a line about each file that could not be read."""
    passages, faults = read_corpus(places.corpus)
    return (_hold_out(passages, places) if settings.hold_out_phrasings else passages), faults


def _hold_out(passages: list[Passage], places: Places) -> list[Passage]:
    """Takes the last Swedish and the last English phrasing of each passage away from training."""
    rows, kept = [], []
    for passage in passages:
        for language, phrasing in (("sv", passage.swedish[-1]), ("en", passage.english[-1])):
            rows.append({"passage": passage.passage_id, "language": language, "question": phrasing})
        shorter = {"swedish": passage.swedish[:-1], "english": passage.english[:-1]}
        kept.append(Passage(**{**vars(passage), **shorter}))
    places.held_phrasings.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return kept


def _pairs(passage: Passage, glossary: Glossary, rng: Random) -> Iterator[Pair]:
    def pair(kind: str, anchor: str, positive: str) -> Pair:
        return Pair(f"own_{kind}", anchor, positive, key=passage.passage_id)

    everything = passage.swedish + passage.english
    for phrasing in passage.swedish:
        yield pair(
            "question", glossary.reword(phrasing, rng)[0] if rng.random() < 0.5 else phrasing, _shown(passage, rng)
        )
        gloss = glossary.gloss(phrasing, rng)
        if gloss.coverage > 0.6:
            yield pair("gloss", gloss.text, _shown(passage, rng))
    for phrasing in passage.english:
        yield pair("question_en", phrasing, _shown(passage, rng))
        if passage.text_en and rng.random() < 0.2:
            yield pair("question_en", phrasing, passage.text_en)
    for phrasing in rng.sample(everything, min(5, len(everything))):
        yield pair("alike", phrasing, rng.choice([other for other in everything if other != phrasing] or [phrasing]))
    yield pair("question", passage.heading, passage.text)
    yield pair("question", passage.title, passage.text)
    if passage.title_en:
        yield pair("question_en", passage.title_en, _shown(passage, rng))
    for _ in range(2):
        drawn = rng.sample(passage.keywords, min(rng.randint(1, 4), len(passage.keywords)))
        yield pair("keywords", " ".join(drawn), _shown(passage, rng))
    yield from _from_text(passage, rng, pair)


def _from_text(passage: Passage, rng: Random, pair: Callable[[str, str, str], Pair]) -> Iterator[Pair]:
    parts = sentences(passage.text)
    for at in rng.sample(range(len(parts)), min(2, len(parts))):
        rest = " ".join([passage.heading, *parts[:at], *parts[at + 1 :]])
        yield pair("cloze", parts[at], rest)
    parts_en = sentences(passage.text_en)
    for sentence in rng.sample(parts_en, min(2, len(parts_en))):
        yield pair("parallel", sentence, _shown(passage, rng))
    if parts_en:
        yield pair("parallel", passage.text_en, passage.text)


def _shown(passage: Passage, rng: Random) -> str:
    """The passage in one of the shapes it may be indexed or asked for in."""
    shape = rng.random()
    parts = sentences(passage.text)
    if shape < 0.5:
        return f"{passage.heading} {passage.text}"
    if shape < 0.65:
        return passage.text
    if shape < 0.8:
        return parts[0]  # the conclusion, which is indexed by itself too
    return " ".join([passage.title, passage.heading, *rng.sample(parts, (len(parts) + 1) // 2)])
