"""`documents`: what there is, in the curated corpus and the library; what is taken out of use and put back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated

import typer

from .. import bootstrap
from ..answering.texts import Catalogue
from ..api.document_rendering import document_json, document_passage_json
from ..clock import day_in_sweden
from ..errors import NotFound, NotPossible
from ..settings import Settings, read_settings
from ..store.document_catalogue import DocumentEntry, SqlDocumentCatalogue
from ..store.tables import GONE, LIBRARY, LIVE, REPLACED, RETIRED, STARTER
from .ingest import WAITING

NAME = "documents"
app = typer.Typer(help="Dokumenten. / The documents.")

_BY = "command line"  # as the audit log names it
_STATES = {LIVE: "i bruk", RETIRED: "ur bruk", GONE: "borta hos källan", REPLACED: "ersatt"}
_COLLECTIONS = {STARTER: "grundmaterial", LIBRARY: "bibliotek"}

Key = Annotated[str, typer.Argument(metavar="ID", help="Dokumentets id. / The document's id.")]
AsJson = Annotated[bool, typer.Option("--json", help="Som JSON. / As JSON.")]


class Collection(StrEnum):
    STARTER = STARTER
    LIBRARY = LIBRARY


class State(StrEnum):
    LIVE = LIVE
    RETIRED = RETIRED
    GONE = GONE


@app.callback(invoke_without_command=True)
def overview(context: typer.Context) -> None:
    """Listar grundmaterialets dokument. / Lists the documents of the curated corpus."""
    if context.invoked_subcommand is None:
        for entry in _catalogue(read_settings()).listed(collection=STARTER).entries:
            typer.echo(f"{entry.id:34} {entry.passages:3} avsnitt  {entry.title}")


@app.command("list")
def list_documents(
    collection: Annotated[Collection | None, typer.Option(help="Bara den samlingen. / Only this collection.")] = None,
    state: Annotated[State | None, typer.Option(help="Bara i det läget. / Only in this state.")] = None,
    search: Annotated[str, typer.Option(help="Ord i titel, id eller ursprung. / Words of title, id or origin.")] = "",
    as_json: AsJson = False,
) -> None:
    """Listar dokumenten. / Lists the documents."""
    found = _catalogue(read_settings()).listed(collection=collection, state=state, search=search)
    if as_json:
        typer.echo(json.dumps([document_json(entry) for entry in found.entries], ensure_ascii=False, indent=2))
        return
    for entry in found.entries:
        typer.echo(f"{entry.id}  {_STATES[entry.state]}  {entry.passages} avsnitt  {entry.title}")
    typer.echo(f"{found.total} dokument.", err=True)


@app.command()
def show(
    key: Key,
    with_versions: Annotated[bool, typer.Option("--versions", help="Även tidigare. / Earlier ones too.")] = False,
    version: Annotated[str, typer.Option(help="Visa den versionen. / Show this version.")] = "",
    as_json: AsJson = False,
) -> None:
    """Visar ett dokument med dess avsnitt. / Shows a document with its passages."""
    with _said_in_swedish():
        catalogue = _catalogue(read_settings())
        versions = catalogue.versions(key)
        passages = catalogue.passages_of(key, version or versions[0].version)
    shown = next(entry for entry in versions if version in ("", entry.version))
    if as_json:
        value = {
            "document": document_json(shown),
            "passages": [document_passage_json(passage) for passage in passages],
        } | ({"versions": [document_json(entry) for entry in versions]} if with_versions else {})
        typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
        return
    typer.echo("\n".join(_facts(shown)))
    if with_versions:
        typer.echo("\nVersioner, den nyaste först:")
        for entry in versions:
            typer.echo(f"  {entry.version}  {_span(entry)}  {entry.passages} avsnitt")
    for passage in passages:
        typer.echo(f"\n{passage.heading}\n{passage.text}")


@app.command()
def retire(key: Key, why: Annotated[str, typer.Option(help="Varför, för den som undrar senare. / Why.")]) -> None:
    """Tar ett av bibliotekets dokument ur bruk. / Takes a document of the library out of use."""
    settings = read_settings()
    with _said_in_swedish():
        _catalogue(settings).retire(key, why, by=_BY)
    _index(settings)
    typer.echo(f"{key} är taget ur bruk. Det återställs med: python -m knowledge documents restore {key}")


@app.command()
def restore(key: Key) -> None:
    """Tar ett dokument i bruk igen. / Puts a retired document back into use."""
    settings = read_settings()
    with _said_in_swedish():
        _catalogue(settings).restore(key, by=_BY)
    _index(settings)
    typer.echo(f"{key} är i bruk igen.")


def _catalogue(settings: Settings) -> SqlDocumentCatalogue:
    return bootstrap.open_document_catalogue(settings)


def _index(settings: Settings) -> None:
    bootstrap.open_library_upkeep(settings).publish(on_wait=say_waiting)


def say_waiting() -> None:
    typer.echo(WAITING, err=True)


@contextmanager
def _said_in_swedish() -> Iterator[None]:
    try:
        yield
    except NotPossible as error:
        _end(f"error.{error.code}", error)
    except NotFound as error:
        _end(f"error.unknown_{error.kind}", error)


def _end(key: str, cause: Exception) -> None:
    typer.echo(f"Fel: {Catalogue()('sv', key)}", err=True)
    raise typer.Exit(1) from cause


def _facts(entry: DocumentEntry) -> list[str]:
    state = _STATES[entry.state]
    if entry.retired_at:
        state += f" sedan {day_in_sweden(entry.retired_at)}: {entry.retired_why}"
    facts = {
        "Id": entry.id,
        "Samling": _COLLECTIONS[entry.collection],
        "Läge": state,
        "Ursprung": entry.origin or "–",
        "Version": f"{entry.version}, {_span(entry)}",
        "Avsnitt": str(entry.passages),
    }
    return [entry.title, *(f"  {name + ':':10}{value}" for name, value in facts.items())]


def _span(entry: DocumentEntry) -> str:
    until = f", ersatt {entry.replaced_at}" if entry.replaced_at else ""
    return f"lagrad {day_in_sweden(entry.stored_at)}{until}"
