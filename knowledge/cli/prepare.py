"""`prepare`: tables, corpus and index brought up to date; nothing where they are."""

from __future__ import annotations

import typer

from .. import bootstrap
from ..settings import read_settings

NAME = "prepare"


def command() -> None:
    """Gör databas, korpus och index klara. / Makes database, corpus and index ready."""
    built = bootstrap.prepare(read_settings())
    typer.echo("Indexet är byggt." if built else "Allt är redan klart.")
