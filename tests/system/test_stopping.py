"""Ctrl-C, the last thing that happens to the service."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import psutil

from benchmarks.running_service import PROCESSES, RunningService


def test_ctrl_c_leaves_nothing_behind(service: RunningService) -> None:
    running = {service.process(name).pid for name in PROCESSES}
    assert len(running) == 4
    assert len(service.processes()) > 4  # with the one that keeps them
    assert service.stop() == []
    assert not [pid for pid in running if psutil.pid_exists(pid)]
    with closing(sqlite3.connect(service.data / "radgivaren.db")) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
