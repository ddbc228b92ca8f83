"""An environment for each peer, below build/peers, from a pinned list; what is up to date is left alone.

As scripts/setup.sh makes the project's: torch first, in its CPU build, so that no CUDA comes along.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).parent / "requirements"
UV = Path(sys.executable).parent / "uv"


class EnvironmentFailed(Exception):
    """An environment could not be made; carries what the installer said."""


def make(name: str, below: Path) -> Path:
    """The environment's Python. Raises EnvironmentFailed."""
    listed = REQUIREMENTS / f"{name}.txt"
    folder = below / name
    python = folder / "bin" / "python"
    stamp = folder / ".stamp"
    wanted = hashlib.sha256(listed.read_bytes() + Path(__file__).read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return python
    _call(UV, "venv", "--quiet", "--clear", "--python", sys.executable, folder)
    if torch := _torch(listed):
        _install_torch(python, torch)
    _call(UV, "pip", "install", "--quiet", "--python", python, "--no-deps", "--compile-bytecode", "-r", listed)
    stamp.write_text(wanted, encoding="ascii")
    return python


def _torch(listed: Path) -> str | None:
    """Named in a comment: a plain line would let uv take the build with CUDA."""
    lines = listed.read_text(encoding="utf-8").splitlines()
    return next((line.removeprefix("# first: ") for line in lines if line.startswith("# first: torch==")), None)


def _install_torch(python: Path, torch: str) -> None:
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--disable-pip-version-check")
    try:
        _call(*pip, "--no-deps", f"{torch}+cpu")
    except EnvironmentFailed:
        _call(UV, "pip", "install", "--quiet", "--python", python, "--no-deps", "--torch-backend", "cpu", torch)


def _call(*command: str | Path) -> None:
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True)
    if done.returncode:
        raise EnvironmentFailed(f"{' '.join(map(str, command))}\n{done.stderr.strip()}")


def _environment() -> dict[str, str]:
    """uv does not read pip's configuration: it is handed the index that stands there."""
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True
    )
    index = asked.stdout.strip()
    return ({"UV_DEFAULT_INDEX": index} if asked.returncode == 0 and index else {}) | os.environ
