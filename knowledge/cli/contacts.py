"""`contacts`: the table of contacts, for the staff who keep it true."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from .. import bootstrap
from ..api.rendering import contact_json
from ..clock import SystemClock
from ..contacts.checks import lapse
from ..contacts.directory import StoredContactDirectory
from ..contacts.sheet import read_sheet, write_sheet
from ..datatypes import Contact, Verification
from ..errors import ContactsRejected, NotFound
from ..settings import read_settings
from ..store.contacts import SqlContactStore
from .contact_texts import card, differences, line

NAME = "contacts"
app = typer.Typer(help="Kontakter: söka, kontrollera, ändra. / Contacts: search, verify, change.", no_args_is_help=True)
Text = Annotated[str, typer.Argument(help="Ord att söka på. / Words to search for.")]
Key = Annotated[str, typer.Argument(metavar="ID", help="Kontaktens id. / The contact's id.")]
By = Annotated[str, typer.Option("--by", help="Vem som gör det. / Who does it.")]


@app.command("list")
def list_contacts(
    text: Text = "",
    topic: Annotated[str, typer.Option(help="Ämne (slug). / Topic.")] = "",
    place: Annotated[str, typer.Option(help="Kommun eller län. / Municipality or county.")] = "",
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Bara de som ska kontrolleras. / Only those to verify.")
    ] = False,
    differing: Annotated[
        bool, typer.Option("--differing", help="De som filen har annorlunda. / Those that the file has otherwise.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Som JSON. / As JSON.")] = False,
) -> None:
    """Listar och söker kontakter. / Lists and searches contacts."""
    directory, store = _open()
    if differing:
        for ours, filed in store.kept_otherwise():
            typer.echo(f"{ours.id}: vår rad → filens rad")
            typer.echo("\n".join(differences(ours, filed)))
        return
    found = _found(directory, text, topic, place)
    if overdue:
        found = [contact for contact in found if contact.verification is not Verification.VERIFIED]
    if as_json:
        typer.echo(json.dumps([contact_json(contact) for contact in found], ensure_ascii=False, indent=2))
        return
    for contact in found:
        typer.echo(line(contact))
    if not found:
        typer.echo("Inga kontakter.")


@app.command()
def show(key: Key) -> None:
    """Visar en kontakt och dess ändringar. / Shows a contact and its changes."""
    _, store = _open()
    contact = _get(store, key)
    typer.echo(card(contact))
    for change in store.history(key):
        typer.echo(f"\n{change.at:%Y-%m-%d %H:%M} {_KINDS.get(change.kind, change.kind)} ({change.by})")
        if change.before is not None:
            typer.echo("\n".join(differences(change.before, change.after)))


@app.command()
def verify(
    key: Key,
    by: By,
    next_check: Annotated[
        datetime | None,
        typer.Option("--next", formats=["%Y-%m-%d"], help="Nästa kontroll, annars om ett år. / Next check."),
    ] = None,
) -> None:
    """Kontakten är kontrollerad i dag. / The contact has been checked today."""
    _, store = _open()
    _get(store, key)
    if not by.strip():
        raise _refused("Skriv vem som har kontrollerat, till exempel --by Upplysningen.")
    day = next_check.date() if next_check else None
    if day and day <= SystemClock().today():
        raise _refused("Nästa kontroll ska vara en dag som kommer, till exempel --next 2027-06-01.")
    contact = store.verify(key, by=by.strip(), next_check=day, actor=_ACTOR)
    typer.echo(f"{contact.organisation}: {contact.role}: kontrollerad {contact.last_verified} av {by.strip()}.")


@app.command()
def export(file: Annotated[Path, typer.Argument(help="CSV-fil. / CSV file.")]) -> None:
    """Skriver tabellen till en CSV-fil för kalkylprogram. / Writes the table to a CSV file."""
    _, store = _open()
    contacts = store.all()
    try:
        file.write_bytes(write_sheet(contacts))
    except OSError as error:
        raise _refused(f"{file} kan inte skrivas: {error.strerror}. Välj en annan mapp.") from error
    typer.echo(f"{len(contacts)} kontakter skrivna till {file}.")


@app.command("import")
def import_contacts(
    file: Annotated[Path, typer.Argument(help="CSV-fil. / CSV file.")],
    yes: Annotated[bool, typer.Option("--yes", help="Genomför ändringarna. / Apply the changes.")] = False,
    by: By = "import",
) -> None:
    """Läser in en CSV-fil; utan --yes visas bara vad som skulle ändras. / Reads a CSV file; --yes applies it."""
    _, store = _open()
    known = {contact.id: contact for contact in store.all()}
    try:
        read = bootstrap.contact_rules(read_settings()).contacts(read_sheet(file.read_bytes()), known)
    except OSError as error:
        raise _refused(f"{file} kan inte läsas: {error.strerror}.") from error
    except ContactsRejected as error:
        for problem in error.problems:
            typer.echo(f"{file}:{problem.line}: {problem.text}", err=True)
        typer.echo(f"Ingenting är ändrat: {len(error.problems)} fel. Rätta dem och läs in filen igen.", err=True)
        raise typer.Exit(1) from error
    changed = [contact for contact in (lapse(known.get(c.id), c) for c in read) if contact != known.get(contact.id)]
    for contact in changed:
        typer.echo(f"{contact.id}: {'ändras' if contact.id in known else 'ny'}")
        typer.echo("\n".join(differences(known.get(contact.id), contact)))
    if yes:
        saved = store.save(changed, by=by, actor=_ACTOR)
        typer.echo(f"{saved} kontakter ändrade, {len(read) - len(changed)} oförändrade.")
    else:
        typer.echo(f"{len(changed)} kontakter skulle ändras, {len(read) - len(changed)} är oförändrade.")
        if changed:
            typer.echo("Kör igen med --yes för att genomföra det.")


_ACTOR = "command line"  # as the audit log names it
_KINDS = {
    "file": "från filen",
    "import": "inläst",
    "verify": "kontrollerad",
    "add": "tillagd",
    "edit": "ändrad",
    "retire": "borttagen",
    "restore": "återställd",
}


def _open() -> tuple[StoredContactDirectory, SqlContactStore]:
    return bootstrap.open_contacts(read_settings())


def _get(store: SqlContactStore, key: str) -> Contact:
    try:
        return store.get(key)
    except NotFound as error:
        raise _refused(f"Ingen kontakt har id {key}. `contacts list` visar alla.") from error


def _refused(text: str) -> typer.Exit:
    """Says why on the way out: `raise _refused(…)`."""
    typer.echo(f"Fel: {text}", err=True)
    return typer.Exit(1)


def _found(directory: StoredContactDirectory, text: str, topic: str, place: str) -> Sequence[Contact]:
    """All of them, or those that fit; a place alone keeps what serves it."""
    where = directory.place_named(place, place) if place else directory.place_in(text)
    if place and where is None:
        raise _refused(f"{place} är ingen kommun och inget län i platstabellen.")
    if text or topic:
        if text and not topic:
            return directory.look_up((), where, text).contacts
        return directory.find([topic] if topic else [], where, text)
    if where is None:
        return directory.all()
    names = {where.municipality, where.county}
    return [contact for contact in directory.all() if names & set(contact.places)]
