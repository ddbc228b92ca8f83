"""`search "…"`: the passages nearest a question, with their scores."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from .. import bootstrap
from ..api.rendering import search_json
from ..settings import read_settings

NAME = "search"


def command(
    question: str,
    k: Annotated[int, typer.Option(help="How many passages.")] = 10,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Söker i korpusen. / Searches the corpus."""
    settings = read_settings()
    found = bootstrap.prepare_and_build(settings).searching.search(question, k)
    if as_json:
        typer.echo(json.dumps(search_json(found), ensure_ascii=False, indent=2))
        return
    for scored in found.kept:
        parts = " ".join(f"{name}={value:.2f}" for name, value in scored.parts.items())
        typer.echo(f"{scored.score:.3f}  {scored.passage.id}  {scored.passage.heading}\n       {parts}")
