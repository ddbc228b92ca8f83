"""Makes the embedded encoder. The files that belong to the project are found by default.

python -m training --data DIR --workdir DIR
    [--corpus knowledge/corpus] [--terms knowledge/retrieval/terms.tsv] [--out knowledge/model] [--held-out FILE]…
"""

import os

# Before torch and tokenizers are imported: one thread is faster on a shared machine, and repeatable.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from training.datatypes import Places, Settings
from training.make_model import make_model


def main(  # noqa: PLR0913  (one argument an option)
    data: Annotated[
        Path, typer.Option(help="folder with one folder of text (.md, .txt) or questions (.json) a collection")
    ],
    workdir: Annotated[Path, typer.Option(help="folder for what the steps hand to one another")],
    corpus: Annotated[Path, typer.Option(help="the project's own documents")] = Path("knowledge/corpus"),
    terms: Annotated[Path, typer.Option(help="term list")] = Path("knowledge/retrieval/terms.tsv"),
    out: Annotated[Path, typer.Option(help="where the model goes")] = Path("knowledge/model"),
    held_out: Annotated[
        list[Path] | None,
        typer.Option(help="test files (.json, .jsonl) whose 8-word sequences no training text may hold"),
    ] = None,
    first_step: Annotated[str, typer.Option(help="start here, with what the workdir already holds")] = "read_documents",
    max_documents: Annotated[
        int | None, typer.Option(help="at most so many documents a collection (for a quick try)")
    ] = None,
    hold_out_phrasings: Annotated[
        bool, typer.Option(help="keep two phrasings a passage for choosing settings")
    ] = False,
) -> None:
    """Makes the embedded encoder."""
    places = Places(data, corpus, terms, workdir, out, tuple(held_out or ()))
    settings = replace(Settings(), max_documents=max_documents, hold_out_phrasings=hold_out_phrasings)
    make_model(places, settings, first_step)


if __name__ == "__main__":
    typer.run(main)
