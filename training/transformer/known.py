"""`python -m training.transformer.known`: vectors of what an answer is made of, so that they need not be made.

Run it after a change of the corpus: what is not in the file is made when it is needed, a few milliseconds a text.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from knowledge.answering.units import units
from knowledge.bootstrap.parts import passages_of
from knowledge.datatypes import Passage
from knowledge.ingestion.readers.corpus_markdown import CorpusMarkdownReader
from knowledge.retrieval.directions import shown_text
from knowledge.retrieval.encoders.transformer import EMBEDDED_TRANSFORMER, KNOWN, TransformerEncoder, text_key
from knowledge.sentences import split_sentences
from knowledge.settings import PACKAGE


def write_known(folder: Path = EMBEDDED_TRANSFORMER, corpus: Path = PACKAGE / "corpus") -> int:
    """Returns how many texts there are."""
    passages = passages_of(CorpusMarkdownReader().read(corpus))
    texts = sorted({text for passage in passages for text in _texts_of(passage)})
    (folder / KNOWN).unlink(missing_ok=True)
    vectors = TransformerEncoder(folder).encode_passages(texts).astype(np.float16)
    np.savez_compressed(folder / KNOWN, texts=np.array([text_key(text) for text in texts]), vectors=vectors)
    return len(texts)


def _texts_of(passage: Passage) -> list[str]:
    """What stands for it, and what an answer chooses among."""
    said = [" ".join(unit) for text in (passage.text, passage.text_en) for unit in units(split_sentences(text))]
    return [shown_text(passage.heading, passage.text), *said]


if __name__ == "__main__":
    print(f"{write_known()} texts")
    sys.exit(0)
