"""Memory that is free goes back to the system.

glibc keeps what a burst of small allocations leaves, scattered as it is, for the next burst; after an index is built or
opened there is none for hours. Where another library allocates (musl, macOS), nothing is done.
"""

from __future__ import annotations

import ctypes


def give_back_memory() -> None:
    """A few milliseconds; what is in use stays as it is."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
