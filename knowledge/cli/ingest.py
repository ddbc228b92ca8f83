"""`ingest PATH|URL…`: takes files, folders and web addresses into the library, then brings its index up to date."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .. import bootstrap
from ..clock import SystemClock
from ..errors import CorpusError
from ..ingestion.library import Counts, Ingestion, files_in
from ..ingestion.remedies import REMEDIES
from ..ingestion.web_files import CODE, is_address
from ..retrieval.encoders.static import embedded_encoder
from ..retrieval.library_index import Publication
from ..settings import Settings, read_settings
from ..store.library import SqlLibraryStore
from .refresh_texts import NAMED

NAME = "ingest"
SAID = REMEDIES | {CODE + reason: said for reason, said in NAMED.items()}
WAITING = "En annan körning uppdaterar indexet just nu. Den här väntar tills den är klar."


def command(
    places: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL…",
            help="Filer, mappar och adresser på webben. I mappar läses alla filer som inte är dolda. / "
            "Files, folders and web addresses.",
        ),
    ],
) -> None:
    """Tar in dokument i biblioteket. / Takes documents into the library."""
    settings = read_settings()
    engine = bootstrap.open_store(settings)
    store = SqlLibraryStore(engine, SystemClock())
    console = Console(stderr=True)
    counts = _take_in(places, settings, store, console)
    with console.status("Indexet uppdateras …"):
        upkeep = bootstrap.library_upkeep(settings, engine, SystemClock(), embedded_encoder())
        published = upkeep.publish(on_wait=lambda: console.print(WAITING, soft_wrap=True))
    typer.echo(_summary(counts, published))
    if counts.refused:
        raise typer.Exit(1)


def _take_in(places: list[str], settings: Settings, store: SqlLibraryStore, console: Console) -> Counts:
    files = list(files_in(Path(place) for place in places if not is_address(place)))
    addresses = list(dict.fromkeys(place for place in places if is_address(place)))
    with _progress(console) as progress:
        task = progress.add_task("Läser in", total=len(files) + len(addresses), speed="")

        def on_file(error: CorpusError | None) -> None:
            if error is not None:
                what = SAID.get(error.code, str(error))
                progress.console.print(f"{error.where}: {what}", markup=False, highlight=False, soft_wrap=True)
            done = progress.tasks[task]
            progress.update(task, advance=1, speed=f"{done.finished_speed or done.speed or 0:.0f} dokument/s")

        def on_remark(where: str, what: str) -> None:
            progress.console.print(f"{where}: {what}", markup=False, highlight=False, soft_wrap=True)

        coming = chain(files, bootstrap.fetched_files(settings, addresses))
        return Ingestion(store.known_documents(), store.put, on_file, on_remark=on_remark).run(coming)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
        console=console,
    )


def _summary(counts: Counts, published: Publication) -> str:
    index = "Indexet är oförändrat"
    if published.anew:
        index = "Indexet är byggt från början"
    elif published.added or published.removed:
        index = f"Indexet är uppdaterat ({published.added} nya avsnitt, {published.removed} borttagna)"
    came = f"{counts.came_in} {'fil' if counts.came_in == 1 else 'filer'}"
    return (
        f"{came}: {counts.taken} intagna, {counts.unchanged} oförändrade, {counts.refused} avvisade.\n"
        f"{index}: {published.kept + published.added} avsnitt i biblioteket."
    )
