"""The four real processes, started as `make run` starts them, on free ports and in a folder of their own.

For the measurements here and for tests/system.
"""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import httpx
import psutil

ROOT = Path(__file__).parents[1]
PROCESSES = ("gateway", "knowledge", "actions", "rasa")
READY_WITHIN_S = 240
STOPPED_WITHIN_S = 40
_SETTING = re.compile(r"^#?([A-Z_]+)=(.*)$", re.MULTILINE)


class ServiceFailed(Exception):
    """It did not start, or ended by itself; carries the end of its log."""


class RunningService:
    """`scripts/run.sh` in a session of its own, so that whatever it leaves behind can be found."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.data, self.log = folder / "data", folder / "service.log"
        self.ports = dict(zip(PROCESSES, free_ports(len(PROCESSES)), strict=True))
        self.environment = environment(self.data, self.ports) | settings
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> RunningService:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                ["scripts/run.sh"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url('gateway')}/readyz", timeout=8, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def wait_until_ready(self, within_s: float = READY_WITHIN_S) -> float:
        """The seconds that it took. Raises ServiceFailed."""
        began = time.monotonic()
        while not self.is_ready():
            if self._leader.poll() is not None:
                raise ServiceFailed(f"ended with {self._leader.returncode}\n{self.log_end()}")
            if time.monotonic() - began > within_s:
                raise ServiceFailed(f"not ready after {within_s} s\n{self.log_end()}")
            time.sleep(0.1)
        return time.monotonic() - began

    def process(self, name: str) -> psutil.Process:
        """The one that listens on the port. Raises ServiceFailed where none does."""
        for process in self.processes():
            with suppress(psutil.Error):
                listening = {at.laddr.port for at in process.net_connections("tcp") if at.status == psutil.CONN_LISTEN}
                if self.ports[name] in listening:
                    return process
        raise ServiceFailed(f"no {name} listens on {self.ports[name]}\n{self.log_end()}")

    def kill(self, name: str) -> None:
        """As a crash or the kernel's out-of-memory killer would end it."""
        process = self.process(name)
        process.kill()
        process.wait(10)

    def resident_mib(self, name: str) -> float:
        process = self.process(name)
        resident: int = sum(each.memory_info().rss for each in (process, *process.children(recursive=True)))
        return resident / 2**20

    def processes(self) -> list[psutil.Process]:
        """All that were started, by whomever of them, and live."""
        found = []
        for process in psutil.process_iter():
            with suppress(ProcessLookupError, PermissionError, psutil.Error):
                if os.getsid(process.pid) == self._leader.pid and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    def stop(self) -> list[str]:
        """Ctrl-C. What is left afterwards, which should be nothing, is named and killed."""
        if self._leader.poll() is None:
            os.killpg(self._leader.pid, signal.SIGINT)
        ends = time.monotonic() + STOPPED_WITHIN_S
        while (self._leader.poll() is None or self.processes()) and time.monotonic() < ends:
            time.sleep(0.1)
        left = self.processes()
        described = [f"{process.pid} {' '.join(process.cmdline())}" for process in left]
        for process in left:
            with suppress(psutil.Error):
                process.kill()
        self._leader.wait(10)
        return described + [f"port {port} of {name}" for name, port in self.ports.items() if not is_free(port)]

    def log_end(self, lines: int = 30) -> str:
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    @property
    def _leader(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "start() comes first"
        return self._process


def environment(data: Path, ports: dict[str, int]) -> dict[str, str]:
    """Every setting at its default, whatever the caller's environment and .env hold, but for places and ports."""
    defaults = dict(_SETTING.findall((ROOT / ".env.example").read_text(encoding="utf-8")))
    kept = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in defaults}
    places = {f"{name.upper()}_PORT": str(port) for name, port in ports.items()}
    places |= {f"{name.upper()}_URL": f"http://127.0.0.1:{port}" for name, port in ports.items()}
    return kept | defaults | places | {"RADGIVAREN_DATA": str(data.resolve())}


def free_ports(count: int) -> list[int]:
    """Below the range that the system takes for outgoing connections: one of those could be on the port by then."""
    drawn = random.SystemRandom().sample(range(20_000, 32_000), 200)
    return [port for port in drawn if is_free(port)][:count]


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
