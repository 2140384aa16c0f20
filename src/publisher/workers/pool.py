"""A pool of processes of this machine that call functions side by side.

A worker has its two pipes and nothing else of the process that began it. A worker that ends is replaced, and its call
made again; one whose answer is garbage is ended. Workers end with the process that began them, however it does.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from selectors import EVENT_READ, DefaultSelector
from types import TracebackType
from typing import Any, Self

import msgspec

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.workers.child import Child, claim_pipes, ignore_interrupts, start
from publisher.workers.executor import Done, longest_first
from publisher.workers.frames import Garbage, receive, send
from publisher.workers.garbage import collect_seldom
from publisher.workers.remote import CommonParts, Given, Made, Remote, answer, decoded_common, open_answer, remote
from publisher.workspace.malloc import give_back_memory
from publisher.workspace.parent_process import end_with_parent
from publisher.workspace.tempdir import Scratch, put_down_in

TRIES = 3
"""How often a call is made whose worker ends, or answers with garbage."""
_REQUEST = 4
"""Segments of a request: reference, digest of the common part, that part unless the worker has it, the rest."""


def main(parent: str, scratch: str, *early: str) -> None:
    """Answer requests until the pipe is closed; runs in a worker. It imports the modules `early` before the first."""
    end_with_parent(int(parent))
    ignore_interrupts()
    requests, answers = claim_pipes()
    put_down_in(scratch)
    for module in early:
        import_module(module)
    collect_seldom()
    with suppress(EOFError, BrokenPipeError):
        serve(requests, answers)
    os._exit(0)


def serve(requests: int, answers: int) -> None:
    """Answer each request; the common part of arguments is used until another comes. Raises `EOFError` in the end."""
    known, common = b"", None
    while True:
        reference, digest, content, rest = receive(requests, _REQUEST)
        called = remote(reference.decode())
        if digest != known:
            known, common = digest, decoded_common(called, content)
        del content
        send(answers, answer(called, common, rest))


@dataclass(eq=False, slots=True)
class _Worker:
    """A process with its pipes."""

    process: Child
    known: bytes = b""
    """Digest of the common part that it was sent last."""

    @property
    def requests(self) -> int:
        """Descriptor of the pipe for requests."""
        assert self.process.stdin is not None
        return self.process.stdin.fileno()

    @property
    def answers(self) -> int:
        """Descriptor of the pipe for answers."""
        assert self.process.stdout is not None
        return self.process.stdout.fileno()

    def close(self, *, now: bool) -> None:
        """Let the process end, at once or after what it does."""
        if now:
            self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


@dataclass(slots=True, kw_only=True)
class _Run:
    """One map: what waits, what is being done and what is done, by index."""

    called: Remote[Any, Any]
    given: Sequence[Any]
    waiting: list[int]
    busy: dict[_Worker, int] = field(default_factory=dict)
    report: Done | None
    done: dict[int, Any] = field(default_factory=dict)
    tries: dict[int, int] = field(default_factory=dict)
    common: CommonParts = field(default_factory=CommonParts)

    def finish(self, at: int, result: Any) -> None:
        """Note a result."""
        self.done[at] = result
        if self.report is not None:
            self.report(at, result)


class ProcessPool:
    """Processes of this machine; they end when this is left."""

    def __init__(self, jobs: int, *, early: tuple[str, ...] = ()) -> None:
        """Take the number of processes and the modules that each imports first."""
        self.count = jobs
        self._early = early
        self._workers: list[_Worker] = []
        self._scratch: Scratch | None = None

    def __enter__(self) -> Self:
        """One worker gets ready at once, if there are modules to import; others begin when there is work for them."""
        self._scratch = Scratch()
        if self._early:
            self._grow(1, self._early)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.close(now=kind is not None)
        for worker in self._workers:
            worker.process.wait()
        self._workers.clear()
        if self._scratch is not None:
            self._scratch.clear()

    @property
    def pids(self) -> tuple[int, ...]:
        """The ids of the processes."""
        return tuple(worker.process.pid for worker in self._workers)

    def forget(self) -> None:
        """Do nothing: there is no cache."""

    def map(self, called: Remote[Given, Made], given: Sequence[Given], *, done: Done | None = None) -> tuple[Made, ...]:
        """Return what the function makes of each argument; calls that take longest begin first.

        A call whose answers are garbage, or for which no worker can be started, is made in this process. Raises as the
        function does; `PublisherError` with D-006 if the workers of a call end again and again.
        """
        run = _Run(called=called, given=given, waiting=longest_first(called, given)[::-1], report=done)
        self._grow(min(self.count, len(given)))
        try:
            self._work(run)
        except BaseException:
            for worker in run.busy:
                self._end(worker)
            raise
        give_back_memory()  # what was sent is as large as what it was made of
        return tuple(run.done[at] for at in range(len(given)))

    def _work(self, run: _Run) -> None:
        free = [*self._workers]
        with DefaultSelector() as selector:
            while run.waiting or run.busy:
                while run.waiting and free:
                    worker = free.pop()
                    self._ask(worker, run)
                    selector.register(worker.answers, EVENT_READ, worker)
                if not run.busy:
                    at = run.waiting.pop()
                    run.finish(at, run.called.function(run.given[at]))
                    continue
                for key, _ in selector.select():
                    selector.unregister(key.fd)
                    free += self._heard(key.data, run)

    def _ask(self, worker: _Worker, run: _Run) -> None:
        """Send the next call to a worker; that it has ended is seen when it is to answer."""
        at = run.waiting.pop()
        run.tries[at] = run.tries.get(at, 0) + 1
        run.busy[worker] = at
        value, rest = run.called.split(run.given[at])
        common = run.common.encoded(value)
        content = b"" if worker.known == common.digest else common.content
        worker.known = common.digest
        with suppress(BrokenPipeError, ConnectionResetError):
            send(worker.requests, run.called.reference.encode(), common.digest, content, msgspec.msgpack.encode(rest))

    def _heard(self, worker: _Worker, run: _Run) -> list[_Worker]:
        """Take the answer of a worker; return the worker that is free now, if there is one."""
        at = run.busy[worker]
        try:
            content = _receive(worker)
            if content is not None:
                run.finish(at, open_answer(run.called, run.given[at], content))
                del run.busy[worker]
                return [worker]
            _demand_another_try(run.called.describe(run.given[at]), run.tries[at])
            run.waiting.append(at)
        except Garbage:
            if run.tries[at] < TRIES:
                run.waiting.append(at)
            else:
                run.finish(at, run.called.function(run.given[at]))
        del run.busy[worker]
        self._end(worker)
        return self._grow(len(self._workers) + 1)

    def _grow(self, count: int, early: tuple[str, ...] = ()) -> list[_Worker]:
        """Return the workers that were started, so that there are as many as this, or as many as the system allows."""
        assert self._scratch is not None, "workers begin where they are entered"
        begun: list[_Worker] = []
        with suppress(OSError):
            while len(self._workers) < count:
                begun.append(_Worker(start("publisher.workers.pool", self._scratch.path, *early)))
                self._workers.append(begun[-1])
        return begun

    def _end(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.close(now=True)
        worker.process.wait()


def _receive(worker: _Worker) -> bytes | None:
    """The answer of a worker; None if it has ended. Raises `Garbage`."""
    try:
        return receive(worker.answers, 1)[0]
    except (EOFError, OSError):
        return None


def _demand_another_try(description: str, tries: int) -> None:
    if tries < TRIES:
        return
    raise PublisherError(
        Diagnostic(
            code="D-006",
            message=f"the process that {description} was ended by the system {tries} times",
            hint="it may have used up the memory: try it with --jobs 1, or divide the section",
        ),
        exit_code=ExitCode.CONTENT,
    )
