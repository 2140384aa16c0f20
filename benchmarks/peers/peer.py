"""What a program that is measured has to say of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.manuscript import Manuscript

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".tools" / "peers"
"""Where `tools/setup bench` puts the peers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A manuscript made ready for one program: what is run, and what comes of it."""

    command: tuple[str, ...]
    folder: Path
    made: Path
    """The file that it makes."""
    environment: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A program that is measured."""

    name: str
    way: str
    """How it is used, for the page."""
    ready: Callable[[Path, Manuscript], Job]
    """Writes a manuscript into a folder in the program's own form."""
    version: Callable[[], str]
    epub: bool = False
    """Whether it makes an EPUB; else a PDF."""
