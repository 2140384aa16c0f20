"""Pandoc, an EPUB from Markdown, a document for each chapter."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from benchmarks.manuscript import Manuscript, Paragraph
from benchmarks.peers.peer import PEERS, Job, Peer
from benchmarks.peers.style import font_files

_PANDOC = PEERS / "python" / "pypandoc" / "files" / "pandoc"


def ready(folder: Path, text: Manuscript) -> Job:
    """The manuscript in Pandoc's Markdown."""
    parts: list[str] = []
    for at, chapter in enumerate(text.all_chapters()):
        parts.append(f"# {chapter.title}")
        for place, paragraph in enumerate(chapter.paragraphs):
            parts += _paragraph(paragraph, f"n{at}-{place}")
    (folder / "book.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    fonts = tuple(f"--epub-embed-font={path}" for path in font_files())
    command = (str(_PANDOC), "book.md", "--from=markdown", "--to=epub3", "--output=book.epub", "--split-level=1")
    said = ("--metadata=lang:en-GB", f"--metadata=title:{text.title}", "--toc")
    return Job(command=(*command, *said, *fonts), folder=folder, made=folder / "book.epub")


def _paragraph(paragraph: Paragraph, name: str) -> list[str]:
    """The paragraph, and its notes after it."""
    called = tuple(paragraph.called())
    text = " ".join(f"{sentence}[^{name}-{at}]" if note else sentence for at, (sentence, note) in enumerate(called))
    return [text, *(f"[^{name}-{at}]: {note}" for at, (_, note) in enumerate(called) if note)]


@cache
def _version() -> str:
    said = subprocess.run([_PANDOC, "--version"], capture_output=True, text=True, check=True).stdout
    return said.split()[1]


PANDOC = Peer(name="Pandoc", way="EPUB 3 from Markdown, `--split-level=1`", ready=ready, version=_version, epub=True)
