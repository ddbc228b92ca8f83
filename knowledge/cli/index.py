"""`index rebuild|verify`: of the curated corpus, and of the library where there is one."""

from __future__ import annotations

import typer

from .. import bootstrap
from ..index_check import Problem
from ..settings import read_settings
from .documents import say_waiting

app = typer.Typer(help="Indexet. / The index.", no_args_is_help=True)

# What is wrong, and what it means. The remedy is the same for all of it.
_PROBLEMS = {
    Problem.NOT_OPENED: "går inte att öppna",
    Problem.OTHER_CONTENT: "är byggt av annat än det som databasen innehåller nu",
    Problem.NOT_FOUND: "hittar inte avsnitt som databasen innehåller",
}
_REMEDY = "Bygg om det: python -m knowledge index rebuild"
_NAMES = {"starter": "Indexet", "library": "Bibliotekets index", "everyday": "Vardagsfrågornas index"}
_COUNTED = {"everyday": "frågor"}  # the others: passages


@app.command()
def rebuild() -> None:
    """Bygger om indexen från databasen. / Builds the indexes anew from the store."""
    settings = read_settings()
    bootstrap.prepare(settings, force=True)
    typer.echo("Indexet är byggt.")
    if bootstrap.library_size(settings).documents:
        published = bootstrap.open_library_upkeep(settings).publish(on_wait=say_waiting, anew=True)
        typer.echo(f"Bibliotekets index är byggt: {published.added} avsnitt.")


@app.command()
def verify() -> None:
    """Kontrollerar att indexen går att öppna och stämmer med databasen. / Compares the indexes with the store."""
    wrong = False
    for check in bootstrap.check_indexes(read_settings()):
        name = _NAMES[check.collection]
        if check.problem is None:
            counted = _COUNTED.get(check.collection, "avsnitt")
            typer.echo(f"{name} {check.generation} stämmer: {check.passages} {counted}.")
        else:
            wrong = True
            typer.echo(f"Fel: {name} {_PROBLEMS[check.problem]} ({check.detail}). {_REMEDY}", err=True)
    if wrong:
        raise typer.Exit(1)
