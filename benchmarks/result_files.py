"""What a kept result holds besides its figures, where it lies, and how its tables get into a README."""

from __future__ import annotations

import datetime as dt
import json
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from . import machine
from .running_service import ROOT
from .tables import Rows, on_screen

RESULTS = Path(__file__).parent / "results"
STANDARD_OUTPUT = "-"


def described(module: str, arguments: Sequence[str]) -> dict[str, Any]:
    """How, when, where and from which source a figure was taken. Called first: the load is that before the work."""
    return {
        "taken": dt.date.today().isoformat(),
        "command": shlex.join(["python", "-m", module, *arguments]),
        "machine": machine.describe(),
        "git": {"commit": _git("rev-parse", "--short", "HEAD"), "changed": bool(_git("status", "--porcelain"))},
    }


def _git(*arguments: str) -> str:
    """Empty where there is no git or no repository: a figure from an unpacked release."""
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def where(result: dict[str, Any]) -> str:
    on, git = result["machine"], result["git"]
    source = f"{git['commit']}{' with changes' if git['changed'] else ''}" if git["commit"] else "no git"
    return (
        f"{result['taken']} · {source} · {on['cores']} cores · {on['memory_gib']} GiB · Python {on['python']} · "
        f"`{result['command']}`"
    )


def hand_over(result: dict[str, Any], json_file: str | None, kind: str, tables: list[Rows]) -> Path | None:
    """Tables on the screen, and JSON where it was asked for, else beside the other results: that file is returned."""
    console = Console(stderr=json_file == STANDARD_OUTPUT, width=230)
    for table in tables:
        console.print(on_screen(table))
    text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    if json_file == STANDARD_OUTPUT:
        sys.stdout.write(text)
        return None
    name = f"{kind}-{result['taken']}-{machine.name(result['machine'])}.json"
    file = Path(json_file) if json_file else RESULTS / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return None if json_file else file


def latest(kind: str) -> Path | None:
    return max(RESULTS.glob(f"{kind}-*.json"), default=None)


def put_between(readme: Path, name: str, text: str) -> None:
    """Puts the text in the place of what stands between the markers of this name."""
    head, begin, rest = readme.read_text(encoding="utf-8").partition(f"<!-- {name} -->")
    _, end, tail = rest.partition(f"<!-- /{name} -->")
    if not end:
        raise SystemExit(f"{readme.name} has no markers for {name}")
    readme.write_text(f"{head}{begin}\n{text}\n{end}{tail}", encoding="utf-8")


def between(readme: Path, name: str) -> str:
    _, _, rest = readme.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")
    return rest.partition(f"\n<!-- /{name} -->")[0]


def say(text: str) -> None:
    """Progress, beside what is printed as a result."""
    print(text, file=sys.stderr, flush=True)
