"""Pairs -> token numbers, each pair as often as its kind weighs, with misspelt and folded anchors among them."""

import zlib
from collections import Counter
from collections.abc import Iterator
from random import Random

import numpy as np
from tokenizers import Tokenizer

from training.datatypes import Pair, Places, Settings
from training.distortions import fold, misspell
from training.files import read_pairs

SOURCES = ("documents", "questions", "corpus", "statements", "everyday", "terms")
CHUNK = 20_000


def encode_pairs(places: Places, settings: Settings) -> dict[str, int]:
    rng = Random(settings.seed)
    tokenizer = Tokenizer.from_file(str(places.tokenizer))
    pairs = [
        pair for name in SOURCES for source in read_pairs(places.pairs(name)) for pair in _repeat(source, settings, rng)
    ]
    padding = [word for pair in pairs if pair.kind == "question" for word in pair.anchor.split()]
    asked = [_distort(pair, padding, settings, rng) for pair in pairs]
    anchors = _encode(tokenizer, asked, settings.max_anchor_tokens)
    positives = _encode(tokenizer, [pair.positive for pair in pairs], settings.max_positive_tokens)
    usable = [at for at in range(len(pairs)) if len(anchors[at]) and len(positives[at])]
    keys = np.array([zlib.crc32(pairs[at].key.encode()) for at in usable], dtype=np.int64)
    arrays = {"keys": keys}
    for name, ids in (("anchor", anchors), ("positive", positives)):
        arrays[f"{name}_ids"] = np.concatenate([ids[at] for at in usable])
        arrays[f"{name}_ends"] = np.cumsum([len(ids[at]) for at in usable])
    np.savez(places.encoded, allow_pickle=False, **arrays)
    return {"pairs": len(usable), **Counter(pair.kind for pair in pairs)}


def _repeat(pair: Pair, settings: Settings, rng: Random) -> Iterator[Pair]:
    weight = settings.weights.get(pair.kind, 1.0)
    for _ in range(int(weight) + (rng.random() < weight % 1)):
        yield pair


def _distort(pair: Pair, padding: list[str], settings: Settings, rng: Random) -> str:
    own = pair.kind.startswith("own_")
    text = pair.anchor
    if own and padding and rng.random() < settings.own_padded_share:
        text = " ".join([*rng.choices(padding, k=rng.randint(1, 4)), text])
    typos = settings.own_typo_share if own else settings.typo_share
    folded = settings.own_folded_share if own else settings.folded_share
    drawn = rng.random()
    if drawn < typos:
        return misspell(text, rng)
    return fold(text) if drawn < typos + folded else text


def _encode(tokenizer: Tokenizer, texts: list[str], longest: int) -> list[np.ndarray]:
    """Token numbers of each text; a text that stands many times is encoded once."""
    different = list(dict.fromkeys(texts))
    found: dict[str, np.ndarray] = {}
    for start in range(0, len(different), CHUNK):
        chunk = different[start : start + CHUNK]
        encoded = tokenizer.encode_batch_fast(chunk, add_special_tokens=False)
        found |= {text: np.array(one.ids[:longest], dtype=np.int32) for text, one in zip(chunk, encoded, strict=True)}
        print(f"    {len(found):,} of {len(different):,} texts", end="\r", flush=True)
    return [found[text] for text in texts]
