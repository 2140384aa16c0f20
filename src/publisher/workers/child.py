"""Child processes that run this program's own code: the one place in which they are started.

A child is isolated (https://docs.python.org/3/using/cmdline.html#cmdoption-I): it imports from the folders that this
process imports from and from no other, and works in the root folder.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

_BOOT = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from importlib import import_module; import_module(sys.argv[2]).main(*sys.argv[3:])"
)
"""The program of a child."""

Child = subprocess.Popen[bytes]
"""A child process, as the one that started it sees it."""


def start(module: str, *words: str, quiet: bool = False) -> Child:
    """Return a process that calls `main` of a module with the words and the id of this process before them.

    It has pipes, without buffers, as standard input and output; an interrupt (Ctrl-C) waits until it has said what it
    does about it. `quiet` lets no one read its standard error. Raises `OSError` if it cannot be started.
    """
    paths = json.dumps([path for path in sys.path if Path(path).is_absolute()])
    command = [sys.executable, "-I", "-c", _BOOT, paths, module, str(os.getpid()), *words]
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if quiet else None,
            cwd="/",
            bufsize=0,
        )
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def has_ended(child: Child, seconds: float) -> bool:
    """Return whether a process ends within some seconds."""
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def claim_pipes() -> tuple[int, int]:
    """Return, in a child, descriptors of its pipes: to read from and to write to.

    What a library prints, or reads from standard input, does not get into them.
    """
    pipes = (os.dup(0), os.dup(1))
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return pipes


def ignore_interrupts() -> None:
    """Let this process continue after Ctrl-C: anyone who started it decides when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
