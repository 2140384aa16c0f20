"""Workers: processes of this machine that set sections side by side.

Each worker has one end of a pipe and nothing else of the process that began it, so that it ends when that process
ends, however it does. A worker that the system ends is replaced, and its section set again.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from operator import itemgetter
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.workspace.freed import give_back_memory
from publisher.workspace.scratch import Scratch, put_down_in
from publisher.write.bind.bound import BoundSection
from publisher.write.roomy import roomily
from publisher.write.setting import Task, prepare, set_section

_GARBAGE = 500_000
"""After how many new objects garbage is looked for; a tenth of the time goes into it where it is the usual 700."""
_TRIES = 3
"""How often a section is tried whose worker was ended."""


_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Crew(Protocol):
    """Whoever sets sections."""

    @property
    def count(self) -> int:
        """How many processes of this machine there are."""

    def each(
        self, function: Callable[[_Given], _Made], given: Sequence[_Given], *, called: Callable[[_Given], str]
    ) -> tuple[_Made, ...]:
        """What a function of this program makes of each of these, in their order; `called` says what that is."""

    def set_all(self, tasks: Sequence[Task]) -> tuple[BoundSection, ...]:
        """The sections set, in the order of the tasks."""


class Alone:
    """This process, one section after the other."""

    count = 1

    def each(
        self, function: Callable[[_Given], _Made], given: Sequence[_Given], *, called: Callable[[_Given], str]
    ) -> tuple[_Made, ...]:
        """What a function makes of each of these."""
        return tuple(map(function, given))

    def set_all(self, tasks: Sequence[Task]) -> tuple[BoundSection, ...]:
        """The sections set, in the order of the tasks."""
        return tuple(set_section(task) for task in tasks)


@dataclass(frozen=True, slots=True)
class _Failure:
    """A mistake of ours in a worker."""

    told: str


class _Broken(Exception):
    """What a worker could not do; its traceback as text."""


def collect_seldom() -> None:
    """Lets this process look for garbage seldom, since nearly all that a build makes is used to its end."""
    gc.freeze()
    gc.set_threshold(_GARBAGE)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """While this is open, garbage is looked for seldom, in a process that has other work as well."""
    usual = gc.get_threshold()
    gc.set_threshold(_GARBAGE)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _work(connection: Connection, scratch: str, early: bool) -> None:
    """Does what comes through the pipe until its other end is closed; begun early, it imports what it may need."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    put_down_in(scratch)
    if early:
        prepare()
    collect_seldom()
    while True:
        try:
            function, given = connection.recv()
        except (EOFError, OSError):
            return
        try:
            made = roomily(function, given)
        except BaseException:
            made = _Failure(traceback.format_exc())
        connection.send(made)


class Workers:
    """Processes of this machine; they end when this is left."""

    def __init__(self, jobs: int, *, early: bool = True) -> None:
        self.count = jobs
        self._early = early
        self._context = multiprocessing.get_context("spawn")
        self._processes: dict[Connection, BaseProcess] = {}
        self._scratch: Scratch | None = None

    def __enter__(self) -> Self:
        """One worker gets ready while the volume is read, if it is to; others begin when there is work for them."""
        self._scratch = Scratch()
        if self._early:
            self._begin(early=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connection, process in self._processes.items():
            connection.close()
            if kind is not None:
                process.terminate()
        for process in self._processes.values():
            process.join()
        self._processes.clear()
        if self._scratch is not None:
            self._scratch.clear()

    def _begin(self, *, early: bool = False) -> Connection:
        """One more worker."""
        assert self._scratch is not None, "workers begin where they are entered"
        here, there = self._context.Pipe()
        process = self._context.Process(target=_work, args=(there, self._scratch.path, early), daemon=True)
        process.start()
        there.close()
        self._processes[here] = process
        return here

    def set_all(self, tasks: Sequence[Task]) -> tuple[BoundSection, ...]:
        """The sections set, in the order of the tasks; the longest are begun first.

        Raises `PublisherError` with D-006 where a worker is ended again and again.
        """
        order = sorted(range(len(tasks)), key=lambda at: -len(tasks[at].section.document))
        made = self.each(set_section, [tasks[at] for at in order], called=_called)
        return tuple(one for _, one in sorted(zip(order, made, strict=True), key=itemgetter(0)))

    def each(
        self, function: Callable[[_Given], _Made], given: Sequence[_Given], *, called: Callable[[_Given], str]
    ) -> tuple[_Made, ...]:
        """What a function makes of each of these, begun in their order; raises as `set_all`."""
        waiting = [*range(len(given))][::-1]
        done: dict[int, _Made] = {}
        tries = dict.fromkeys(waiting, 0)
        while len(self._processes) < min(self.count, len(given)):
            self._begin()
        busy: dict[Connection, int] = {}
        free = [*self._processes]
        while waiting or busy:
            while waiting and free:
                connection, at = free.pop(), waiting.pop()
                tries[at] += 1
                busy[connection] = at
                with suppress(BrokenPipeError, ConnectionResetError):  # it was ended: that is seen when it is asked
                    connection.send((function, given[at]))
            for ready in wait([*busy]):
                connection, at = self._same(ready), busy.pop(self._same(ready))
                made = self._received(connection)
                if made is None:
                    _demand_another_try(called(given[at]), tries[at])
                    waiting.append(at)
                    connection = self._begin()
                else:
                    done[at] = made
                free.append(connection)
        give_back_memory()  # what was sent is as large as what it was made of
        return tuple(done[at] for at in range(len(given)))

    def _same(self, ready: object) -> Connection:
        return next(connection for connection in self._processes if connection is ready)

    def _received(self, connection: Connection) -> Any:
        """What a worker has made; None where it was ended."""
        try:
            made = connection.recv()
        except (EOFError, OSError):
            self._processes.pop(connection).join()
            connection.close()
            return None
        if isinstance(made, _Failure):
            raise _Broken(made.told)
        return made


def _called(task: Task) -> str:
    return f"laid out the section “{task.section.id}”"


def _demand_another_try(called: str, tries: int) -> None:
    if tries < _TRIES:
        return
    raise PublisherError(
        Diagnostic(
            code="D-006",
            message=f"the process that {called} was ended by the system {tries} times",
            hint="it may have used up the memory: try it with --jobs 1, or divide the section",
        ),
        exit_code=ExitCode.CONTENT,
    )
