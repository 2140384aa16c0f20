"""The preview of 60 chapters: how long a change takes until its result is on the page, over HTTP as a browser asks."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.editions import edition
from benchmarks.figures import Measured
from benchmarks.manuscript import Manuscript, changed
from benchmarks.measuring import Taken, tree

PATIENCE = 1800
"""Seconds for the first volume."""
WIDTH = 1200
"""Pixels of the picture of a page."""
TICKS = os.sysconf("SC_CLK_TCK")
NAMES = ("diagnostics", "paragraph", "page")


class NoAnswer(Exception):
    """The preview did not do what it should."""


@dataclass(slots=True, kw_only=True)
class Followed:
    """A preview that runs."""

    process: subprocess.Popen[str]
    port: int
    token: str

    def ask(self, path: str, body: Mapping[str, Any] | None = None) -> bytes:
        """The answer to a request of its page."""
        headers = {"Cookie": f"publisher-preview-{self.port}={self.token}", "Content-Type": "application/json"}
        if body is not None:
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            content = None if body is None else json.dumps(body).encode()
            connection.request("GET" if body is None else "POST", path, body=content, headers=headers)
            answer = connection.getresponse()
            if answer.status != 200:
                raise NoAnswer(f"{answer.status} {path}")
            return answer.read()
        finally:
            connection.close()

    def until(self, there: Callable[[Any], bool]) -> Any:
        """The state as soon as it is as it should be."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            state = json.loads(self.ask("/state"))
            if there(state):
                return state
            time.sleep(0.02)
        raise NoAnswer("the preview does not become current")

    def json(self, result: Mapping[str, Any], name: str) -> Any:
        """A file of a result."""
        part = f"{result['part']}/" if result["part"] else ""
        return json.loads(self.ask(f"/run/{result['run']}/{part}{name}"))

    def seconds(self) -> float:
        """The seconds of processors of all its processes so far."""
        return sum(map(_seconds, tree(self.process.pid)))

    def memory(self) -> float:
        """The memory of all its processes, in MB; what they share is counted for each of them in its part."""
        return sum(map(_memory, tree(self.process.pid)))


def latencies(folder: Path, text: Manuscript, *, runs: int) -> dict[str, Measured]:
    """How long each result takes after a paragraph was changed and saved, with its page of the text or PDF shown."""
    source = edition(folder / "edition", text)
    taken: dict[str, list[Taken]] = {name: [] for name in NAMES}
    with _followed(folder, source) as preview:
        state = preview.until(lambda now: now["phase"] == "current")
        time.sleep(3)  # the second host reads the edition
        pages = preview.json(state["results"]["text"], "text.json")["pages"]
        sections = preview.json(state["results"]["pdf"], "pdf.json")["sections"]
        for run in range(1, runs + 1):
            after = changed(text, times=run)
            at = next(index for index, chapter in enumerate(after.chapters) if chapter != text.chapters[index])
            href = [page["href"] for page in pages if "/text-" in page["href"]][at]
            first = [first for section, first, _ in sections if section.startswith("text-")][at]
            for name, took in _change(preview, source, after, href=href, page=first).items():
                taken[name].append(took)
            preview.until(lambda now: now["phase"] == "current")
    return {name: Measured(runs=tuple(found)) for name, found in taken.items()}


def _change(preview: Followed, source: Path, text: Manuscript, *, href: str, page: int) -> dict[str, Taken]:
    preview.ask("/showing", {"text": href, "page": page})
    before = json.loads(preview.ask("/state"))["revision"]
    staging = edition(source.with_name("staging"), text)
    begun, used = time.perf_counter(), preview.seconds()
    for name in ("text.md", "edition.yaml"):
        (staging / name).replace(source / name)

    def made(kind: str) -> Any:
        def there(now: Any) -> bool:
            result = now["results"].get(kind, {})
            return bool(now["revision"] > before and result.get("current")) or now["phase"] in ("errors", "failed")

        state = preview.until(there)
        if state["phase"] in ("errors", "failed"):
            raise NoAnswer(json.dumps(state))
        return state["results"][kind]

    def taken() -> Taken:
        memory = preview.memory()
        wall, cpu = time.perf_counter() - begun, preview.seconds() - used
        return Taken(wall=wall, cpu=cpu, peak=memory, largest=memory)

    found = {}
    preview.json(made("problems"), "problems.json")
    found["diagnostics"] = taken()
    result = made("text")
    preview.json(result, "text.json")
    preview.ask(f"/run/{result['run']}/{result['part']}/web/{href}")
    found["paragraph"] = taken()
    result = made("section")
    preview.ask(f"/section/{result['run']}/0/{WIDTH}")
    found["page"] = taken()
    return found


@contextmanager
def _followed(folder: Path, source: Path) -> Iterator[Followed]:
    program = Path(sys.executable).with_name("publisher")
    process = subprocess.Popen(
        [program, "preview", source, "--no-browser"],
        cwd=folder,
        env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        found = re.search(r":(\d+)/\?token=(\S+)", process.stdout.readline())
        if found is None:
            raise NoAnswer("the preview printed no address")
        yield Followed(process=process, port=int(found[1]), token=found[2])
    finally:
        process.terminate()
        process.wait(60)


def _seconds(process: int) -> float:
    with suppress(OSError, ValueError, IndexError):
        stat = Path(f"/proc/{process}/stat").read_text(errors="replace").rpartition(")")[2].split()
        return sum(map(int, stat[11:15])) / TICKS  # its own, and those of its children that have ended
    return 0


def _memory(process: int) -> float:
    with suppress(OSError, StopIteration, ValueError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1000
    return 0
