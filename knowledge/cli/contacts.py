"""`contacts`: whom to call, for a topic, a place or words."""

from __future__ import annotations

from typing import Annotated

import typer

from ..contacts.directory import CsvContactDirectory
from ..settings import read_settings

NAME = "contacts"


def command(
    text: Annotated[str, typer.Argument(help="Ord att söka på.")] = "",
    topic: Annotated[str, typer.Option(help="Ämne (slug).")] = "",
    place: Annotated[str, typer.Option(help="Kommun eller län.")] = "",
) -> None:
    """Söker kontakter. / Searches contacts."""
    corpus = read_settings().corpus
    directory = CsvContactDirectory(corpus / "contacts.csv", corpus / "places.csv")
    where = directory.place_named(place, place) if place else directory.place_in(text)
    found = directory.find([topic] if topic else [], where, text) if topic or text else directory.all()
    for contact in found:
        reach = contact.phone or contact.email or contact.url or "–"
        checked = f"kontrollerad {contact.last_verified}" if contact.last_verified else "ej kontrollerad"
        typer.echo(f"{contact.organisation}: {contact.role}: {reach} ({checked})")
