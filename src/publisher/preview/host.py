"""The process in which the jobs of a preview begin: it has imported everything, and each job is a copy of it (fork(2)).

A job ends with its process, so that memory stays level whatever it has read, and it is cancelled by ending its process.
Requests come as lines of JSON on standard input, events leave as lines on standard output. A line has at most
`LONGEST` bytes, so that lines of several processes do not mix (write(2), PIPE_BUF); all else is in files.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import traceback
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from publisher.workers.child import claim_pipes, ignore_interrupts
from publisher.workspace.parent_process import end_with_parent

LONGEST = 4096
EARLY = (
    "publisher.preview.job",
    "publisher.preview.edits",
    "publisher.build.staged",
    "publisher.build.epub",
    "publisher.annotate",
    "publisher.compose",
    "publisher.load",
    "publisher.render",
    "publisher.render.web",
    "publisher.validate",
    "publisher.validate.glyphs",
    "publisher.layout.section",
    "publisher.layout.document",
    "publisher.epub.write.container",
    "publisher.pdf.raster",
    "publisher.pdf.press.cover",
    "publisher.proof",
    "publisher.revision.compare",
)
"""What is imported before the first job."""

Emit = Callable[..., None]
"""Sends an event with what it says."""
Work = Callable[[Mapping[str, Any], Path, Emit], None]
"""A job: it gets its request and a folder of its own for what it makes."""


@dataclass(slots=True)
class _Running:
    """A job that has not ended."""

    process: int
    ending: int
    """The end of a pipe that only the job holds open."""


@dataclass(slots=True)
class _Host:
    reading: int
    writing: int
    where: str
    """The folder in which the command was run."""
    running: dict[int, _Running] = field(default_factory=dict)
    rest: bytes = b""

    def serve(self) -> None:
        """Do what is asked for until standard input is closed, then end every job."""
        try:
            self.follow()
        finally:
            for running in self.running.values():
                with suppress(ProcessLookupError):
                    os.kill(running.process, signal.SIGKILL)
                os.waitpid(running.process, 0)

    def follow(self) -> None:
        """Do what is asked for."""
        while True:
            endings = {running.ending: number for number, running in self.running.items()}
            ready, _, _ = select.select([self.reading, *endings], [], [])
            for ending in ready:
                if ending != self.reading:
                    self.finish(endings[ending])
            if self.reading in ready and not self.listen():
                return

    def listen(self) -> bool:
        """Read what has come; False at the end."""
        content = os.read(self.reading, 1 << 16)
        *lines, self.rest = (self.rest + content).split(b"\n")
        for line in lines:
            self.obey(json.loads(line))
        return bool(content)

    def obey(self, given: Mapping[str, Any]) -> None:
        """Start or cancel a job."""
        number = given["job"]
        if given["do"] == "cancel":
            if number in self.running:
                with suppress(ProcessLookupError):
                    os.kill(self.running[number].process, signal.SIGKILL)
            return
        reading, writing = os.pipe()
        parent = os.getpid()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of threads, none of which the copy needs
                process = os.fork()
        except OSError as error:
            os.close(reading)
            os.close(writing)
            say(self.writing, job=number, event="ended", status=1, reason=str(error))
            return
        if not process:
            self.work(given, parent)
        os.close(writing)
        self.running[number] = _Running(process, reading)

    def work(self, given: Mapping[str, Any], parent: int) -> NoReturn:
        """Do a job in the copy, which then ends without doing what this process does at its end."""
        status, number, folder = 1, given["job"], Path(given["folder"])
        try:
            os.close(self.reading)
            for other in self.running.values():
                os.close(other.ending)
            end_with_parent(parent)
            with suppress(OSError):
                os.chdir(self.where)
            request = json.loads(folder.joinpath("request.json").read_bytes())
            function(given["function"])(request, folder, lambda **event: say(self.writing, job=number, **event))
            status = 0
        except BaseException as error:
            with suppress(OSError):
                folder.joinpath("failure.txt").write_text(traceback.format_exc(), encoding="utf-8")
            with suppress(OSError):
                say(self.writing, job=number, event="failed", reason=f"{type(error).__name__}: {error}"[:400])
        finally:
            os._exit(status)

    def finish(self, number: int) -> None:
        """Report that a job has ended."""
        running = self.running.pop(number)
        os.close(running.ending)
        with suppress(ProcessLookupError):
            os.kill(running.process, signal.SIGKILL)
        _, status = os.waitpid(running.process, 0)
        say(self.writing, job=number, event="ended", status=os.waitstatus_to_exitcode(status))


def say(writing: int, **event: Any) -> None:
    """Write an event as one line; raises `ValueError` if it is too long for one."""
    line = json.dumps(event).encode() + b"\n"
    if len(line) > LONGEST:
        raise ValueError("an event is too long")
    os.write(writing, line)


def function(name: str) -> Work:
    """Return the function of a name such as `publisher.preview.job:run`."""
    module, _, attribute = name.partition(":")
    work: Work = getattr(import_module(module), attribute)
    return work


def main(parent: str, where: str, warm: str) -> None:
    """Serve as the host of jobs. `warm` is empty, or a request that is done once before, so that caches are filled."""
    end_with_parent(int(parent))
    ignore_interrupts()
    reading, writing = claim_pipes()
    for name in EARLY:
        import_module(name)
    if warm:
        with suppress(OSError):
            os.chdir(where)
        function("publisher.preview.job:warm")(json.loads(warm), Path(), lambda **_: None)
    gc.collect()
    gc.freeze()
    say(writing, job=0, event="ready")
    _Host(reading, writing, where).serve()
