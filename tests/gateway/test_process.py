"""`python -m bot.gateway` itself."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

import bot
from bot.gateway.fakes import FakeKnowledge, FakeRasa

from .conftest import Neighbours, settings_of_tests

ROOT = Path(bot.__file__).parents[1]


def launched(environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot.gateway"],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def test_a_wrong_setting_ends_it_with_one_line(neighbours: Neighbours, tmp_path: Path) -> None:
    with launched(settings_of_tests(neighbours, tmp_path, TURN_DEADLINE_S="soon")) as process:
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "TURN_DEADLINE_S='soon'" in said
    assert "Traceback" not in said


def test_it_serves_and_believes_no_forwarded_address(
    neighbours: Neighbours, rasa: FakeRasa, knowledge: FakeKnowledge, tmp_path: Path
) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    changes = {"GATEWAY_PORT": str(port), "RADGIVAREN_RATE_LIMIT": "1"}
    with launched(settings_of_tests(neighbours, tmp_path, **changes)) as process:
        try:
            given_up = time.monotonic() + 60
            while not ready(url):
                assert process.poll() is None
                assert time.monotonic() < given_up
                time.sleep(0.1)
            statuses = [
                httpx.post(
                    f"{url}/channels/web/messages",
                    json={"text": "Hej"},
                    headers={"x-forwarded-for": f"203.0.113.{n}"},
                    trust_env=False,
                ).status_code
                for n in range(2)
            ]
        finally:
            process.terminate()
            said, _ = process.communicate(timeout=30)
    assert statuses == [200, 429]
    assert "Traceback" not in said
