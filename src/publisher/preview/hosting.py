"""The host of jobs as the server sees it: jobs are started, give events, and are cancelled; the server never waits."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from publisher.workers.child import Child, has_ended, start
from publisher.workspace.files_made import write_made
from publisher.workspace.tempdir import remove_stale

Event = Mapping[str, Any]
GRACE = 5
"""Seconds in which a host ends its jobs."""


@dataclass(slots=True)
class Job:
    """A job that was started."""

    number: int
    folder: Path
    """Where its results are."""
    host: Host
    queue: asyncio.Queue[Event] = field(default_factory=asyncio.Queue)

    async def events(self) -> AsyncIterator[Event]:
        """Yield what it reports; the last event is `ended`."""
        while True:
            event = await self.queue.get()
            yield event
            if event["event"] == "ended":
                return

    def cancel(self) -> None:
        """End it at once."""
        self.host.send(do="cancel", job=self.number)


@dataclass(slots=True)
class Host:
    """A child process in which jobs begin."""

    child: Child
    jobs: dict[int, Job] = field(default_factory=dict)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    is_dead: bool = False
    is_retired: bool = False
    _reader: asyncio.Task[None] | None = None

    @classmethod
    async def started(cls, where: str, *, warm: Mapping[str, Any] | None = None) -> Host:
        """Return a new host; it takes jobs at once and does them when it is ready."""
        child = await asyncio.to_thread(start, "publisher.preview.host", where, json.dumps(warm) if warm else "")
        host = cls(child)
        host._reader = asyncio.create_task(host._read())
        return host

    async def job(self, number: int, function: str, request: Mapping[str, Any], folder: Path) -> Job:
        """Start a job with a folder of its own."""
        job = Job(number, folder, self)
        self.jobs[number] = job  # at once, so that a host that retires waits for it
        await asyncio.to_thread(write_made, folder, (("request.json", json.dumps(request).encode()),))
        if self.is_dead:
            self._bury(job)
        else:
            self.send(do="start", job=number, function=function, folder=str(folder))
        return job

    def send(self, **what: Any) -> None:
        """Send a line to the host; a host that has ended does not read it."""
        assert self.child.stdin is not None
        with suppress(OSError, ValueError):
            self.child.stdin.write(json.dumps(what).encode() + b"\n")

    async def _read(self) -> None:
        assert self.child.stdout is not None
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), self.child.stdout)
        while line := await reader.readline():
            event = json.loads(line)
            if event["event"] == "ready":
                self.ready.set()
                continue
            job = self.jobs.get(event["job"])
            if job is not None:
                job.queue.put_nowait(event)
            if event["event"] == "ended":
                self.jobs.pop(event["job"], None)
                if self.is_retired and not self.jobs:
                    self.end()
        self.is_dead = True
        self.ready.set()
        for job in tuple(self.jobs.values()):
            self._bury(job)
        self.jobs.clear()
        if self.child.stdin is not None:
            self.child.stdin.close()
        await asyncio.to_thread(self.child.wait)

    def _bury(self, job: Job) -> None:
        job.queue.put_nowait({"job": job.number, "event": "ended", "status": -9})

    def retire(self) -> None:
        """End it when its jobs have ended."""
        self.is_retired = True
        if not self.jobs:
            self.end()

    def end(self) -> None:
        """End it and every job of it at once."""
        with suppress(OSError):
            self.child.kill()

    async def gone(self) -> None:
        """Wait until its process has ended, and those of its jobs before it: none of them writes a file afterwards."""
        if self.ready.is_set() and self.child.stdin is not None:
            with suppress(OSError):
                self.child.stdin.close()
            await asyncio.to_thread(has_ended, self.child, GRACE)
        self.end()
        await asyncio.to_thread(self.child.wait)
        if self._reader is not None:
            with suppress(Exception):
                await asyncio.wait_for(self._reader, 2)


@dataclass(slots=True)
class Hosts:
    """The host that takes jobs, its successor that is being warmed, and folders for the jobs."""

    where: str
    scratch: Path
    current: Host | None = None
    numbers: Any = field(default_factory=lambda: count(1))
    _others: list[Host] = field(default_factory=list)

    async def job(self, function: str, request: Mapping[str, Any], *, name: str = "run") -> Job:
        """Start a job in a folder `NAME-NUMBER`; in a new host if the last one has ended."""
        if self.current is None or self.current.is_dead:
            self.current = await Host.started(self.where)
        number = next(self.numbers)
        return await self.current.job(number, function, request, self.scratch / f"{name}-{number}")

    async def answer(self, function: str, request: Mapping[str, Any]) -> Path | None:
        """Return the folder with the results of a short job; None if it failed."""
        job = await self.job(function, request, name="ask")
        done = None
        async for event in job.events():
            if event["event"] in ("answer", "picture"):
                done = job.folder
        return done

    async def warm(self, request: Mapping[str, Any]) -> None:
        """Replace the host by one that has checked the edition once, as soon as that one is ready."""
        new = await Host.started(self.where, warm=request)
        self._others = [*(host for host in self._others if not host.is_dead), new]
        await new.ready.wait()
        if new.is_dead:
            return
        old, self.current = self.current, new
        if old is not None:
            self._others.append(old)
            old.retire()

    async def end(self) -> None:
        """End every process, and remove the folders for temporary files that ended jobs have left."""
        hosts = [host for host in (self.current, *self._others) if host is not None]
        await asyncio.gather(*(host.gone() for host in hosts))
        await asyncio.to_thread(remove_stale)
