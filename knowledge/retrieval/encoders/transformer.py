"""The embedded transformer, run by onnxruntime: 8-bit weights, a few milliseconds a question, no torch.

One text at a time: activations are brought to 8 bits by the largest of a batch, so a text's vector would otherwise
depend on its neighbours. Vectors of what answers are made of come along (`known.npz`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as raised
from tokenizers import Tokenizer

from ...errors import ConfigurationError
from ...seams import Vectors

EMBEDDED_TRANSFORMER = Path(__file__).parents[2] / "transformer"
LONGEST = 48  # pieces of a text: a question, or a passage's question and conclusion
_NOT_A_MODEL = (raised.Fail, raised.InvalidGraph, raised.InvalidProtobuf, raised.RuntimeException)
_KEPT = 20_000  # texts, 1.5 KB each
MODEL, TOKENIZER, KNOWN = "model.onnx", "tokenizer.json", "known.npz"


class TransformerEncoder:
    weight = 1.0

    def __init__(self, folder: Path = EMBEDDED_TRANSFORMER) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # 30 MiB less, and no slower
        try:
            with (folder / MODEL).open("rb") as file:
                self.name = hashlib.file_digest(file, "sha256").hexdigest()[:16]
            self._session = onnxruntime.InferenceSession(folder / MODEL, options, providers=["CPUExecutionProvider"])
            # Not Exception: the tokenizers library raises it bare for a file that it cannot read.
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._known = _read_known(folder / KNOWN)
        except (OSError, ValueError, KeyError, *_NOT_A_MODEL) as error:
            raise ConfigurationError("ENCODER", str(folder), f"an embedded transformer ({error})") from error
        self._tokenizer.enable_truncation(LONGEST)
        self.dimensions = int(self._session.get_outputs()[0].shape[1])
        # One question is read by the search and for each of the answer's sentences.
        self._asked = lru_cache(maxsize=16)(self._encode)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.array([self._asked(text) for text in texts], np.float32).reshape(-1, self.dimensions)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Each is read once and then known, as many as there is room for."""
        return np.array([self._kept(text) for text in texts], np.float32).reshape(-1, self.dimensions)

    def _kept(self, text: str) -> Vectors:
        key = text_key(text)
        vector = self._known.get(key)
        if vector is None:
            vector = self._encode(text)
            if len(self._known) < _KEPT:
                self._known[key] = vector
        return vector

    def _encode(self, text: str) -> Vectors:
        if not any(sign.isalnum() for sign in text):
            return np.zeros(self.dimensions, np.float32)
        pieces = np.array([self._tokenizer.encode(text).ids], np.int64)
        (vectors,) = self._session.run(None, {"pieces": pieces})
        return np.asarray(vectors[0], np.float32)


def _read_known(path: Path) -> dict[int, Vectors]:
    if not path.exists():
        return {}
    with np.load(path) as known:
        return dict(zip(known["texts"].tolist(), known["vectors"], strict=True))


def text_key(text: str) -> int:
    """What a text is known by: 63 bits of its digest."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1
