"""Who reads what was built: this process, or several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from publisher.workers.remote import Remote

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Hands(Protocol):
    """Processes of this machine."""

    @property
    def count(self) -> int:
        """How many there are."""

    def each(self, called: Remote[_Given, _Made], given: Sequence[_Given]) -> tuple[_Made, ...]:
        """Return what a function of this program makes of each argument, in their order."""


class _Alone:
    """This process."""

    count = 1

    def each(self, called: Remote[_Given, _Made], given: Sequence[_Given]) -> tuple[_Made, ...]:
        """Return what a function makes of each argument."""
        return tuple(map(called.function, given))


ALONE: Hands = _Alone()
