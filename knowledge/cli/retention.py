"""`retention`: erases what is older than the settings keep it, and one conversation where somebody asks for it."""

from __future__ import annotations

from typing import Annotated

import typer

from .. import bootstrap
from ..clock import in_sweden
from ..errors import NotFound
from ..settings import read_settings
from ..store.erasure import Erasable, Erased
from .audit import BY

NAME = "retention"
app = typer.Typer(help="Gallring. / Retention.", no_args_is_help=True)

_KINDS = {
    "conversations": "samtal med svar och omdömen",
    "feedback": "omdömen",
    "handovers": "överlämnade frågor",
    "inbox": "avslutat i inkorgen",
    "source_checks": "kontroller av källor",
}


@app.command()
def run() -> None:
    """Tar bort det som är äldre än inställningarna säger. / Erases what is older than the settings say."""
    retention = bootstrap.open_retention(read_settings())
    for kind, count in retention.run(BY).items():
        days = retention.days[kind]
        rule = f"äldre än {days} dagar" if days else "behålls"
        typer.echo(f"{_KINDS[kind].capitalize()} ({rule}): {count} borttagna.")


@app.command()
def erase(
    key: Annotated[
        str,
        typer.Argument(metavar="ID", help="Samtalets eller svarets id, eller R-…. / A conversation, answer or R-…."),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Fråga inte. / Do not ask.")] = False,
) -> None:
    """Tar bort ett samtal för gott. / Erases a conversation for good."""
    erasure = bootstrap.open_erasure(read_settings())
    try:
        typer.echo(_what(erasure.find(key)))
        if not yes and not typer.confirm("Det går inte att ångra. Ta bort?"):
            typer.echo("Inget är borttaget.")
            raise typer.Exit(1)
        erased = erasure.erase(key, BY)
    except NotFound as error:
        raise typer.BadParameter(f"Inget har id {key}. Ange samtalets eller svarets id, eller R-….") from error
    typer.echo(f"Borttaget: {erased.id}. Granskningsloggen säger att det är gjort, inte vad som stod.")


def _what(found: Erasable) -> str:
    first, last = (f"{in_sweden(at):%Y-%m-%d}" for at in (found.first_at, found.last_at))
    if found.kind is Erased.HANDOVER:
        return f"Den överlämnade frågan {found.id} från {first} tas bort, med kontaktuppgifterna."
    what = "Samtalet" if found.kind is Erased.CONVERSATION else "Svaret"
    when = first if first == last else f"{first} till {last}"
    return (
        f"{what} {found.id} ({found.channel}, {when}) tas bort: frågor och svar {found.answers}, "
        f"omdömen {found.feedback}, överlämnade frågor med kontaktuppgifter {found.handovers}, "
        "och det som inkorgen säger om dem."
    )
