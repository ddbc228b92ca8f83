"""`make slack-sim` and `make teams-sim`, where something is missing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
SIMULATORS = ("slack", "teams")


def _started(name: str, port: int, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    libraries = ["--libraries", str(tmp_path)] if name == "teams" else []
    nobody = {"RASA_URL": "http://127.0.0.1:9", "KNOWLEDGE_URL": "http://127.0.0.1:9", "RASA_TOKEN": "token"}
    return subprocess.run(
        [sys.executable, "-m", f"tests.sims.{name}", "--port", str(port), *libraries],
        cwd=REPOSITORY,
        env=os.environ | nobody,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("name", SIMULATORS)
def test_a_taken_port_is_said_with_what_to_do(name: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = _started(name, port, tmp_path)
    assert ended.returncode == 1
    assert f"Port {port} är upptagen" in ended.stderr
    assert f"make {name}-sim PORT=" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("name", SIMULATORS)
def test_without_the_service_it_says_what_to_start(name: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    ended = _started(name, port, tmp_path)
    assert ended.returncode == 1
    assert "make run" in ended.stderr
    assert "Traceback" not in ended.stderr
