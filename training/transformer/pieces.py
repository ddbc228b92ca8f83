"""Which of the 250,000 pieces stay: those that our languages use. The rest is two thirds of the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random

from tokenizers import Tokenizer

from .base_model import SPECIAL, BaseModel, make_tokenizer

_READ_AT_ONCE = 256
_DOCUMENTS, _CHARACTERS_EACH = 8_000, 4_000  # of the folder, drawn by chance
_SEEN_AT_LEAST = 8
_LETTERS = "abcdefghijklmnopqrstuvwxyzåäöéüàèçăâîșțşţABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉ0123456789.,:;!?()\"'§%&/+-–—…"


def kept_pieces(base: BaseModel, own: Iterable[str], data: Path) -> list[int]:
    """The special ones, every sign, all that `own` texts use, and what others use more than now and then."""
    tokenizer = make_tokenizer(base, range(len(base.pieces)))
    letters = {*_LETTERS, *("▁" + letter for letter in _LETTERS), "▁"}
    kept = {*range(SPECIAL), *(number for number, (piece, _) in enumerate(base.pieces) if piece in letters)}
    kept |= _count(tokenizer, own).keys()
    kept |= {piece for piece, times in _count(tokenizer, _drawn(data)).items() if times >= _SEEN_AT_LEAST}
    return sorted(kept)


def _drawn(data: Path) -> Iterator[str]:
    files = sorted(path for path in data.rglob("*") if path.suffix in (".md", ".txt"))
    for path in Random(1).sample(files, min(_DOCUMENTS, len(files))):
        yield path.read_text(encoding="utf-8", errors="replace")[:_CHARACTERS_EACH]


def _count(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[int]:
    counts: Counter[int] = Counter()
    waiting = iter(texts)
    while some := list(islice(waiting, _READ_AT_ONCE)):
        for encoding in tokenizer.encode_batch_fast(some, add_special_tokens=False):
            counts.update(encoding.ids)
    return counts
