"""What is freed between blocks that stay goes back to the system."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

STATUS = Path("/proc/self/status")

# Blocks too small to be mapped one by one, of which each hundredth stays: without help, the rest is kept for later.
ASKED = f"""
from pathlib import Path
from knowledge.memory import give_back_memory

def resident_mib():
    line = next(line for line in Path({str(STATUS)!r}).read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024

blocks = [bytearray(20_000) for _ in range(5_000)]
stays = blocks[::100]
del blocks
before = resident_mib()
give_back_memory()
print(len(stays), before - resident_mib())
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="another library allocates here")
@pytest.mark.skipif(not STATUS.exists(), reason="the system does not tell what is resident")
def test_what_is_free_goes_back_to_the_system() -> None:
    told = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    stays, given_back_mib = told.stdout.split()
    assert int(stays) == 50
    assert float(given_back_mib) > 50
