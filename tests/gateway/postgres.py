"""A PostgreSQL of the test's own, reached over a socket file; the tests that want one skip where it isn't installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp


def _as_owner() -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []


def can_run() -> bool:
    if not (shutil.which("initdb") and shutil.which("pg_ctl")):
        return False
    if os.geteuid() == 0:
        return shutil.which("setpriv") is not None and any(user.pw_name == "postgres" for user in pwd.getpwall())
    return True


@contextmanager
def running() -> Iterator[str]:
    """The URL of an empty database."""
    folder = Path(mkdtemp(prefix="rg-pg-"))  # short: the path of a socket may have 107 bytes
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    call = {"cwd": "/", "check": True, "capture_output": True}
    owner = _as_owner()
    subprocess.run([*owner, "initdb", "-D", data, "-U", "gateway", "-A", "trust", "-N"], **call)
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    # Output to a file: the server would keep a pipe open, and its reader waiting.
    subprocess.run([*owner, "pg_ctl", "-D", data, "-o", options, "-l", f"{folder}/log", "-w", "start"], **call)
    try:
        yield f"postgresql+psycopg://gateway@/postgres?host={folder}"
    finally:
        subprocess.run([*owner, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], **call)
        shutil.rmtree(folder, ignore_errors=True)
