"""`validity report`: what rests on repealed or amended law, each with its successor."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from ..bootstrap import open_store
from ..clock import SystemClock
from ..ingestion.readers.corpus_markdown import CorpusMarkdownReader
from ..law.key import Link
from ..law.lookup import register_of
from ..law.register import name_of
from ..law.report import Citing, Finding, citing_passage, findings
from ..settings import Settings, read_settings
from ..store.sections import SqlSections
from ..store.tables import LIBRARY, STARTER

NAME = "validity"
WITHOUT = "ingen säker motsvarighet"
_KINDS = {STARTER: "startkorpus", LIBRARY: "bibliotek"}

app = typer.Typer(help="Giltighet: vad som vilar på upphävd lag. / What rests on repealed law.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Giltighet. / Validity."""


@app.command("report")
def report(
    as_json: Annotated[bool, typer.Option("--json", help="En rad JSON för varje fynd. / A line of JSON each.")] = False,
    as_of: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Dagen som gäller. / The day it is about.")
    ] = None,
    library: Annotated[bool, typer.Option(help="Också biblioteket. / The library too.")] = True,
) -> None:
    """Listar avsnitt som hänvisar till upphävda eller ändrade paragrafer. / Lists what cites repealed sections."""
    settings = read_settings()
    day = as_of.date() if as_of else SystemClock().today()
    sections = SqlSections(open_store(settings))
    counted: Counter[str] = Counter()
    documents: set[str] = set()
    passages: set[str] = set()
    last = ""
    for finding in findings(_cited(settings, sections, library), register_of(sections), day):
        counted["repealed" if finding.is_repeal else "amended"] += 1
        counted["silent"] += not finding.says_so
        documents.add(finding.citing.document_id)
        passages.add(finding.citing.id)
        if as_json:
            typer.echo(json.dumps(finding_json(finding), ensure_ascii=False))
            continue
        if finding.citing.id != last:
            typer.echo(as_heading(finding.citing))
            last = finding.citing.id
        typer.echo(as_text(finding))
    if not as_json:
        typer.echo(
            f"{counted['repealed']} hänvisningar till upphävda och {counted['amended']} till ändrade paragrafer, "
            f"i {len(passages)} avsnitt av {len(documents)} dokument, per {day}. "
            f"{counted['silent']} sägs inte ut i texten."
        )


def _cited(settings: Settings, sections: SqlSections, library: bool) -> Iterator[Citing]:
    for document in CorpusMarkdownReader().read(settings.corpus):
        for passage in document.passages:
            yield citing_passage(passage, STARTER)
    if library:
        for passage in sections.stream():
            yield citing_passage(passage, LIBRARY)


def as_heading(citing: Citing) -> str:
    kind = _KINDS.get(citing.kind, citing.kind)
    return f"{citing.id}  {citing.title} · {citing.heading}  ({kind}, {citing.validity.status.value})"


def as_text(finding: Finding) -> str:
    said = "" if finding.says_so else "; SÄGS INTE I TEXTEN"
    place = f"{finding.reference.address} {finding.statute}".strip()
    return f"    {place}: {_what_happened(finding)}{said}"


def _what_happened(finding: Finding) -> str:
    if finding.amendments:
        return ", ".join(f"ny lydelse från {one.since} (SFS {one.by})" for one in finding.amendments)
    when = f"upphävd {finding.repealed}" if finding.repealed else "upphävd"
    if finding.links:
        return f"{when} → {', '.join(_link_text(link) for link in finding.links)}"
    if finding.replaced_by and not finding.reference.address:
        return f"{when}, ersatt av {name_of(finding.replaced_by)}"
    near = f", ämnet närmast i {', '.join(finding.chapters_now)}" if finding.chapters_now else ""
    by = f", lagen ersatt av {name_of(finding.replaced_by)}" if finding.replaced_by else ""
    return f"{when}, {WITHOUT}{near}{by}"


def _link_text(link: Link) -> str:
    return f"{link.new.address} {name_of(link.new.number)} ({link.confidence.value})"


def finding_json(finding: Finding) -> dict[str, Any]:
    citing = finding.citing
    return {
        "kind": citing.kind,
        "id": citing.id,
        "document_id": citing.document_id,
        "title": citing.title,
        "validity": citing.validity.status.value,
        "valid_from": citing.validity.valid_from and citing.validity.valid_from.isoformat(),
        "valid_to": citing.validity.valid_to and citing.validity.valid_to.isoformat(),
        "statute": finding.reference.number,
        "address": finding.reference.address,
        "repealed": finding.repealed and finding.repealed.isoformat(),
        "amended": [{"since": one.since.isoformat(), "by": one.by} for one in finding.amendments],
        "replaced_by": finding.replaced_by or None,
        "successors": [
            {"statute": link.new.number, "address": link.new.address, "confidence": link.confidence.value}
            for link in finding.links
        ],
        "successor": None if finding.amendments else _successor(finding),
        "says_so": finding.says_so,
    }


def _successor(finding: Finding) -> str:
    if finding.replaced_by and not finding.reference.address:
        return name_of(finding.replaced_by)
    return ", ".join(map(_link_text, finding.links)) or WITHOUT
