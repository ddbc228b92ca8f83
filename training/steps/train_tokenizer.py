"""Texts of all pairs -> a unigram tokenizer for lower-cased words without punctuation."""

from collections.abc import Iterator
from itertools import chain
from random import Random

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from training.datatypes import Pair, Places, Settings
from training.files import read_pairs

UNKNOWN, PADDING = "[UNK]", "[PAD]"
OWN_TIMES = 3  # the field's words, Swedish and English, should be whole pieces


def train_tokenizer(places: Places, settings: Settings) -> dict[str, int]:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"[^\p{L}\p{N}]+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    trainer = trainers.UnigramTrainer(
        vocab_size=settings.vocabulary,
        unk_token=UNKNOWN,
        special_tokens=[UNKNOWN, PADDING],
        max_piece_length=settings.max_piece,
        show_progress=False,
    )
    texts = _texts(places, settings)
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.save(str(places.tokenizer))
    return {"texts": len(texts), "pieces": tokenizer.get_vocab_size()}


def _texts(places: Places, settings: Settings) -> list[str]:
    general = sorted({pair.positive for pair in _pairs(places, "documents", "questions")})
    rng = Random(settings.seed)
    general = rng.sample(general, min(settings.tokenizer_texts, len(general)))
    own = sorted({text for pair in _pairs(places, "corpus") for text in (pair.anchor, pair.positive)})
    terms = [f"{pair.anchor} {pair.positive}" for pair in _pairs(places, "terms") if pair.kind.startswith("term")]
    glossed = [pair.anchor for pair in _pairs(places, "terms") if pair.kind == "gloss"]
    return general + own * OWN_TIMES + terms + glossed


def _pairs(places: Places, *names: str) -> Iterator[Pair]:
    return chain.from_iterable(read_pairs(places.pairs(name)) for name in names)
