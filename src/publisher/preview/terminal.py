"""`publisher watch`: the same jobs as those of the page, reported on a terminal."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publisher.diagnostics import Diagnostic
from publisher.diagnostics.codec import decode
from publisher.preview.hosting import Hosts, Job
from publisher.preview.session import Session
from publisher.preview.signals import on_signals
from publisher.preview.state import Phase, State
from publisher.workspace.files_made import read_made


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What came of one change."""

    phase: Phase
    found: tuple[Diagnostic, ...] = ()
    made: tuple[str, ...] = ()
    """The paths of the files that were built."""
    seconds: float = 0
    """From the change to the end."""
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What is followed, and what is done after each change."""

    root: Path
    where: str
    """The folder in which the command was run."""
    scratch: Path
    request: Mapping[str, Any]
    building: bool
    apart: Collection[Path] = ()
    """Folders in which changes do not matter."""


def follow(watch: Watch, *, report: Callable[[Round], None]) -> None:
    """Report each round until a signal comes."""
    asyncio.run(_follow(watch, report))


async def _follow(watch: Watch, report: Callable[[Round], None]) -> None:
    hosts = Hosts(where=watch.where, scratch=watch.scratch)
    work = "publisher.preview.job:build" if watch.building else "publisher.preview.job:check"
    session = Session(watch.root, request=watch.request, hosts=hosts, work=work, apart=watch.apart)
    on_signals(session.stop)
    clock = _Clock(report)
    session.ended = clock.ended
    await asyncio.gather(session.run(), clock.follow(session))


class _Clock:
    """Measures from the first change of a round to its end."""

    def __init__(self, report: Callable[[Round], None]) -> None:
        self._report = report
        self._begin: float | None = None
        self._gone = False

    async def follow(self, session: Session) -> None:
        """Note when a round begins, and when the folder goes."""
        async for state in session.states():
            if state.phase is Phase.CHECKING and self._begin is None:
                self._begin = asyncio.get_running_loop().time()
            if state.phase is Phase.GONE and not self._gone:
                self._report(Round(phase=Phase.GONE))
            self._gone = state.phase is Phase.GONE

    def ended(self, job: Job, state: State) -> None:
        """Report a round, unless a change came after it."""
        if state.phase not in (Phase.CURRENT, Phase.ERRORS, Phase.FAILED):
            return
        now = asyncio.get_running_loop().time()
        seconds, self._begin = now - (self._begin or now), None
        found = _read(job, "diagnostics.json")
        made = _read(job, "built.json") if state.phase is Phase.CURRENT else None
        self._report(
            Round(
                phase=state.phase,
                found=decode(found) if found is not None else (),
                made=tuple(made or ()),
                seconds=seconds,
                failure=state.failure,
            )
        )


def _read(job: Job, name: str) -> Any:
    try:
        return json.loads(read_made(job.folder / name))
    except OSError:
        return None
