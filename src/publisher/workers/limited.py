"""Calls of this program's functions in a child process with limits on time, memory and output.

What another person wrote (templates, PDFs, pictures, fonts) is read in a child, so that an input that exhausts a limit,
or crashes a library, costs the child and not the build. The child gets bytes and returns bytes: nothing is unpickled.
It is isolated (https://docs.python.org/3/using/cmdline.html#cmdoption-I), imports from the folders that this process
imports from and from no other, works in the root folder, and ends when this process ends.

The limits are those of setrlimit(2). On systems without RLIMIT_AS, such as macOS, memory is not limited.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from threading import Thread, Timer
from typing import IO, Any

from publisher.diagnostics import ExitCode, PublisherError
from publisher.diagnostics.codec import decode, encode
from publisher.workers.child import Child, start
from publisher.workspace.parent_process import end_with_parent
from publisher.workspace.posix import resource

WALL = 12
"""A child may take this many times its CPU seconds on the clock, since other processes run next to it."""
LEAST_WALL = 60
"""But never fewer seconds than this."""
_CHUNK = 1 << 16


class Limit(StrEnum):
    """What a call may not exceed."""

    TIME = "time"
    MEMORY = "memory"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a call may take."""

    seconds: int
    """Seconds of CPU."""
    memory: int
    """Bytes of address space, in addition to what the imported modules take."""
    output: int
    """Bytes of the answer."""


class LimitExceeded(Exception):
    """A call that took more than it may."""

    def __init__(self, limit: Limit) -> None:
        """Take the limit."""
        super().__init__(f"the limit on {limit} was exceeded")
        self.limit = limit


class ChildFailed(Exception):
    """A child that ended without an answer, or whose function raised an exception."""

    def __init__(self, message: str) -> None:
        """Take the reason."""
        super().__init__(message)
        self.message = message


def run_limited(function: str, request: bytes, *, limits: Limits) -> bytes:
    """Return what `package.module:function` answers to a request, called in a child process.

    The function takes bytes and returns bytes. Raises `LimitExceeded`; `PublisherError` if the function raises it;
    `ChildFailed` for any other exception and for a child that crashes or cannot be started.
    """
    child = _start(function, limits)
    timer = Timer(max(LEAST_WALL, limits.seconds * WALL), child.kill)
    timer.daemon = True
    timer.start()
    assert child.stdin is not None
    assert child.stdout is not None
    writer = Thread(target=_send, args=(child.stdin, request), daemon=True)
    writer.start()
    try:
        answer = _receive(child.stdout, limits.output + 1)
    finally:
        overdue = not timer.is_alive()
        timer.cancel()
        child.kill()
        writer.join()
        child.stdout.close()
        status = child.wait()
    return open_answer(answer, limits=limits, status=status, overdue=overdue)


def main(*words: str) -> None:
    """Answer the one request that comes on standard input; runs in the child."""
    sys.exit(_serve(*words))


def _start(function: str, limits: Limits) -> Child:
    words = (function, str(limits.seconds), str(limits.memory))
    try:
        return start("publisher.workers.limited", *words, quiet=True)
    except OSError as error:
        raise ChildFailed(f"a child process cannot be started: {error.strerror}") from error


def _send(stream: IO[bytes], request: bytes) -> None:
    """Write the request; a child that has ended does not read it."""
    try:
        with stream:
            stream.write(request)
    except OSError:
        return


def _receive(stream: IO[bytes], largest: int) -> bytes:
    """What the child wrote, up to a number of bytes beyond which the rest does not matter."""
    parts: list[bytes] = []
    size = 0
    while size <= largest and (part := stream.read(_CHUNK)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def open_answer(answer: bytes, *, limits: Limits, status: int, overdue: bool) -> bytes:
    """The content of an answer; its first byte says what it is. Raises as `run_limited`."""
    if len(answer) > limits.output + 1:
        raise LimitExceeded(Limit.OUTPUT)
    match answer[:1]:
        case b"=":
            return answer[1:]
        case b"M":
            raise LimitExceeded(Limit.MEMORY)
        case b"D":
            raise _diagnose(answer[1:])
        case b"!":
            raise ChildFailed(answer[1:].decode(errors="replace"))
        case _ if overdue or status == -signal.SIGXCPU:
            raise LimitExceeded(Limit.TIME)
        case _:
            raise ChildFailed(f"the child process ended with status {status}")


def _diagnose(content: bytes) -> Exception:
    """The error that the function raised in the child."""
    try:
        value = json.loads(content)
        return PublisherError(*decode(value["diagnostics"]), exit_code=ExitCode(value["exit"]))
    except (ValueError, TypeError, KeyError, IndexError):
        return ChildFailed("the child process returned no diagnostics that can be read")


def _serve(parent: str, function: str, seconds: str, memory: str) -> int:
    """Call the function on standard input; write its answer, marked by one byte, to what was standard output."""
    end_with_parent(int(parent))
    answers = os.fdopen(os.dup(1), "wb")
    _to_nowhere(1)
    request = sys.stdin.buffer.read()
    try:
        called = _function(function)
    except BaseException as error:
        _write(answers, b"!" + f"{type(error).__name__}: {error}"[:1000].encode(errors="replace"))
        return 0
    _write(answers, call_and_answer(called, request, seconds=int(seconds), memory=int(memory)))
    return 0


def call_and_answer(called: Callable[[bytes], bytes], request: bytes, *, seconds: int, memory: int) -> bytes:
    """Return the answer of a function within limits, marked by one byte; whatever it raises is an answer too."""
    try:
        _limit(seconds=seconds, memory=memory)
        return b"=" + called(request)
    except MemoryError:
        return b"M"
    except PublisherError as error:
        value: Mapping[str, Any] = {"diagnostics": encode(error.diagnostics), "exit": int(error.exit_code)}
        return b"D" + json.dumps(value).encode()
    except BaseException as error:
        return b"!" + f"{type(error).__name__}: {error}"[:1000].encode(errors="replace")


def _function(name: str) -> Callable[[bytes], bytes]:
    """The function of a name such as `publisher.load.pdf_pages:facts`; its module is imported before limits apply."""
    module, _, function = name.partition(":")
    called: Callable[[bytes], bytes] = getattr(import_module(module), function)
    return called


def _limit(*, seconds: int, memory: int) -> None:
    """Set the limits of this process; no core is dumped and no file is written."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = int(used.ru_utime + used.ru_stime) + seconds
    _lower(resource.RLIMIT_CPU, cpu + 1)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_AS, _address_space() + memory)


def _lower(which: int, value: int) -> None:
    """Lower a limit, or leave a lower one that is set already."""
    soft, hard = resource.getrlimit(which)
    lowest = min([value, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)])
    try:
        resource.setrlimit(which, (lowest, hard))
    except (ValueError, OSError):  # the system has no such limit
        return


def _address_space() -> int:
    """Bytes of address space that this process takes, see proc_pid_statm(5); 0.5 GB where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 1 << 29


def _to_nowhere(descriptor: int) -> None:
    """Let a descriptor write to nothing, so that what a library prints is no part of the answer."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _write(stream: IO[bytes], answer: bytes) -> None:
    with stream:
        stream.write(answer)
