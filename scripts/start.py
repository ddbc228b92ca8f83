"""Starts supervisor over the four processes and says when Rådgivaren can answer, or what is missing."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

READY_WITHIN_S = 180
REPORT_EVERY_S = 10
PORTS = ("GATEWAY_PORT", "KNOWLEDGE_PORT", "ACTIONS_PORT", "RASA_PORT")


def main() -> int:
    taken = [f"{name}={os.environ[name]}" for name in PORTS if not _is_free(int(os.environ[name]))]
    if taken:
        _say(f"Port taken: {', '.join(taken)}. Stop what uses it, or set another, e.g. GATEWAY_PORT=8081 make run")
        return 1
    # Supervisor opens our output anew: without this the two would write over each other in `make run > file`.
    fcntl.fcntl(1, fcntl.F_SETFL, fcntl.fcntl(1, fcntl.F_GETFL) | os.O_APPEND)
    supervisor = subprocess.Popen(["./.venv/bin/supervisord", "-c", "supervisord.conf"])
    # Ctrl-C reaches supervisor too, which ends its four; here it only must not end the waiting for that.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: supervisor.send_signal(signal.SIGTERM))
    _report_readiness(supervisor)
    return supervisor.wait()


def _report_readiness(supervisor: subprocess.Popen[bytes]) -> None:
    address = f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}"
    started = reported = time.monotonic()
    while supervisor.poll() is None:
        ready, missing = _readiness(address)
        waited = time.monotonic() - started
        if ready:
            _say(f"ready after {waited:.0f} s")
            _say(f"  the widget      {address}/")
            _say(f"  its channel     {address}/channels/web/messages")
            _say(f"  the console     http://127.0.0.1:{os.environ['KNOWLEDGE_PORT']}/console/")
            _say(f"  knowledge       {os.environ['KNOWLEDGE_URL']}/docs")
            _say("Ctrl-C ends all four processes.")
            return
        if waited > READY_WITHIN_S:
            _say(f"not ready after {READY_WITHIN_S} s, waiting for: {missing}. The lines above tell why.")
            return
        if time.monotonic() - reported > REPORT_EVERY_S:
            reported = time.monotonic()
            _say(f"starting … {waited:.0f} s, waiting for: {missing}")
        time.sleep(0.3)


def _readiness(address: str) -> tuple[bool, str]:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=4) as response:
            return response.status == 200, ""
    except urllib.error.HTTPError as error:
        try:
            checks = json.loads(error.read())["checks"]
        except (ValueError, KeyError):
            return False, "gateway"
        return False, ", ".join(name for name, ok in checks.items() if not ok)
    except OSError:
        return False, "gateway"


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _say(text: str) -> None:
    print(f"\033[1m[run]\033[0m {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
