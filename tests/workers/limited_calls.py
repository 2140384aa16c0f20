"""Functions that are called with limits."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Source, Span


def echo(request: bytes) -> bytes:
    return request


def loop(request: bytes) -> bytes:
    while True:
        request = request[::-1]


def allocate(request: bytes) -> bytes:
    return b"%d" % len(bytearray(int(request)))


def diagnose(request: bytes) -> bytes:
    start, end = map(int, request.split(b":"))
    span = Span(source=Source(name="article.txt", text="abcdefg"), start=start, end=end)
    raise PublisherError(
        Diagnostic(code="O-001", message="it cannot be read", hint="try another", span=span), exit_code=ExitCode.FILES
    )


def fail(request: bytes) -> bytes:
    raise ValueError("it is wrong")


def crash(request: bytes) -> bytes:
    return ctypes.string_at(0)


def leave(request: bytes) -> bytes:
    os._exit(0)


def chatter(request: bytes) -> bytes:
    sys.stdout.write("a library says something")
    os.write(1, b"and so does a C library")
    return request


def announce(request: bytes) -> bytes:
    """Write the number of this process into a file, and never return."""
    place = Path(os.fsdecode(request))
    place.with_suffix(".partial").write_text(str(os.getpid()))
    place.with_suffix(".partial").rename(place)
    return loop(b"")
