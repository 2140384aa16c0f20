"""Garbage collection in processes that build: seldom, since nearly all that a build makes is used to its end."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW_OBJECTS = 500_000
"""After how many new objects garbage is looked for; a tenth of the time goes into it where it is the usual 700."""


def collect_seldom() -> None:
    """Let this process look for garbage seldom."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look for garbage seldom in the block, in a process that has other work as well."""
    usual = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
