"""`regression`: is every approved answer still given? And what would another corpus or encoder change?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from .. import bootstrap
from ..refinement.datatypes import Change
from ..refinement.regression import Broken
from ..settings import read_settings
from ..trial import try_out

NAME = "regression"
_BEGINNING = 100  # signs of an answer, on one line


def command(
    corpus: Annotated[
        Path | None, typer.Option(help="Pröva en annan korpus före publicering. / Try another corpus.", exists=True)
    ] = None,
    encoder: Annotated[
        str | None, typer.Option(help="Pröva en annan ENCODER före bytet. / Try another encoder.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Som JSON. / As JSON.")] = False,
) -> None:
    """Prövar alla granskade svar. Slutar med 1 om något brister. / Tries every approved answer; 1 where one fails."""
    knowledge = bootstrap.prepare_and_build(read_settings())
    approved = len(knowledge.live_answers.all())
    changes: tuple[Change, ...] = ()
    if corpus or encoder:
        tried = try_out(knowledge, corpus, encoder)
        broken, changes = tried.breaks, tried.changes
    else:
        broken = tuple(knowledge.regression.broken(knowledge.refined_given))
    if as_json:
        typer.echo(json.dumps(_told(approved, broken, changes), ensure_ascii=False, indent=2))
    else:
        _say(approved, broken, changes)
    if broken:
        raise typer.Exit(1)


def _say(approved: int, broken: Iterable[Broken], changes: Iterable[Change]) -> None:
    fails = list(broken)
    for one in fails:
        typer.echo(f"{one.answer.id} (version {one.answer.version}): {one.answer.content.question}")
        for line in _lines(one):
            typer.echo(f"  {line}")
    for change in changes:
        typer.echo(f"{change.question}\n  före:  {_short(change.before)}\n  efter: {_short(change.after)}")
    typer.echo(f"{approved} granskade svar, {len(fails)} brister.")


def _lines(broken: Broken) -> list[str]:
    return [
        *(["Giltighetstiden är slut."] if broken.expired else []),
        *(f"Avsnittet är borta, ändrat eller gäller inte längre: {key}" for key in broken.bad_citations),
        *(f"Frågan får ett annat svar: {question}" for question in broken.unreached),
    ]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _BEGINNING else line[:_BEGINNING].rsplit(" ", 1)[0] + " …"


def _told(approved: int, broken: Iterable[Broken], changes: Iterable[Change]) -> dict[str, object]:
    return {
        "approved": approved,
        "broken": [
            {
                "id": one.answer.id,
                "version": one.answer.version,
                "question": one.answer.content.question,
                "expired": one.expired,
                "bad_citations": list(one.bad_citations),
                "unreached": list(one.unreached),
            }
            for one in broken
        ],
        "changes": [{"question": one.question, "before": one.before, "after": one.after} for one in changes],
    }
