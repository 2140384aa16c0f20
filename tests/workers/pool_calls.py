"""Functions that workers are asked to call in tests."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.workers.remote import Remote


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What `count` makes: who made it, and how."""

    common: str
    number: int
    pid: int


@dataclass(frozen=True, slots=True)
class Common:
    """A common part."""

    word: str


Argument = tuple[Common, int]


def count(argument: Argument) -> Counted:
    """Say what was asked."""
    common, number = argument
    return Counted(common=common.word, number=number, pid=os.getpid())


def fail(argument: Argument) -> Counted:
    """Raise what the word says."""
    common, _ = argument
    match common.word:
        case "files":
            raise OSError(errno.ENOSPC, "No space left on device", "/tmp/a")
        case "diagnostic":
            raise PublisherError(Diagnostic(code="D-001", message="it is wrong"), exit_code=ExitCode.FILES)
        case _:
            raise RuntimeError(common.word)


def _remote(name: str, function: Callable[[Argument], Counted]) -> Remote[Any, Any]:
    return Remote(
        reference=f"pool_calls:{name}",
        function=function,
        common=Common,
        rest=int,
        split=lambda argument: argument,
        join=lambda common, number: (common, number),
        made=Counted,
        fits=lambda argument, made: made.number == argument[1],
        describe=lambda argument: f"counted {argument[1]}",
    )


COUNT = _remote("COUNT", count)
FAIL = _remote("FAIL", fail)
