"""Functions that are called in a copy of this process answer within limits, and cost the copy if they do not."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Source
from publisher.workers.forked import call_limited
from publisher.workers.limited import ChildFailed, Limit, LimitExceeded, Limits

FEW = Limits(seconds=1, memory=64 << 20, output=1 << 20)


def test_an_answer_comes_back_whole() -> None:
    large = os.urandom(1 << 20)
    assert call_limited(lambda: large, limits=FEW) == large


def test_what_the_function_changes_is_not_changed_here() -> None:
    here: list[int] = []

    def change() -> bytes:
        here.append(1)
        return b"%d" % len(here)

    assert call_limited(change, limits=FEW) == b"1"
    assert here == []


def test_diagnostics_come_back_with_their_places() -> None:
    source = Source(name="text.md", text="one\ntwo\n")
    wrong = Diagnostic(code="V-001", message="it differs", span=source.span(4, 7))

    def fail() -> bytes:
        raise PublisherError(wrong, exit_code=ExitCode.UNPROVED)

    with pytest.raises(PublisherError) as caught:
        call_limited(fail, limits=FEW)
    assert (caught.value.diagnostics, caught.value.exit_code) == ((wrong,), ExitCode.UNPROVED)


def _endless() -> bytes:
    while True:
        pass


@pytest.mark.parametrize(
    ("function", "limit"),
    [
        (_endless, Limit.TIME),
        (lambda: bytes(1 << 30), Limit.MEMORY),
        (lambda: bytes((1 << 20) + 1), Limit.OUTPUT),
    ],
    ids=["time", "memory", "output"],
)
def test_each_limit_is_named(function: Callable[[], bytes], limit: Limit) -> None:
    with pytest.raises(LimitExceeded) as caught:
        call_limited(function, limits=FEW)
    assert caught.value.limit is limit


def _crash() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def _fail() -> bytes:
    raise ValueError("no")


@pytest.mark.parametrize("function", [_crash, _fail])
def test_a_copy_that_crashes_or_fails_is_reported(function: Callable[[], bytes]) -> None:
    with pytest.raises(ChildFailed):
        call_limited(function, limits=FEW)
