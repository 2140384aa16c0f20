"""One preview: it follows the files, runs a job after each change, and knows what is current.

A change ends the running job. If changes come faster than diagnostics, every third check is completed, so that there
are always some.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from publisher.preview.hosting import Event, Hosts, Job
from publisher.preview.state import Phase, Result, State
from publisher.preview.watching import changes, identity
from publisher.workspace import cores, installed_below
from publisher.workspace.files_made import read_made, remove_made

MOST_CANCELLED = 2
"""So many checks in a row are ended by changes before one is completed."""
MOST_UNDONE = 100
"""So many changes can be taken back."""
WARM_AGAIN = 50
"""After so many jobs the host is replaced by one that has read the present files."""
MADE = frozenset({"problems", "text", "section", "pdf", "epub", "findings", "built"})
"""The events that announce a result."""
Answer = Mapping[str, Any]


class Session:
    """What follows one folder."""

    def __init__(
        self,
        root: Path,
        *,
        request: Mapping[str, Any],
        hosts: Hosts,
        work: str = "publisher.preview.job:run",
        apart: Collection[Path] = (),
    ) -> None:
        """Take the folder, what its jobs are asked for, and folders in which changes do not matter."""
        self.state = State()
        self.stop = asyncio.Event()
        self._root, self._request, self._hosts, self._work, self._apart = root, request, hosts, work, apart
        self._extra: frozenset[Path] = frozenset()
        self._wanted, self._news = asyncio.Event(), asyncio.Condition()
        self._wanted.set()
        self._job: Job | None = None
        self._cancelled = 0
        self._is_checked = self._is_superseded = False
        self._completed = 0
        self._warming: asyncio.Task[None] | None = None
        self._writing = asyncio.Lock()
        self._undo: list[Mapping[str, Any]] = []
        self._redo: list[Mapping[str, Any]] = []
        self._before: dict[str, Result] = {}
        self._whole_text: Result | None = None
        self.showing: Mapping[str, Any] = {}
        """What is on the screen: the path of a page of the text, the index of a page of the PDF."""
        self.ended: Callable[[Job, State], None] = lambda job, state: None
        """Called when a job has ended that no change has ended."""

    @property
    def folder(self) -> Path:
        """Where the results are: one folder for each job."""
        return self._hosts.scratch

    def request(self, **more: Any) -> dict[str, Any]:
        """What a job is asked for."""
        return {**self._request, "root": str(self._root), **more}

    async def run(self) -> None:
        """Follow the folder until `stop`."""
        tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._run_jobs())]
        stopping = asyncio.create_task(self.stop.wait())
        try:
            done, _ = await asyncio.wait([*tasks, stopping], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            self.stop.set()
            for task in (*tasks, stopping, *([self._warming] if self._warming else [])):
                task.cancel()
            await self._hosts.end()
            await self._set()

    async def states(self) -> AsyncIterator[State]:
        """Yield the state now and after each change of it, until `stop`."""
        shown: State | None = None
        while not self.stop.is_set():
            if self.state != shown:
                shown = self.state
                yield shown
                continue
            async with self._news:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), 15)
            if self.state == shown:
                yield shown  # a sign of life: a page that gets none says that it may be old

    async def answer(self, request: Mapping[str, Any]) -> Answer:
        """Return what an action of `edits` answers that writes nothing."""
        folder = await self._hosts.answer("publisher.preview.edits:answer", self.request(**request))
        if folder is None:
            return {"error": {"code": "H-006", "message": "the request could not be done", "hint": None}}
        answer: Answer = json.loads(await asyncio.to_thread(read_made, folder / "answer.json"))
        await asyncio.to_thread(remove_made, folder)
        return answer

    async def write(self, request: Mapping[str, Any]) -> Answer:
        """Do an action that writes; what it changed can be taken back."""
        async with self._writing:
            match request["action"]:
                case "undo" | "redo" as action:
                    return await self._take_back(
                        *((self._undo, self._redo) if action == "undo" else (self._redo, self._undo))
                    )
                case _:
                    answer = await self.answer(request)
            if "change" in answer:
                self._undo = [*self._undo, answer["change"]][-MOST_UNDONE:]
                self._redo.clear()
                await self._show_undo()
            return {name: value for name, value in answer.items() if name != "change"}

    async def _take_back(self, source: list[Mapping[str, Any]], target: list[Mapping[str, Any]]) -> Answer:
        if not source:
            return {"error": {"code": "H-005", "message": "there is nothing to take back", "hint": None}}
        answer = await self.answer({"action": "back", "change": source[-1]})
        if "change" in answer:
            source.pop()
            target.append(answer["change"])
            await self._show_undo()
            return {"done": answer["change"]["what"]}
        return answer

    async def _show_undo(self) -> None:
        await self._set(
            undo=self._undo[-1]["what"] if self._undo else "", redo=self._redo[-1]["what"] if self._redo else ""
        )

    async def _watch(self) -> None:
        async for _ in changes(lambda: frozenset((self._root, *self._extra)), self.stop, apart=self._apart):
            await self.changed()

    async def changed(self) -> None:
        """Note a change: nothing that was made is current any more."""
        is_there = identity(self._root) is not None
        phase = Phase.CHECKING if is_there else Phase.GONE
        await self._set(phase=phase, revision=self.state.revision + 1, step="", failure="")
        self._wanted.set()
        may_end = self._is_checked or self._cancelled < MOST_CANCELLED or not is_there
        if self._job is not None and not self._is_superseded and may_end:
            self._supersede(self._job)

    def _supersede(self, job: Job) -> None:
        self._is_superseded = True
        self._cancelled += not self._is_checked
        job.cancel()

    async def _run_jobs(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            if identity(self._root) is None:
                await self._set(phase=Phase.GONE)
                continue
            await self._run_job()

    async def _run_job(self) -> None:
        revision = self.state.revision
        self._is_checked = self._is_superseded = False
        jobs = 1 if self._completed else cores()
        job = await self._hosts.job(self._work, self.request(jobs=jobs, cover=self._cover(), screen=self._screen()))
        self._job, failure, status = job, "", 0
        if revision != self.state.revision:  # a change while the job was being started
            self._supersede(job)
        async for event in job.events():
            match event["event"]:
                case "step":
                    if revision == self.state.revision:
                        await self._set(step=event["name"])
                case "failed":
                    failure = event["reason"]
                case "ended":
                    status = event["status"]
                case kind if kind in MADE:
                    await self._made(kind, event, job, revision)
        self._job = None
        if not self._is_superseded:
            await self._end(job, revision, status=status, failure=failure)
        await self._forget()

    async def _made(self, kind: str, event: Event, job: Job, revision: int) -> None:
        counts = tuple((name, value) for name, value in event.items() if isinstance(value, int) and name != "job")
        result = Result(run=job.number, revision=revision, part=event.get("part", ""), counts=counts)
        phase = self.state.phase
        if kind == "problems":
            self._is_checked, self._cancelled = True, 0
            self._extra = await asyncio.to_thread(self._folders_read, job)
            if revision == self.state.revision:
                phase = Phase.ERRORS if event["errors"] else Phase.BUILDING
        if kind == "text" and result.part != "first":
            self._whole_text = result
        earlier = self.state.result(kind)
        if earlier is not None:
            self._before[kind] = earlier
        await self._set(phase=phase, results=self.state.with_result(kind, result))
        if kind == "problems" and revision != self.state.revision and not self._is_superseded:
            self._supersede(job)

    async def _end(self, job: Job, revision: int, *, status: int, failure: str) -> None:
        if revision == self.state.revision:
            if status:
                await self._set(phase=Phase.FAILED, failure=failure or f"the process ended with status {status}")
            elif self.state.phase is not Phase.ERRORS:
                await self._set(phase=Phase.CURRENT, step="")
        if not status and self.state.phase is Phase.CURRENT:
            if self._completed % WARM_AGAIN == 0 and (self._warming is None or self._warming.done()):
                self._warming = asyncio.create_task(self._hosts.warm(self.request(pages=self._work.endswith(":run"))))
            self._completed += 1
        self.ended(job, self.state)

    def _folders_read(self, job: Job) -> frozenset[Path]:
        """The folders outside of the root that files were read from, to be followed too."""
        with suppress(OSError, ValueError):
            found = (Path(load) for load in json.loads(read_made(job.folder / "read.json")))
            root = self._root.resolve()
            return frozenset(path for path in found if not path.is_relative_to(root) and not installed_below(path))
        return self._extra

    def _cover(self) -> str | None:
        """The cover of the last EPUB."""
        made = self.state.result("epub")
        return None if made is None else str(self.folder / f"run-{made.run}" / "epub" / "images" / "cover.png")

    def _screen(self) -> dict[str, Any]:
        """What is on the screen, and the last results that it is made of."""
        text, pdf = self._whole_text, self.state.result("pdf")
        return {
            **self.showing,
            "last_text": None if text is None else str(self.folder / f"run-{text.run}" / text.part),
            "last_pdf": None if pdf is None else str(self.folder / f"run-{pdf.run}"),
        }

    async def _forget(self) -> None:
        """Remove the folders of jobs that no page needs: those of the results and of the ones before remain."""
        text = () if self._whole_text is None else (self._whole_text,)
        used = {result.run for result in (*dict(self.state.results).values(), *self._before.values(), *text)}
        await asyncio.to_thread(remove_made, self.folder, but=frozenset(f"run-{run}" for run in used), prefix="run-")

    async def _set(self, **changed: Any) -> None:
        self.state = replace(self.state, **changed)
        async with self._news:
            self._news.notify_all()
