"""Who reads what was built: this process, or several side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Hands(Protocol):
    """Processes of this machine."""

    @property
    def count(self) -> int:
        """How many there are."""

    def each(
        self, function: Callable[[_Given], _Made], given: Sequence[_Given], *, called: Callable[[_Given], str]
    ) -> tuple[_Made, ...]:
        """What a function of this program makes of each of these, in their order; `called` says what that is."""


class _Alone:
    """This process."""

    count = 1

    def each(
        self, function: Callable[[_Given], _Made], given: Sequence[_Given], *, called: Callable[[_Given], str]
    ) -> tuple[_Made, ...]:
        """What a function makes of each of these."""
        return tuple(map(function, given))


ALONE: Hands = _Alone()
