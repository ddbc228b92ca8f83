"""`ingest PATH…`: takes files and folders into the library, then brings its index up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ..clock import SystemClock
from ..errors import CorpusError
from ..ingestion.library import Counts, Ingestion, files_in
from ..retrieval import library_index
from ..retrieval.encoders.static import embedded_encoder
from ..retrieval.library_index import Publication
from ..settings import Settings, read_settings
from ..store.engine import migrate, open_engine
from ..store.library import SqlLibraryStore

NAME = "ingest"

# What is wrong with a file, and what to do. Every code of the reader is here (tested).
REMEDIES = {
    "missing": "filen finns inte. Kontrollera sökvägen.",
    "not_a_file": "det är ingen vanlig fil. Ange en fil eller en mapp.",
    "not_markdown": "det är ingen Markdown-fil. Gör om den till Markdown (.md) först.",
    "unreadable": "filen går inte att läsa. Kontrollera rättigheterna.",
    "too_large": "filen är större än 20 MB. Dela upp den.",
    "empty": "filen är tom. Fyll i den eller ta bort den.",
    "binary": "filen innehåller annat än text. Spara den som ren text.",
    "not_utf8": "texten är inte UTF-8. Spara om filen med teckenkodningen UTF-8.",
    "front": "uppgifterna överst i filen går inte att tolka. Rätta YAML-blocket mellan raderna med ---.",
    "twice": "dokumentet finns redan i en annan fil. Behåll bara en av dem.",
}


def command(
    paths: Annotated[list[Path], typer.Argument(help="Filer och mappar. I mappar läses alla .md-filer.")],
) -> None:
    """Tar in dokument i biblioteket. / Takes documents into the library."""
    settings = read_settings()
    engine = open_engine(settings.database_url)
    migrate(engine)
    store = SqlLibraryStore(engine, SystemClock())
    console = Console(stderr=True)
    counts = _take_in(paths, store, console)
    with console.status("Indexet uppdateras …"):
        published = _publish(settings, store)
    typer.echo(_summary(counts, published))
    if counts.refused:
        raise typer.Exit(1)


def _take_in(paths: list[Path], store: SqlLibraryStore, console: Console) -> Counts:
    files = list(files_in(paths))
    with _progress(console) as progress:
        task = progress.add_task("Läser in", total=len(files), speed="")

        def on_file(error: CorpusError | None) -> None:
            if error is not None:
                what = REMEDIES.get(error.code, str(error))
                progress.console.print(f"{error.where}: {what}", markup=False, highlight=False, soft_wrap=True)
            done = progress.tasks[task]
            progress.update(task, advance=1, speed=f"{done.finished_speed or done.speed or 0:.0f} dokument/s")

        return Ingestion(store.known_hashes(), store.put, on_file).run(files)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
        console=console,
    )


def _publish(settings: Settings, store: SqlLibraryStore) -> Publication:
    return library_index.publish(settings.data / "library", store.keys(), store.texts, embedded_encoder())


def _summary(counts: Counts, published: Publication) -> str:
    index = "Indexet är oförändrat"
    if published.anew:
        index = "Indexet är byggt från början"
    elif published.added or published.removed:
        index = f"Indexet är uppdaterat ({published.added} nya avsnitt, {published.removed} borttagna)"
    return (
        f"{counts.came_in} filer: {counts.taken} intagna, {counts.unchanged} oförändrade, {counts.refused} avvisade.\n"
        f"{index}: {published.kept + published.added} avsnitt i biblioteket."
    )
