"""`refresh`: looks again at the sources that documents rest on, and tells staff what became of them."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .. import bootstrap
from ..errors import NotFound, NotPossible
from ..settings import read_settings
from ..source_checks import Outcome, SourceCheck, SourceState, WatchedSource
from ..source_upkeep import Finding, Report, SourceUpkeep
from .refresh_texts import OUTCOMES, what_happened

NAME = "refresh"
_SWEDEN = ZoneInfo("Europe/Stockholm")


def command(
    addresses: Annotated[list[str] | None, typer.Argument(help="Adresser ur sources.yml. / Addresses.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Alla källor. / Every source.")] = False,
    due: Annotated[bool, typer.Option("--due", help="Bara de som det är dags för (förval). / Only those due.")] = False,
    report: Annotated[bool, typer.Option("--report", help="Visa vad som väntar på någon. / For staff.")] = False,
    done: Annotated[bool, typer.Option("--done", help="Adresserna är omhändertagna. / These are dealt with.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv JSON. / Write JSON.")] = False,
) -> None:
    """Kontrollerar källorna på webben. / Checks the sources on the web."""
    if sum((bool(addresses) and not done, everything, due, report, done)) > 1:
        raise typer.BadParameter("ange adresser, --all, --due, --report eller --done, inte flera av dem.")
    upkeep = bootstrap.build_source_upkeep(read_settings())
    try:
        if report:
            show_report(upkeep.report(), as_json)
        elif done:
            _settle(upkeep, addresses or [])
        else:
            chosen = upkeep.named(addresses) if addresses else upkeep.sources if everything else upkeep.due()
            check(upkeep, chosen, as_json)
    except NotFound as error:
        raise typer.BadParameter(
            f"{error.key} finns inte i sources.yml. Skriv adressen som den står där, eller lägg till den."
        ) from error
    except NotPossible as error:
        typer.echo("En annan kontroll pågår. Vänta tills den är klar.", err=True)
        raise typer.Exit(1) from error


def check(upkeep: SourceUpkeep, chosen: Sequence[WatchedSource], as_json: bool) -> None:
    titles = {source.address: source.title for source in chosen}
    checks: list[SourceCheck] = []
    with _progress(len(chosen)) as progress:
        (task,) = progress.task_ids

        def on_check(made: SourceCheck) -> None:
            checks.append(made)
            progress.advance(task)
            if not as_json and made.outcome is not Outcome.UNCHANGED:
                typer.echo(_line(titles[made.address], made))

        upkeep.check(chosen, on_check)
    if as_json:
        _json([_of_check(made) for made in checks])
    elif not chosen:
        typer.echo("Ingen källa behöver kontrolleras nu.")
    else:
        typer.echo(_counts(Counter(made.outcome for made in checks)))
        if any(made.needs_person for made in checks):
            typer.echo("Se vad som behöver göras: python -m knowledge refresh --report")


def _progress(total: int) -> Progress:
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    progress.add_task("Kontrollerar", total=total)
    return progress


def _settle(upkeep: SourceUpkeep, addresses: Sequence[str]) -> None:
    if not addresses:
        raise typer.BadParameter("ange de adresser som är omhändertagna.")
    typer.echo(f"Avklarade punkter: {upkeep.settle(addresses)}.")


def show_report(report: Report, as_json: bool) -> None:
    if as_json:
        _json(_of_report(report))
        return
    for line in report_lines(report):
        typer.echo(line)


def report_lines(report: Report) -> list[str]:
    lines = [_of_latest(report)]
    for outcome in (Outcome.GONE, Outcome.MOVED, Outcome.CHANGED, Outcome.REFUSED, Outcome.UNREACHABLE):
        findings = [finding for finding in report.findings if finding.check.outcome is outcome]
        if findings:
            lines += ["", f"{OUTCOMES[outcome].capitalize()} ({len(findings)})"]
            lines += [line for finding in findings for line in _of_finding(finding)]
    if report.unreachable:
        lines += ["", f"Försöker igen av sig självt ({len(report.unreachable)})"]
        lines += [_retried(state) for state in report.unreachable]
    if not report.findings:
        lines += ["", "Inget väntar på någon."]
    else:
        lines += ["", "När en källa är omhändertagen: python -m knowledge refresh --done ADRESS"]
    return lines


def _of_latest(report: Report) -> str:
    if report.latest is None:
        return f"Källor: {report.watched}. Ingen är kontrollerad än. Kör: python -m knowledge refresh"
    waiting = f" Inte kontrollerade än: {report.never_checked}." if report.never_checked else ""
    when = _day_and_time(report.latest.began)
    return f"Senaste kontrollen började {when}. {_counts(report.latest.outcomes)}{waiting}"


def _of_finding(finding: Finding) -> list[str]:
    check = finding.check
    lines = ["", f"  {finding.source.title}", f"    {finding.source.address}"]
    lines.append(f"    {what_happened(check.outcome, check.reason, check.detail)}")
    lines.append(f"    Sedan {_day(finding.state.since)}.")
    lines += [f"    | {line}" for line in check.diff.splitlines()]
    resting = [f"      {document.id}: {document.title}" for document in finding.documents]
    resting += [f"      kontakt {one.id}: {one.organisation}, {one.role}" for one in finding.contacts]
    return [*lines, "    Vilar på källan:", *resting] if resting else [*lines, "    Inget vilar på källan."]


def _retried(state: SourceState) -> str:
    what = what_happened(state.outcome, state.reason, state.detail)
    return f"  {state.address}\n    {what}\n    Sedan {_day(state.since)}, nästa försök {_day(state.next_check_at)}."


def _line(title: str, check: SourceCheck) -> str:
    return f"{title} <{check.address}>: {what_happened(check.outcome, check.reason, check.detail)}"


def _counts(counts: Counter[Outcome] | dict[Outcome, int]) -> str:
    said = [f" {OUTCOMES[outcome].capitalize()}: {counts[outcome]}." for outcome in Outcome if counts.get(outcome)]
    return f"Kontrollerade källor: {sum(counts.values())}.{''.join(said)}"


def _day(time: dt.datetime) -> str:
    return f"{time.astimezone(_SWEDEN):%Y-%m-%d}"


def _day_and_time(time: dt.datetime) -> str:
    return f"{time.astimezone(_SWEDEN):%Y-%m-%d kl. %H.%M}"


def _of_check(check: SourceCheck) -> dict[str, object]:
    return {**asdict(check), "at": check.at.isoformat()}


def _of_report(report: Report) -> dict[str, object]:
    latest = report.latest
    return {
        "watched": report.watched,
        "never_checked": report.never_checked,
        "latest": latest and {"run": latest.run, "began": latest.began.isoformat(), "outcomes": latest.outcomes},
        "findings": [
            {
                **_of_check(finding.check),
                "title": finding.source.title,
                "publisher": finding.source.publisher,
                "since": finding.state.since.isoformat(),
                "next_check_at": finding.state.next_check_at.isoformat(),
                "documents": [asdict(document) for document in finding.documents],
                "contacts": [asdict(contact) for contact in finding.contacts],
            }
            for finding in report.findings
        ],
        "unreachable": [
            {
                "address": state.address,
                "reason": state.reason,
                "detail": state.detail,
                "since": state.since.isoformat(),
                "failures": state.failures,
                "next_check_at": state.next_check_at.isoformat(),
            }
            for state in report.unreachable
        ],
    }


def _json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
