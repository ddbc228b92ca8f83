"""`python -m training.transformer.known`: vectors of the corpus's texts, so that a first start need not make them.

Run it after a change of the corpus: what is not in the file is made at every start, a few milliseconds a text.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from knowledge.answering.units import units
from knowledge.bootstrap.parts import passages_of
from knowledge.datatypes import Passage
from knowledge.ingestion.readers.corpus_markdown import CorpusMarkdownReader
from knowledge.retrieval.close_calls import texts_of
from knowledge.retrieval.encoders.transformer import EMBEDDED_TRANSFORMER, KNOWN, TransformerEncoder, text_key
from knowledge.sentences import split_sentences
from knowledge.settings import PACKAGE


def write_known(folder: Path = EMBEDDED_TRANSFORMER, corpus: Path = PACKAGE / "corpus") -> int:
    """Returns how many texts there are."""
    passages = passages_of(CorpusMarkdownReader().read(corpus))
    texts = sorted({text for passage in passages for text in (*texts_of(passage), *_units_of(passage))})
    (folder / KNOWN).unlink(missing_ok=True)
    vectors = TransformerEncoder(folder).encode_passages(texts).astype(np.float16)
    np.savez_compressed(folder / KNOWN, texts=np.array([text_key(text) for text in texts]), vectors=vectors)
    return len(texts)


def _units_of(passage: Passage) -> list[str]:
    """What an answer chooses among."""
    return [" ".join(unit) for said in (passage.text, passage.text_en) for unit in units(split_sentences(said))]


if __name__ == "__main__":
    print(f"{write_known()} texts")
    sys.exit(0)
