"""Small editions, each a good one with something put in its place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.diagnostics import PublisherError, Source
from publisher.load import load_edition
from publisher.load.findings import Findings
from publisher.load.markdown.document import markdown
from publisher.model.text import Text
from publisher.workspace import Folder

TEXT = "A plain title\n\nThe first paragraph of it.\n\nThe second one.\n"

SETTINGS = """\
title: A plain title
language: en
date: 2026-11-24
contributors:
  - name: Some Writer
    role: aut
source:
  file: article.txt
  sha256: {sha256}
  first-paragraph-is-title: true
rights:
  status: unknown
  statement: Not known.
"""

Files = dict[str, str | bytes]
Mistakes = Callable[[Files], list[str]]


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Files], Folder]:
    """Writes a small edition with some files put in place of its own, or beside them; names are shown from there."""

    def write(files: Files) -> Folder:
        monkeypatch.chdir(tmp_path)
        text = files.get("article.txt", TEXT)
        digest = hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()
        own: Files = {"article.txt": TEXT, "edition.yaml": SETTINGS.format(sha256=digest)}
        for name, content in (own | files).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Folder(tmp_path)

    return write


@pytest.fixture
def settings() -> Callable[..., str]:
    """The good edition.yaml with a key added at its end, or some words replaced."""

    def changed(more: str = "", *, old: str = "", new: str = "") -> str:
        sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
        good = SETTINGS.format(sha256=sha256)
        assert old in good
        return (good.replace(old, new) if old else good) + more

    return changed


@pytest.fixture
def mistakes(edition: Callable[[Files], Folder]) -> Mistakes:
    """Loads an edition that has mistakes: each one's code, file, line and column."""

    def found(files: Files) -> list[str]:
        with pytest.raises(PublisherError) as caught:
            load_edition(edition(files))
        assert caught.value.exit_code == 1
        for diagnostic in caught.value.diagnostics:
            assert diagnostic.hint, diagnostic
            assert re.match("[^A-Z].*[^.]$|[A-Z]{2}", diagnostic.message), diagnostic.message
        return [f"{diagnostic.code} {diagnostic.span}" for diagnostic in caught.value.diagnostics]

    return found


@pytest.fixture
def text_of() -> Callable[[str], Text]:
    """Reads Markdown in which nothing is wrong."""

    def read(content: str) -> Text:
        findings = Findings()
        text = markdown(Source(name="text.md", text=content), figures=[], findings=findings)
        assert findings.diagnostics == []
        return text

    return read


@pytest.fixture
def mistakes_in() -> Callable[[str], list[str]]:
    """Reads Markdown in which something is wrong: each mistake's code, line and column, and the words that it marks."""

    def read(content: str) -> list[str]:
        findings = Findings()
        markdown(Source(name="", text=content), figures=[], findings=findings)
        spans = [(found.code, found.span) for found in findings.diagnostics]
        return [f"{code}{span} {span.source.text[span.start : span.end]}" for code, span in spans if span is not None]

    return read
