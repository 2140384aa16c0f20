"""Executors: what calls functions of this program for many values, in one process or in several side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from publisher.workers.remote import Given, Made, Remote

Done = Callable[[int, Any], None]
"""What is called with each result as soon as it is there, and with the index of its value."""


class Executor(Protocol):
    """Calls functions of this program."""

    @property
    def count(self) -> int:
        """How many processes of this machine there are at most."""

    def map(
        self, function: Remote[Given, Made], values: Sequence[Given], *, done: Done | None = None
    ) -> tuple[Made, ...]:
        """Return what a function makes of each value, in their order; calls that take longest begin first."""

    def forget(self) -> None:
        """Remove from the cache the results that this executor has returned: a volume made of them was not proved."""


class SerialExecutor:
    """Executor that calls in the current process, one call after the other."""

    count = 1

    def map(
        self, function: Remote[Given, Made], values: Sequence[Given], *, done: Done | None = None
    ) -> tuple[Made, ...]:
        """Return what a function makes of each value."""
        results = list[Made]()
        for index, value in enumerate(values):
            results.append(function.function(value))
            if done is not None:
                done(index, results[-1])
        return tuple(results)

    def forget(self) -> None:
        """Do nothing: there is no cache."""


SERIAL: Executor = SerialExecutor()
"""This process."""


def longest_first(function: Remote[Given, Any], values: Sequence[Given]) -> list[int]:
    """Return the indexes of the values in the order in which the calls begin."""
    cost = function.cost
    indexes = range(len(values))
    return list(indexes) if cost is None else sorted(indexes, key=lambda index: -cost(values[index]))
