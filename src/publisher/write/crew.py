"""Crews: what sets sections and calls other functions, in this process or in several of this machine side by side."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from types import TracebackType
from typing import Protocol, Self, TypeVar

from publisher.workers.pool import ProcessPool
from publisher.workers.remote import Remote
from publisher.write.bind.bound import BoundSection
from publisher.write.setting import EARLY, SET_SECTION, Task, set_section

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Crew(Protocol):
    """Whoever sets sections."""

    @property
    def count(self) -> int:
        """How many processes of this machine there are."""

    def each(self, called: Remote[_Given, _Made], given: Sequence[_Given]) -> tuple[_Made, ...]:
        """Return what a function of this program makes of each argument, in their order."""

    def set_all(self, tasks: Sequence[Task]) -> tuple[BoundSection, ...]:
        """The sections set, in the order of the tasks."""

    def forget(self) -> None:
        """Remove the sections that were used from the cache: a volume that was made of them was not proved."""


class Alone:
    """This process, one section after the other."""

    count = 1

    def each(self, called: Remote[_Given, _Made], given: Sequence[_Given]) -> tuple[_Made, ...]:
        """Return what a function makes of each argument."""
        return tuple(map(called.function, given))

    def set_all(self, tasks: Sequence[Task]) -> tuple[BoundSection, ...]:
        """The sections set, in the order of the tasks."""
        return tuple(set_section(task) for task in tasks)

    def forget(self) -> None:
        """Nothing: there is no cache."""


class Workers:
    """Processes of this machine; they end when this is left."""

    def __init__(self, jobs: int, *, early: bool = True) -> None:
        self.pool = ProcessPool(jobs, early=EARLY if early else ())

    def __enter__(self) -> Self:
        """One worker gets ready while the volume is read, if it is to; others begin when there is work for them."""
        self.pool.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pool.__exit__(kind, error, trace)

    @property
    def count(self) -> int:
        """How many processes there are at most."""
        return self.pool.count

    def each(self, called: Remote[_Given, _Made], given: Sequence[_Given]) -> tuple[_Made, ...]:
        """Return what a function makes of each argument, begun in their order; raises as `ProcessPool.map`."""
        return self.pool.map(called, given)

    def set_all(self, tasks: Sequence[Task]) -> tuple[BoundSection, ...]:
        """The sections set, in the order of the tasks; the longest are begun first.

        Raises `PublisherError` with D-006 where a worker is ended again and again.
        """
        order = sorted(range(len(tasks)), key=lambda at: -len(tasks[at].section.document))
        made = self.pool.map(SET_SECTION, [tasks[at] for at in order])
        return tuple(one for _, one in sorted(zip(order, made, strict=True), key=itemgetter(0)))

    def forget(self) -> None:
        """Nothing: there is no cache."""
