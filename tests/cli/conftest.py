"""The command line as a process of its own, over a data folder that is prepared once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knowledge.cli import app

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
    """The same command in this process, without seconds of imports: for what is no claim about a process."""

    def run(*words: str, data: Path, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        runner = CliRunner(env=dict.fromkeys(os.environ) | _environment(data, settings))
        done = runner.invoke(app, words, input=typed)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)

    return run


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
