"""Calls of this process's own functions in a copy of it with limits on time and memory.

`workers.limited` starts a new process, to which everything has to be sent. Where another person's file is compared with
something large that this process has composed, the process is copied instead (fork(2)): the copy has it already. It
sends back bytes, or diagnostics as plain data; nothing is unpickled.
"""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable
from contextlib import suppress
from threading import Timer
from typing import NoReturn

from publisher.workers.limited import LEAST_WALL, WALL, ChildFailed, Limits, call_and_answer, open_answer
from publisher.workspace.parent_process import end_with_parent

_CHUNK = 1 << 16


def call_limited(function: Callable[[], bytes], *, limits: Limits) -> bytes:
    """Return what a function returns, called in a copy of this process.

    Raises `LimitExceeded`; `PublisherError` if the function raises it; `ChildFailed` for any other exception, and for a
    copy that crashes or cannot be made.
    """
    reading, writing = os.pipe()
    parent = os.getpid()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads, none of which the copy needs
            copy = os.fork()
    except OSError as error:
        os.close(reading)
        os.close(writing)
        raise ChildFailed(f"a child process cannot be started: {error.strerror}") from error
    if not copy:
        _answer(function, writing, limits=limits, parent=parent)
    os.close(writing)
    timer = Timer(max(LEAST_WALL, limits.seconds * WALL), _kill, (copy,))
    timer.daemon = True
    timer.start()
    try:
        answer = _receive(reading, limits.output + 1)
    finally:
        overdue = not timer.is_alive()
        timer.cancel()
        os.close(reading)
        _kill(copy)
        _, status = os.waitpid(copy, 0)
    return open_answer(answer, limits=limits, status=os.waitstatus_to_exitcode(status), overdue=overdue)


def _answer(function: Callable[[], bytes], writing: int, *, limits: Limits, parent: int) -> NoReturn:
    """Write the marked answer; the copy ends without doing what this process does at its end."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
        end_with_parent(parent)
        answer = call_and_answer(lambda _: function(), b"", seconds=limits.seconds, memory=limits.memory)
        view = memoryview(answer)
        while view:
            view = view[os.write(writing, view[:_CHUNK]) :]
        status = 0
    finally:
        os._exit(status)


def _receive(reading: int, largest: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while size <= largest and (part := os.read(reading, _CHUNK)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _kill(copy: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(copy, signal.SIGKILL)
