"""`python -m benchmarks.run`: start, memory, turns and search on this machine (README.md beside this file)."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from . import machine, report
from .running_service import PROCESSES, ROOT, RunningService
from .turns import ask_all

RESULTS = Path(__file__).parent / "results"
ONE_CLIENT_TURNS = 200
WARM_UP_TURNS = 30


def main() -> int:
    options = _options()
    described = machine.describe()
    figures: dict[str, Any]
    if options.url:
        figures = _turns(options.url, options)
    else:
        with tempfile.TemporaryDirectory(prefix="radgivaren-benchmark-") as folder:
            figures = _whole_service(Path(folder), options)
    result = {
        "taken": dt.date.today().isoformat(),
        "command": shlex.join(["python", "-m", "benchmarks.run", *sys.argv[1:]]),
        "machine": described,
        "figures": figures,
    }
    _say(f"\n{report.table(result)}")
    _keep(result, options)
    return 1 if any(figures[kind]["failures"] for kind in ("one_client", "many_clients")) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--turns", type=int, default=500, help="turns of the many clients together")
    parser.add_argument("--clients", type=int, default=10, help="how many the many are")
    parser.add_argument("--json", type=Path, help="write the result here, and leave results/ and the README alone")
    parser.add_argument("--url", help="a gateway that runs already, without rate limit: its turns alone")
    return parser.parse_args()


def _whole_service(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """First start with an empty data folder, then again with a full one; measures in the second."""
    first = RunningService(folder, RADGIVAREN_RATE_LIMIT="0")
    first_s = _started(first, "first start, with an empty data folder")
    _stopped(first)
    service = RunningService(folder, RADGIVAREN_RATE_LIMIT="0")
    again_s = _started(service, "start with a full one")
    try:
        figures = {"start": {"first_s": first_s, "again_s": again_s}, "idle_mib": _memory(service)}
        figures |= _turns(service.url("gateway"), options)
        figures["loaded_mib"] = _memory(service)
    finally:
        _stopped(service)
    _say("search and answer in one process …")
    return figures | {"in_process": _in_process(service)}


def _started(service: RunningService, what: str) -> float:
    _say(f"{what} …")
    return round(service.start().wait_until_ready(), 1)


def _stopped(service: RunningService) -> None:
    left = service.stop()
    if left:
        raise SystemExit(f"left behind after Ctrl-C: {left}")


def _memory(service: RunningService) -> dict[str, int]:
    resident = {name: round(service.resident_mib(name)) for name in PROCESSES}
    return resident | {"together": sum(resident.values())}


def _turns(url: str, options: argparse.Namespace) -> dict[str, Any]:
    ask_all(url, WARM_UP_TURNS, 2)
    _say(f"{ONE_CLIENT_TURNS} turns of one client …")
    one = ask_all(url, ONE_CLIENT_TURNS, 1)
    _say(f"{options.turns} turns of {options.clients} clients …")
    many = ask_all(url, options.turns, options.clients)
    for failure in (*one.failures, *many.failures):
        _say(f"failed: {failure}")
    return {"one_client": one.figures(), "many_clients": many.figures()}


def _in_process(service: RunningService) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.in_process"],
        cwd=ROOT,
        env=service.environment | {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"},
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _keep(result: dict[str, Any], options: argparse.Namespace) -> None:
    """A partial measurement does not become the one that the README shows."""
    text = json.dumps(result, ensure_ascii=False, indent=2) + "\n"
    if options.json:
        options.json.write_text(text, encoding="utf-8")
    elif not options.url:
        file = RESULTS / f"{result['taken']}-{machine.name(result['machine'])}.json"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        report.write_into_readme(file)
        _say(f"\nwritten: {file.relative_to(ROOT)} and the table in benchmarks/README.md")


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
