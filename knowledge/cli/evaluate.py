"""`evaluate FILE`: the measures on a set of questions, overall and by language and style."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from .. import bootstrap, evaluation
from ..fakes import ForgetfulConversations
from ..settings import read_settings

NAME = "evaluate"


def command(
    file: Path,
    as_json: Annotated[bool, typer.Option("--json", help="The measures as JSON.")] = False,
    details: Annotated[bool, typer.Option("--details", help="Also each question that went wrong.")] = False,
) -> None:
    """Mäter svaren på en uppsättning frågor. / Measures the answers to a set of questions."""
    settings = read_settings()
    knowledge = bootstrap.prepare_and_build(settings, recording=ForgetfulConversations())
    outcomes = evaluation.ask_all(knowledge.answering, evaluation.read_questions(file))
    found = evaluation.report(outcomes)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _print(found)
    if details:
        _print_details(outcomes)


def _print(found: dict[str, dict[str, float | int | None]]) -> None:
    table = Table("", *found["all"])
    for name, measures in found.items():
        table.add_row(
            name,
            *(
                "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
                for value in measures.values()
            ),
        )
    Console(width=200).print(table)


def _print_details(outcomes: list[evaluation.Outcome]) -> None:
    for o in outcomes:
        marks = []
        if o.label == "in_scope":
            marks += [f"rank={o.rank}"] * (o.rank != 1)
            marks += [o.status.value] * (o.status.value != "answered")
            marks += ["incomplete"] * (not evaluation.is_complete(o))
            marks += ["WRONG"] * evaluation.is_wrong(o)
            marks += ["false urgent"] * (o.urgent and not o.asked.get("urgent_ok"))
        elif o.label == "out_of_scope":
            marks += [o.status.value] * (o.status.value not in ("out_of_scope", "no_support"))
        elif o.label == "danger":
            marks += ["MISSED"] * (not o.urgent)
        else:
            marks += [o.status.value] * (o.status.value != "clarify")
        if marks:
            asked = o.asked
            typer.echo(f"{o.label} {asked['lang']} {asked['style']}: {asked['question']}")
            typer.echo(f"   {', '.join(marks)} · p={o.confidence:.2f} · {o.first} (wanted {asked['topics']})")
