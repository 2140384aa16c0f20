"""publisher itself, as a command from start to exit."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import publisher
from benchmarks.editions import edition
from benchmarks.manuscript import Manuscript
from benchmarks.peers.peer import Job, Peer


def job(folder: Path, source: Path, *arguments: str, made: str = "volume.pdf") -> Job:
    """The build of an edition or reader, with a cache of its own and two processes."""
    output = folder / "output"
    program = Path(sys.executable).with_name("publisher")
    command = (str(program), "build", str(source), "--quiet", "--output", str(output), *arguments)
    cache = ("XDG_CACHE_HOME", str(folder / "cache"))
    return Job(command=command, folder=folder, made=output / made, environment=(cache,))


def _ready(folder: Path, text: Manuscript, *, form: str) -> Job:
    source = edition(folder / "edition", text)
    return job(folder, source, "--format", form, "--no-cache", made=f"volume.{form}")


PUBLISHER_PDF = Peer(
    name="publisher",
    way="`publisher build --format pdf`, proof included",
    ready=partial(_ready, form="pdf"),
    version=lambda: publisher.__version__,
)
PUBLISHER_EPUB = Peer(
    name="publisher",
    way="`publisher build --format epub`, proof included",
    ready=partial(_ready, form="epub"),
    version=lambda: publisher.__version__,
    epub=True,
)
