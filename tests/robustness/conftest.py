"""Small editions to spoil, and a way to run `publisher` on them within bounds of time and memory."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

Files = Mapping[str, bytes]
SECONDS = 10
BYTES = 1_000_000_000

BOUNDED = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_DATA, ({BYTES}, {BYTES}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
from publisher.cli import main
main()
"""
"""`publisher` with at most 10 seconds of a processor and 1 GB of data; V8 reserves more addresses than that."""

EDITION = b"""title: A title
language: en
date: 2026-01-02
contributors:
  - name: Somebody
    role: aut
source:
  file: text.md
  sha256: DIGEST
rights:
  status: public-domain
  statement: Free.
series:
  - id: notes
    title: Notes
    file: notes.md
agreements: agreements/*.md
references: references.json
output:
  name: book
"""

AGREEMENT = b"""---
id: charter
title: A Charter
short: Charter
date: 1999-11
place: Anywhere
parties: Some *states*
kind: Document
force: draft
published: A gazette
---
What it is.

## Paragraph 8 {#8}
A provision.
"""

SMALL: Files = {
    "edition.yaml": EDITION,
    "text.md": b"# A text\n\nThe first words of the text, and others.\n\nA second paragraph.\n",
    "notes.md": b"## one\n\n> first words\n\nA note that cites [@book, 8]. See [](agreement:charter#8).\n",
    "agreements/charter.md": AGREEMENT,
    "references.json": b'[{"id": "book", "type": "book", "title": "A book", "issued": {"date-parts": [[1999]]}}]\n',
}
"""An edition with a little of everything that an editor writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command came to."""

    status: int
    codes: tuple[str, ...]
    located: bool
    """Whether each error has a file and a line."""
    said: str


def laid_down(folder: Path, files: Files) -> Path:
    """The folder with these files, and those of the small edition that they lack; its text's digest is made to fit."""
    own = any(name.startswith("notes/") for name in files)
    together = dict(files) if own else {**SMALL, **files}
    digest = hashlib.sha256(together.get("text.md", b"")).hexdigest().encode()
    for name, content in together.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.replace(b"DIGEST", digest) if name == "edition.yaml" else content)
    return folder


@pytest.fixture(scope="session")
def lay_down() -> Callable[[Path, Files], Path]:
    """Puts a small edition, spoilt by some files, into a folder."""
    return laid_down


@pytest.fixture(scope="session")
def bounded() -> Callable[..., Outcome]:
    """Runs a command within the bounds."""

    def run(*words: str | Path) -> Outcome:
        ended = subprocess.run(
            [sys.executable, "-c", BOUNDED, *words, "--diagnostics", "json"],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        found = json.loads(ended.stderr) if ended.stderr.startswith("[") else []
        errors = [item for item in found if item["severity"] == "error"]
        return Outcome(
            status=ended.returncode,
            codes=tuple(dict.fromkeys(str(item["code"]) for item in found)),
            located=all(error["file"] and error["line"] for error in errors),
            said=ended.stderr[-3000:],
        )

    return run


@pytest.fixture
def small() -> dict[str, bytes]:
    """The files of the small edition."""
    return dict(SMALL)
