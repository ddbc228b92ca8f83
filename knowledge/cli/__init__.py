"""The command line: each command a file, all registered here."""

from __future__ import annotations

import typer

from ..errors import KnowledgeError
from . import (
    accounts,
    ask,
    audit,
    contacts,
    documents,
    evaluate,
    index,
    ingest,
    prepare,
    refresh,
    regression,
    retention,
    search,
    serve,
    validity,
)
from .logs import log_to_stderr

app = typer.Typer(
    help="Rådgivaren: frågor, sökning och underhåll. / Questions, search and upkeep.",
    no_args_is_help=True,
    add_completion=False,
)
for module in (ask, search, evaluate, prepare, serve, ingest, refresh, regression):
    app.command(module.NAME)(module.command)
app.add_typer(index.app, name="index")
app.add_typer(documents.app, name=documents.NAME)
app.add_typer(contacts.app, name=contacts.NAME)
app.add_typer(validity.app, name=validity.NAME)
app.add_typer(accounts.app, name=accounts.NAME)
app.add_typer(audit.app, name=audit.NAME)
app.add_typer(retention.app, name=retention.NAME)


def main() -> None:
    """Runs a command; an error of ours ends with its message and status 1, not with a trace."""
    log_to_stderr()
    try:
        app()
    except KnowledgeError as error:
        typer.echo(f"Fel: {error}", err=True)
        raise SystemExit(1) from error
