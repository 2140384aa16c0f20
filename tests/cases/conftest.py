"""Editions of a few lines, as editors write them: each is built, and its files are proved by the build."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from publisher.cli.program import program

SETTINGS = """\
title: A Small Edition
language: en
date: 2026-11-01
contributors:
  - {{name: Ada Writer, role: aut}}
source:
  file: {name}
  sha256: {digest}
rights:
  status: public-domain
  statement: In the public domain.
"""
SERIES = """\
series:
  - id: ed
    title: Editorial notes
    file: notes.md
    marks: decimal
    placement: {{pdf: {place}, epub: pop-up}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """A folder with an edition."""

    folder: Path

    def run(self, *words: str) -> Result:
        """What a command prints, and its exit status."""
        return CliRunner().invoke(program, [*words])

    def check(self) -> Result:
        """What `check` reports, a line for each diagnostic."""
        return self.run("check", str(self.folder), "--diagnostics", "short")

    def build(self, *options: str) -> Result:
        """What a build reports; its files are in `output` beside the edition."""
        output = str(self.folder / "output")
        return self.run("build", str(self.folder), "--output", output, "--no-cache", "--diagnostics", "short", *options)

    def pages(self, *, name: str = "*.pdf") -> list[str]:
        """The words of each page of the PDF, as poppler reads them."""
        (pdf,) = (self.folder / "output").glob(name)
        read = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True)
        return read.stdout.split("\f")[:-1]


Make = Callable[..., Small]


@pytest.fixture
def small(tmp_path: Path) -> Make:
    """Make an edition of a text, notes and more settings; `files` are written beside it."""

    def make(
        text: str | bytes, *, notes: str = "", place: str = "foot", more: str = "", name: str = "text.md", **files: Any
    ) -> Small:
        content = text if isinstance(text, bytes) else text.encode()
        folder = tmp_path / "small"
        folder.mkdir()
        (folder / name).write_bytes(content)
        settings = SETTINGS.format(name=name, digest=hashlib.sha256(content).hexdigest())
        if notes:
            (folder / "notes.md").write_text(notes, encoding="utf-8")
            settings += SERIES.format(place=place)
        for path, written in files.get("files", {}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(written if isinstance(written, bytes) else written.encode())
        (folder / "edition.yaml").write_text(settings + more, encoding="utf-8")
        return Small(folder=folder)

    return make


def demand_built(result: Result) -> None:
    """Nothing; fails with what a build reported if it did not succeed."""
    assert result.exit_code == 0, result.output
