"""On what a figure was measured."""

from __future__ import annotations

import os
import platform

import psutil


def describe() -> dict[str, str | int | float]:
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def name(machine: dict[str, str | int | float]) -> str:
    """The class of machine, for a file's name."""
    return f"{machine['cores']}-cores-{machine['memory_gib']}-gib"
