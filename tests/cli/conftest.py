"""The command line as a process of its own, over a data folder that is prepared once."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knowledge.cli import main

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs `python -m knowledge …`. Only what is named reaches it from this environment."""

    def run(*words: str, data: Path, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "knowledge", *words],
            env=_environment(data, settings),
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


@pytest.fixture(scope="session")
def run_here() -> Run:
    """The same from argv to exit status in this process, without seconds of imports: no claim about a process."""

    def run(*words: str, data: Path, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        only = dict.fromkeys(os.environ) | _environment(data, settings)
        with CliRunner().isolation(typed, only) as (out, err, _), _as_at_the_start(*words):
            try:
                main()
                status = 0
            except SystemExit as ended:
                status = int(ended.code or 0)
            sys.stdout.flush()
            sys.stderr.flush()
            return subprocess.CompletedProcess(words, status, out.getvalue().decode(), err.getvalue().decode())

    return run


@contextmanager
def _as_at_the_start(*words: str) -> Iterator[None]:
    """No log is set up yet, so that what the command logs stands on its stderr, as it does for whoever runs it."""
    root = logging.getLogger()
    level = root.level
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["knowledge", *words])
        patch.setattr(root, "handlers", [])
        try:
            yield
        finally:
            root.setLevel(level)


def _environment(data: Path, settings: dict[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT") if name in os.environ}
    fixed = {"RADGIVAREN_DATA": str(data), "ENCODER": "hashing", "OMP_NUM_THREADS": "1", "COLUMNS": "200"}
    return kept | fixed | settings


@pytest.fixture(scope="session")
def data(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "data"
    first = run("prepare", data=folder)
    assert (first.returncode, first.stdout) == (0, "Indexet är byggt.\n"), first.stderr
    return folder
