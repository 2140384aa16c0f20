"""Pandoc, asked for the syntax tree of a file: a child in its sandbox, with limits of time and memory.

https://pandoc.org/MANUAL.html#option--sandbox and https://pandoc.org/MANUAL.html#a-note-on-security
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

from publisher.diagnostics import PublisherError
from publisher.importers.failures import damage_error, missing_pandoc, too_much
from publisher.importers.kinds import Kind
from publisher.importers.latex import prepare
from publisher.validators.process import Outcome, last_words, program, run, scratch

SECONDS = 120
"""Seconds on the clock that Pandoc may take."""
HEAP = "1G"
"""How much memory it may have."""
LARGEST = 256 << 20
"""Bytes that its answer may have."""
_EXHAUSTED = 251
"""The status of a Haskell program whose heap is full."""


def pandoc_place() -> Path | None:
    """Where Pandoc is: that of the extra `publisher[import]`, else one that is installed; None if there is none."""
    found = importlib.util.find_spec("pypandoc")
    folders = () if found is None else found.submodule_search_locations or ()
    bundled = (Path(folder, "files", "pandoc") for folder in folders)
    return next((path for path in bundled if path.is_file()), None) or program("pandoc")


def syntax_tree(content: bytes, name: str, kind: Kind) -> bytes:
    """The syntax tree of a file as JSON. Raises `PublisherError`: W-002, W-004, W-006."""
    place = pandoc_place()
    if place is None:
        raise missing_pandoc(name, kind.name)
    with scratch() as folder:
        file = folder / "source"
        file.write_bytes(prepare(content) if kind.pandoc == "latex" else content)
        outcome = _run(place, file, name, kind)
    if outcome.status == _EXHAUSTED:
        raise too_much(name, f"Pandoc needs more than {HEAP} of memory for it")
    if outcome.status:
        raise damage_error(name, f"Pandoc cannot read it ({last_words(outcome)[:200]})")
    if len(outcome.stdout) > LARGEST:
        raise too_much(name, "Pandoc makes more of it than can be read")
    try:
        json.loads(outcome.stdout)
    except (ValueError, RecursionError) as error:
        raise damage_error(name, "Pandoc makes nothing of it that can be read") from error
    return outcome.stdout.encode()


def _run(place: Path, file: Path, name: str, kind: Kind) -> Outcome:
    command: list[str | Path] = [
        place,
        "+RTS",
        f"-M{HEAP}",
        "-RTS",
        "--sandbox",
        "--from",
        kind.pandoc,
        "--to",
        "json",
        file,
    ]
    try:
        return run(command, validator="Pandoc", seconds=SECONDS)
    except PublisherError as error:
        raise too_much(name, f"Pandoc was not done with it after {SECONDS} seconds") from error
