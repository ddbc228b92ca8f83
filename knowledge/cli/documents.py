"""`documents`: what the corpus holds."""

from __future__ import annotations

import typer

from .. import bootstrap
from ..settings import read_settings

NAME = "documents"


def command() -> None:
    """Listar dokumenten. / Lists the documents."""
    for document in bootstrap.build(read_settings()).documents.values():
        typer.echo(f"{document.id:34} {len(document.passages):3} avsnitt  {document.title}")
