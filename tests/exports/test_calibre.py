"""calibre converts the EPUBs of the tests for Kindles, and every letter is still there."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from publisher.build import pipeline
from publisher.build.request import BuildResult
from publisher.model.target import Format

ROOT = Path(__file__).parents[2]
EDITIONS = (
    "book",
    "examples/course-reader",
    "tests/editions/everything",
    "tests/exports/edition",
    "tests/kinds/edition",
    "tests/placements/everywhere",
)


@pytest.mark.nightly
@pytest.mark.parametrize("name", EDITIONS)
def test_calibre_converts_an_epub_and_loses_no_letter(
    name: str, tmp_path: Path, built_once: Callable[..., BuildResult]
) -> None:
    built = built_once(ROOT / name, formats=(Format.EPUB,))
    pipeline.keep(built.volume, output=tmp_path)
    (epub,) = tmp_path.glob("*.epub")
    converted, text = tmp_path / "book.azw3", tmp_path / "book.txt"
    convert(epub, converted, tmp_path)
    convert(converted, text, tmp_path)
    assert letters_of(epub) - letters_in(text.read_text(encoding="utf-8")) == Counter()


def convert(source: Path, target: Path, folder: Path) -> None:
    """Convert a file with calibre, which keeps its settings in the folder."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "CALIBRE_CONFIG_DIRECTORY": str(folder / "calibre")}
    command = ("ebook-convert", source, target)
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600, env=environment)
    assert done.returncode == 0, done.stdout[-2000:]
    assert target.is_file()


def letters_of(epub: Path) -> Counter[str]:
    """The letters of the documents of an EPUB in its reading order."""
    with ZipFile(epub) as members:
        names = [name for name in members.namelist() if name.endswith(".xhtml") and not name.endswith("nav.xhtml")]
        bodies = [etree.fromstring(members.read(name)).find("{http://www.w3.org/1999/xhtml}body") for name in names]
    found: Counter[str] = Counter()
    for body in bodies:
        assert body is not None
        found += letters_in(" ".join(str(text) for text in body.itertext()))
    return found


def letters_in(text: str) -> Counter[str]:
    """Every letter and figure, and how often it occurs; what is next to a call has no space in calibre’s text."""
    return Counter(filter(str.isalnum, text))
