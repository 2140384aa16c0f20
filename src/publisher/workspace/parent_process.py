"""Child processes that end when their parent ends, however it does."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from contextlib import suppress
from threading import Thread

_PR_SET_PDEATHSIG = 1
"""See prctl(2); the kernel sends the signal when the thread that started this process ends."""
_INTERVAL = 0.5
"""Seconds between two looks at the parent."""


def end_with_parent(parent: int) -> None:
    """End this process at once when the process `parent`, which started it, is gone.

    Linux does it by a signal, also while a C function runs; a thread looks twice a second as well.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_INTERVAL)
    os._exit(1)
