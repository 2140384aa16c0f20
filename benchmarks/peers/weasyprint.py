"""WeasyPrint, one HTML document for the whole book, tagged."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks.manuscript import Manuscript
from benchmarks.peers.html import write_html
from benchmarks.peers.peer import Job, Peer


def command(source: Path, made: Path) -> tuple[str, ...]:
    """What sets a document as PDF/UA-1."""
    return (sys.executable, "-m", "weasyprint", "--quiet", "--pdf-variant", "pdf/ua-1", str(source), str(made))


def ready(folder: Path, text: Manuscript) -> Job:
    """The manuscript as one HTML document."""
    made = folder / "book.pdf"
    return Job(command=command(write_html(folder / "book.html", text), made), folder=folder, made=made)


WEASYPRINT = Peer(
    name="WeasyPrint",
    way="one HTML document, PDF/UA-1, notes by `float: footnote`",
    ready=ready,
    version=lambda: version("weasyprint"),
)
