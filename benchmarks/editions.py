"""Manuscripts as folders that publisher builds: editions, and a course reader of many."""

from __future__ import annotations

import hashlib
from pathlib import Path

from benchmarks.manuscript import Manuscript, Size, manuscript

_EDITION = """title: {title}
language: en-GB
date: 2026-01-02
contributors: [{{name: Some Writer, role: aut}}]
source: {{file: text.md, sha256: {digest}}}
rights: {{status: public-domain, statement: None are claimed.}}
series: [{{id: editorial, title: Notes, file: notes.md}}]
output: {{name: volume, page: [156mm, 234mm], paragraph-numbers: false, chapters: {chapters}}}
"""
_READER = """title: A Generated Reader
language: en-GB
date: 2026-01-02
copy: proof
output: {name: volume, page: [156mm, 234mm]}
units:
  - title: All of it
    readings:
"""


def edition(folder: Path, text: Manuscript) -> Path:
    """The folder, with an edition of the manuscript in it; what was there of an earlier one is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    body = "\n\n".join(_parts(text)) + "\n"
    notes = [one for one in text.paragraphs() if one.note]
    written = "\n".join(f"## n{at}\n\n> {one.sentences[0]}\n\n{one.note}\n" for at, one in enumerate(notes, 1))
    digest = hashlib.sha256(body.encode()).hexdigest()
    (folder / "text.md").write_text(body, encoding="utf-8")
    (folder / "notes.md").write_text(written, encoding="utf-8")
    (folder / "edition.yaml").write_text(
        _EDITION.format(title=text.title, digest=digest, chapters=str(len(text.chapters) > 1).lower()), encoding="utf-8"
    )
    return folder


def reader(folder: Path, *, readings: int, size: Size) -> Path:
    """The folder, with a course reader of so many readings in it, each an edition of its own."""
    lines = [_READER]
    for at in range(1, readings + 1):
        edition(folder / f"reading-{at}", manuscript(size, title=f"Reading {at}", seed=at))
        lines.append(f"      - edition: reading-{at}\n")
    (folder / "reader.yaml").write_text("".join(lines), encoding="utf-8")
    return folder


def _parts(text: Manuscript) -> list[str]:
    parts = [f"# {text.title}"]
    for chapter in text.chapters:
        parts += [f"## {chapter.title}", *(one.text for one in chapter.paragraphs)]
    return parts
