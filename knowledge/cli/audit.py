"""`audit`: who did what and when, whether that record is whole, and the proof of one answer."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from .. import bootstrap
from ..clock import in_sweden
from ..errors import NotFound
from ..settings import read_settings
from ..store.audit_chain import COLUMNS, Break, Fault, Verdict
from ..store.audit_log import AuditFilters, SqlAuditLog, verify_rows
from .answer_proof import proof_json, proof_lines

NAME = "audit"
BY = "command line"  # who did it, in the audit log
_SWEDEN = ZoneInfo("Europe/Stockholm")
app = typer.Typer(help="Granskningsloggen. / The audit log.", no_args_is_help=True)

_FAULTS: dict[Fault, Callable[[Break], str]] = {
    Fault.CHANGED: lambda one: f"Rad {one.first} är ändrad: den stämmer inte med sin kontrollsumma.",
    Fault.MISSING: lambda one: f"{_rows(one)} saknas i kedjan.",
    Fault.UNCHAINED: lambda one: f"Rad {one.first} hör inte ihop med rad {one.first - 1}: en av dem är omskriven.",
    Fault.CUT: lambda one: f"{_rows(one)}: slutet på loggen är ändrat eller borttaget.",
    Fault.UNREADABLE: lambda one: f"Rad {one.first} och framåt går inte att läsa ur databasen.",
    Fault.NOT_EXPECTED: lambda _: "Kontrollsumman i --expect finns inte i loggen: den är avkapad eller omskriven.",
}
_REMEDY = (
    "Rör inte databasen. Spara en kopia av den, jämför med säkerhetskopiorna, och säg till den som ansvarar för "
    "informationssäkerheten."
)


@app.command()
def verify(
    file: Annotated[
        Path | None, typer.Argument(metavar="FIL", help="En export i stället. / An export instead.")
    ] = None,
    expect: Annotated[
        list[str] | None, typer.Option("--expect", help="En tidigare antecknad kontrollsumma. / A hash noted earlier.")
    ] = None,
) -> None:
    """Kontrollerar att ingen rad är ändrad eller borttagen. / Checks that no row was changed or removed."""
    expected = [one.strip().lower() for one in expect or ()]
    verdict = verify_rows(_exported(file), expected) if file else _log().verify(expected)
    for one in verdict.breaks:
        typer.echo(_FAULTS[one.fault](one), err=True)
    if not verdict.is_whole:
        typer.echo(_REMEDY, err=True)
        raise typer.Exit(1)
    typer.echo(_whole(verdict))


def _whole(verdict: Verdict) -> str:
    if not verdict.rows:
        return "Loggen är tom."
    return (
        f"Loggen är hel. Rader: {verdict.rows}.\nKontrollsumma: {verdict.head}\n"
        "Anteckna den utanför systemet. `audit verify --expect KONTROLLSUMMA` visar då om slutet kapas."
    )


@app.command("list")
def list_entries(
    actor: Annotated[str, typer.Option(help="Vem (kontots id). / Who.")] = "",
    action: Annotated[str, typer.Option(help="Vad, till exempel refined.approved. / What.")] = "",
    subject: Annotated[str, typer.Option(help="Om vad (id). / About what.")] = "",
    since: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Från dag. / From day.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Högst så många rader. / At most so many.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="En rad JSON för varje. / A line of JSON each.")] = False,
) -> None:
    """Listar de senaste händelserna, den nyaste sist. / Lists what happened lately, the newest last."""
    filters = AuditFilters(actor, action, subject, since.replace(tzinfo=_SWEDEN) if since else None)
    for one in reversed(_log().entries(filters, limit)):
        detail = one.told()
        if as_json:
            told = {"n": one.n, "at": one.at and one.at.isoformat(), "actor": one.actor, "actor_name": one.actor_name}
            typer.echo(_json(told | {"action": one.action, "subject": one.subject, "detail": detail}))
            continue
        also = "  " + ", ".join(f"{name}={_json(value)}" for name, value in detail.items()) if detail else ""
        who = one.actor_name or one.actor
        typer.echo(f"{one.n:6}  {_time(one.at)}  {who}  {one.action}  {one.subject}{also}")


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Filen, eller - för stdout. / The file, or -.")],
) -> None:
    """Skriver hela loggen som NDJSON; exporten loggas. / Writes the whole log as NDJSON; the export is logged."""
    if str(file) == "-":
        _write(_log().export(BY, "stdout"), sys.stdout.write)
        return
    try:
        with file.open("x", encoding="utf-8") as out:
            count = _write(_log().export(BY, file.name), out.write)
    except FileExistsError as error:
        raise typer.BadParameter(f"{file} finns redan. Välj ett annat namn: inget skrivs över.") from error
    except OSError as error:
        raise typer.BadParameter(f"{file} går inte att skriva: {error.strerror}.") from error
    typer.echo(f"Skrivna rader: {count}.")


@app.command()
def answer(
    key: Annotated[str, typer.Argument(metavar="ID", help="Svarets id. / The answer's id.")],
    as_json: Annotated[bool, typer.Option("--json", help="Som JSON. / As JSON.")] = False,
) -> None:
    """Visar vad som svarades, på vilka källor, och vem som godkänt. / Shows what was answered, and on what."""
    try:
        record = bootstrap.open_answer_records(read_settings()).get(key.strip())
    except NotFound as error:
        raise typer.BadParameter(f"Inget svar har id {key}. Det kan vara gallrat.") from error
    if as_json:
        typer.echo(json.dumps(proof_json(record), ensure_ascii=False, indent=2))
        return
    typer.echo("\n".join(proof_lines(record)))


def _log() -> SqlAuditLog:
    return bootstrap.open_audit_log(read_settings())


def _write(rows: Iterator[dict[str, Any]], write: Callable[[str], object]) -> int:
    count = 0
    for row in rows:
        write(f"{_json(row)}\n")
        count += 1
    return count


def _exported(file: Path) -> Iterator[dict[str, Any]]:
    try:
        with file.open(encoding="utf-8", errors="surrogateescape") as lines:
            for number, line in enumerate(lines, start=1):
                yield _row(line, number)
    except OSError as error:
        raise typer.BadParameter(f"{file} går inte att läsa: {error.strerror}.") from error


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict) or not set(COLUMNS) <= set(row):
        raise typer.BadParameter(f"Rad {number} i filen är ingen rad ur en export. Ange en fil från `audit export`.")
    return row


def _rows(one: Break) -> str:
    return f"Rad {one.first}" if one.first == one.last else f"Raderna {one.first}–{one.last}"


def _time(at: dt.datetime | None) -> str:
    return f"{in_sweden(at):%Y-%m-%d %H:%M:%S}" if at else "????-??-?? ??:??:??"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
