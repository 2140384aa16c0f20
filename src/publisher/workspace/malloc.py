"""Memory that a library has freed goes back to the system.

qpdf makes millions of small objects for a long PDF; the C library keeps what they took after they are gone, and the
proof of the file, which comes next, would need as much again.
"""

from __future__ import annotations

import ctypes


def give_back_memory() -> None:
    """Gives freed memory back where the C library can be known to (glibc, `man 3 malloc_trim`); else does nothing."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
