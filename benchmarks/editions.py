"""Manuscripts as folders that publisher builds: editions, and a course reader of many."""

from __future__ import annotations

import hashlib
from pathlib import Path
from zlib import crc32

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
    notes = ((sentence, note) for paragraph in text.paragraphs() for sentence, note in paragraph.called() if note)
    written = "\n".join(f"## {_id(sentence)}\n\n> {sentence}\n\n{note}\n" for sentence, note in notes)
    digest = hashlib.sha256(body.encode()).hexdigest()
    (folder / "text.md").write_text(body, encoding="utf-8")
    (folder / "notes.md").write_text(written, encoding="utf-8")
    (folder / "preface.md").write_text(_preface(text), encoding="utf-8")
    settings = _EDITION.format(title=text.title, digest=digest, chapters=str(len(text.chapters) > 1).lower())
    front = "front: [preface.md]\n" if text.front else ""
    (folder / "edition.yaml").write_text(settings + front, encoding="utf-8")
    return folder


def reader(folder: Path, *, readings: int, size: Size) -> Path:
    """The folder, with a course reader of so many readings in it, each an edition of its own."""
    lines = [_READER]
    for at in range(1, readings + 1):
        edition(folder / f"reading-{at}", manuscript(size, title=f"Reading {at}", seed=at))
        lines.append(f"      - edition: reading-{at}\n")
    (folder / "reader.yaml").write_text("".join(lines), encoding="utf-8")
    return folder


def _id(sentence: str) -> str:
    """The id of the note on a sentence: the same if there are other notes before it."""
    return f"n{crc32(sentence.encode()):08x}"


def _preface(text: Manuscript) -> str:
    """The preface with its author's footnotes."""
    parts = ["# Preface"]
    for at, paragraph in enumerate(text.front):
        called = tuple(paragraph.called())
        parts.append(" ".join(f"{said}[^{at}-{place}]" if note else said for place, (said, note) in enumerate(called)))
        parts += [f"[^{at}-{place}]: {note}" for place, (_, note) in enumerate(called) if note]
    return "\n\n".join(parts) + "\n"


def _parts(text: Manuscript) -> list[str]:
    parts = [f"# {text.title}"]
    for chapter in text.chapters:
        parts += [f"## {chapter.title}", *(paragraph.text for paragraph in chapter.paragraphs)]
    return parts
