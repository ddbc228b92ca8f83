"""A result as a table, on the screen and in the README."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- table of ", "<!-- end of table -->"


def table(result: dict[str, Any]) -> str:
    """In Markdown. A measurement with --url has fewer rows."""
    rows = [*_service_rows(result["figures"]), *_turn_rows(result["figures"]), *_in_process_rows(result["figures"])]
    body = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return f"{where(result)}\n\n| | |\n|---|--:|\n{body}"


def where(result: dict[str, Any]) -> str:
    on = result["machine"]
    return (
        f"{result['taken']} · {on['cores']} cores · {on['memory_gib']} GiB · {on['system']} · Python {on['python']} · "
        f"load before: {on['load_before']} · `{result['command']}`"
    )


def _service_rows(figures: dict[str, Any]) -> list[tuple[str, str]]:
    if "start" not in figures:
        return []
    idle, loaded = figures["idle_mib"], figures["loaded_mib"]
    memory = [(f"resident, {name}", f"{idle[name]} / {loaded[name]} MiB") for name in idle if name != "together"]
    return [
        ("first start, empty data folder", f"{figures['start']['first_s']} s"),
        ("start again", f"{figures['start']['again_s']} s"),
        *memory,
        ("resident, the four together (before / after the turns)", f"{idle['together']} / {loaded['together']} MiB"),
    ]


def _turn_rows(figures: dict[str, Any]) -> list[tuple[str, str]]:
    rows = []
    for turns in (figures["one_client"], figures["many_clients"]):
        clients = f"{turns['clients']} client{'s' if turns['clients'] > 1 else ''}"
        rows += [
            (f"{turns['turns']} turns, {clients}: failures", str(turns["failures"])),
            (f"{clients}: p50 / p95", f"{turns['p50_ms']} / {turns['p95_ms']} ms"),
            (f"{clients}: turns a second", str(turns["turns_per_second"])),
        ]
    return rows


def _in_process_rows(figures: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (f"{name}, in process: p50 / p95", f"{values['p50_ms']} / {values['p95_ms']} ms")
        for name, values in figures.get("in_process", {}).items()
    ]


def write_into_readme(file: Path) -> None:
    """Puts the table of the result in the place of the one that stands there."""
    text = README.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    README.write_text(f"{head}{shown(file)}{tail}", encoding="utf-8")


def shown(file: Path) -> str:
    """What stands in the README for this result."""
    result = json.loads(file.read_text(encoding="utf-8"))
    return f"{BEGIN}results/{file.name} -->\n{table(result)}\n{END}"
