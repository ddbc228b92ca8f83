"""`index rebuild|verify`."""

from __future__ import annotations

import typer

from .. import bootstrap
from ..settings import read_settings

app = typer.Typer(help="Indexet. / The index.", no_args_is_help=True)


@app.command()
def rebuild() -> None:
    """Bygger om indexet från databasen. / Builds the index anew from the store."""
    bootstrap.prepare(read_settings(), force=True)
    typer.echo("Indexet är byggt.")


@app.command()
def verify() -> None:
    """Kontrollerar att indexet går att öppna och stämmer med databasen. / Compares the index with the store."""
    knowledge = bootstrap.build(read_settings())
    passages = sum(len(document.passages) for document in knowledge.documents.values())
    typer.echo(f"Indexet {knowledge.retriever.generation} stämmer: {passages} avsnitt.")
