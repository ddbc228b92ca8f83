"""Rasa itself with our model and the action server, once for all tests here, against a little knowledge."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from actions.fake_knowledge import FakeKnowledge, serving

ROOT = Path(__file__).resolve().parents[2]
RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
MODEL = ROOT / "bot" / "models" / "rasa.tar.gz"
TOKEN = "prov-token"
START_SECONDS = 240

Say = Callable[..., list[dict[str, Any]]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def knowledge() -> Iterator[FakeKnowledge]:
    with serving(FakeKnowledge()) as fake:
        yield fake


@pytest.fixture(scope="session")
def rasa(knowledge: FakeKnowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of Rasa's channel, ready to answer."""
    if not RASA_PYTHON.exists() or not MODEL.exists():
        missing = RASA_PYTHON if not RASA_PYTHON.exists() else MODEL
        if os.environ.get("CI") == "true":
            pytest.fail(f"{missing.relative_to(ROOT)} is missing: run `make test`, which makes it.")
        pytest.skip(f"{missing.relative_to(ROOT)} is missing: run `make test`, which makes it.")
    actions_url, port = f"http://127.0.0.1:{free_port()}", free_port()
    env = os.environ | {"ACTIONS_URL": actions_url, "RASA_TOKEN": TOKEN, "KNOWLEDGE_URL": knowledge.url}
    run = "-m bot.run_rasa run --endpoints bot/endpoints.yml --credentials bot/credentials.yml -i 127.0.0.1"
    commands = [
        [sys.executable, "-m", "actions"],
        [str(RASA_PYTHON), *run.split(), "--model", str(MODEL), "-p", str(port)],
    ]
    log = tmp_path_factory.mktemp("rasa") / "log.txt"
    with log.open("w") as output:
        processes = [subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output) for command in commands]
        try:
            channel = f"http://127.0.0.1:{port}/webhooks/gateway"
            wait_until_ready(channel, processes, log)
            yield channel
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(timeout=30)


def wait_until_ready(channel: str, processes: list[subprocess.Popen[bytes]], log: Path) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if any(process.poll() is not None for process in processes):
            break
        try:
            if httpx.get(f"{channel}/ready", timeout=3).json() == {"ready": True}:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    pytest.fail(f"Rasa did not become ready:\n{log.read_text()[-4000:]}")


@pytest.fixture
def say(rasa: str) -> Say:
    """Says something in one conversation of its own, gives the replies."""
    sender = uuid.uuid4().hex

    def say_it(text: str, sender: str = sender, **metadata: str) -> list[dict[str, Any]]:
        body = {"sender": sender, "message": text, "metadata": {"channel": "web", "conversation_id": sender} | metadata}
        headers = {"Authorization": f"Bearer {TOKEN}"}
        response = httpx.post(f"{rasa}/webhook", json=body, headers=headers, timeout=30)
        response.raise_for_status()
        replies: list[dict[str, Any]] = response.json()
        return replies

    return say_it
