"""A preview that runs as a user runs it, and a browser's requests to it."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 240
"""Seconds to wait for something that takes a second on a computer at rest."""


@dataclass(slots=True)
class Answer:
    """What the server has answered."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


@dataclass(slots=True)
class Running:
    """A command that runs: its process, its folder, and, of a preview, its address."""

    process: subprocess.Popen[str]
    folder: Path
    address: str = ""
    printed: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.address.split(":")[2].partition("/")[0])

    @property
    def token(self) -> str:
        return self.address.partition("token=")[2]

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str | None] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Return the answer to a request of a page of the preview; a header that is None is left out."""
        usual: dict[str, str | None] = {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": f"publisher-preview-{self.port}={self.token}",
            "Sec-Fetch-Site": "same-origin",
        }
        if method != "GET":
            usual |= {
                "Origin": self.origin,
                "Content-Type": "application/json",
                "Content-Length": str(len(body or b"")),
            }
        sent = {name: value for name, value in {**usual, **(headers or {})}.items() if value is not None}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def act(self, action: str, **given: Any) -> Answer:
        """Return the answer to an action of the editor."""
        return self.ask(f"/api/{action}", method="POST", body=json.dumps(given).encode())

    def state(self) -> Any:
        return self.ask("/state").json()

    def until(self, check: Callable[[Any], bool]) -> Any:
        """Return the state as soon as it is as it should be."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            state = self.state()
            if check(state):
                return state
            time.sleep(0.05)
        raise AssertionError(f"never so: {state}")

    def changed(self, change: Callable[[], object], phase: str = "current") -> Any:
        """Return the state after a change of a file, when it has a phase again."""
        before = self.state()["revision"]
        change()
        return self.until(lambda state: state["revision"] > before and state["phase"] == phase)

    def made(self, state: Any, kind: str, name: str) -> Any:
        """Return a result as JSON."""
        result = state["results"][kind]
        part = f"{result['part']}/" if result["part"] else ""
        return self.ask(f"/run/{result['run']}/{part}{name}").json()

    def made_folders(self) -> set[Path]:
        """Return the folders in which the preview has its results."""
        opened = (Path(link).resolve() for link in Path(f"/proc/{self.process.pid}/fd").glob("*"))
        return {path for path in opened if path.name.startswith("publisher-scratch-")}

    def family(self) -> set[int]:
        """Return the processes that this one has started, and that these have started."""
        parents = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                rest = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(path.parent.name)] = int(rest[1])
        found, new = set[int](), {self.process.pid}
        while new:
            found |= new
            new = {number for number, parent in parents.items() if parent in found} - found
        return found - {self.process.pid}

    def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """End the command and return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        status = self.process.wait(timeout=60)
        if self.process.stdout is not None:
            self.printed += self.process.stdout.readlines()
            self.process.stdout.close()
        return status


def small_edition(folder: Path, root: Path) -> Path:
    """Return a folder with the edition that `publisher init` writes, without a PDF."""
    shutil.copytree(root / "src" / "publisher" / "scaffold" / "edition", folder)
    settings = folder / "edition.yaml"
    text = settings.read_text(encoding="utf-8")
    text = re.sub(r"formats: \[.*?\]", "formats: [epub]", text)
    assert "formats: [epub]" in text
    settings.write_text(text, encoding="utf-8")
    return folder


def command(*words: str, folder: Path, **variables: str) -> subprocess.Popen[str]:
    """Return a process that runs a command of the program."""
    program = Path(sys.executable).with_name("publisher")
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    }
    return subprocess.Popen(
        [program, *words],
        cwd=folder,
        env={**environment, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def started(folder: Path, *words: str, **variables: str) -> Running:
    """Return a preview of the edition in a folder, as soon as it has printed its address."""
    process = command("preview", folder.name, *words, folder=folder.parent, **variables)
    running = Running(process=process, folder=folder)
    assert process.stdout is not None
    for line in process.stdout:
        running.printed.append(line)
        if found := re.search(r"http://\S+", line):
            running.address = found[0]
            return running
    raise AssertionError(f"no address: {running.printed}")


@pytest.fixture
def edition(tmp_path: Path, root: Path) -> Path:
    return small_edition(tmp_path / "small", root)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Running]:
    """A preview of a small edition that the tests of a module share; each leaves it current."""
    running = started(small_edition(tmp_path_factory.mktemp("preview") / "small", root), "--no-browser")
    try:
        running.until(lambda state: state["phase"] == "current")
        yield running
    finally:
        running.end()
