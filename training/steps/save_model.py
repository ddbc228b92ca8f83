"""Tokenizer and vectors -> a sentence-transformers folder in 16-bit floats, put in place in one move."""

import tempfile
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from training.datatypes import Places, Settings
from training.model_card import write_card


def save_model(places: Places, _: Settings) -> dict[str, float]:
    tokenizer = Tokenizer.from_file(str(places.tokenizer))
    weights = torch.from_numpy(np.load(places.vectors)).half()
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu")
    places.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=places.out.parent, prefix=".model-") as beside:
        fresh = Path(beside) / "fresh"
        model.save(str(fresh), create_model_card=False)
        write_card(fresh, figures=None)
        for file in fresh.iterdir():
            file.chmod(0o644)  # safetensors writes for its owner's eyes only
        if places.out.exists():
            places.out.rename(Path(beside) / "old")
        fresh.rename(places.out)
    size = sum(file.stat().st_size for file in places.out.rglob("*") if file.is_file())
    return {"megabytes": round(size / 1e6, 2)}
