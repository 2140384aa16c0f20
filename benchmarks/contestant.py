"""What a row of the table is: programs that make the same thing in turn."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Measured
from benchmarks.manuscript import Manuscript
from benchmarks.peers.peer import Job, Peer


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """One program in a row."""

    name: str
    job: Callable[[int], Job]
    """Makes a run ready, outside the time that is measured; runs count from 0."""
    text: Callable[[int], Manuscript] | None = None
    """What the run has to have made; None where it is not compared."""
    read_back: bool = True
    """Whether what was made is read, for its pages and words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the table."""

    name: str
    work: str
    """What is made, for the table."""
    contestants: Callable[[Path, bool, ExitStack], tuple[Contestant, ...]]
    """Makes all ready in a folder; small volumes where the second argument is true."""
    is_warmed: bool = False
    """Whether a run of the first program, which is not counted, fills the cache."""
    followed: Callable[[Path, Manuscript, int], dict[str, Measured]] | None = None
    """Measures a program that goes on running, in a folder, with a volume, so many times; None if it is a command."""


def plain(peer: Peer, folder: Path, text: Manuscript, name: str = "") -> Contestant:
    """A program that makes a manuscript from nothing."""
    name = name or peer.name
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    made = peer.ready(place, text)
    return Contestant(name=name, job=lambda run: made, text=lambda run: text)
