"""Small editions laid out in a style and a trim, and what stands on their pages."""

from __future__ import annotations

import ctypes
import hashlib
import itertools
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.layout.document import write_pdf
from publisher.model.profile import Style
from publisher.model.publication import Publication
from publisher.model.rendition import PdfRendition
from publisher.render import render_pdf
from publisher.workers.executor import SerialExecutor
from publisher.workspace import Folder

SETTINGS = """\
title: A plain title
language: en-GB
date: 2026-11-24
contributors: [{name: Some Writer, role: aut}]
source: {file: text.txt, sha256: SHA256}
rights: {status: unknown, statement: Not known.}
"""


SCALE = 0.75
"""WeasyPrint writes sizes in pixels, and shrinks the page to points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a laid-out page; lengths in points."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    """Of its last character: numbers and marks come first."""
    smallest: float = 0.0
    """The size of the smallest of its characters."""
    space: float = 0.0
    """The widest space between its words."""


def lines_of(pdf: bytes) -> tuple[tuple[Line, ...], ...]:
    """The lines of each page, as PDFium finds them, in the order in which they are written."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(tuple(_lines(page.get_textpage())) for page in document)
    finally:
        document.close()


def _lines(page: pypdfium2.PdfTextPage) -> Iterator[Line]:
    """Characters as long as they stand on one line, one behind the other."""
    held: list[Line] = []
    for at in range(page.count_chars()):
        character = page.get_text_range(at, 1)
        if character in "\r\n" or (character == " " and not held):
            continue
        line = _character(page, at, character)
        if held and character != " " and (abs(held[-1].baseline - line.baseline) > 1 or line.left < held[-1].left - 1):
            yield _joined(held)
            held = []
        held.append(line if character != " " else replace(held[-1], text=" "))
    if held:
        yield _joined(held)


def _character(page: pypdfium2.PdfTextPage, at: int, character: str) -> Line:
    left, _, right, _ = page.get_charbox(at, loose=True)
    x, y = ctypes.c_double(), ctypes.c_double()
    pypdfium2.raw.FPDFText_GetCharOrigin(page.raw, at, x, y)
    size = SCALE * pypdfium2.raw.FPDFText_GetFontSize(page.raw, at)
    return Line(text=character, left=left, right=right, baseline=y.value, size=size)


def _joined(held: list[Line]) -> Line:
    """One line; a space takes the place of the character before it, so that the gap behind that is the space."""
    pairs = tuple(itertools.pairwise(held))
    return Line(
        text="".join(line.text for line in held).rstrip(),
        left=held[0].left,
        right=held[-1].right,
        baseline=held[0].baseline,
        size=held[-1].size,
        smallest=min(line.size for line in held),
        space=max((after.left - space.right for space, after in pairs if space.text == " "), default=0.0),
    )


@pytest.fixture
def prose(root: Path) -> str:
    """Some pages of English prose in long paragraphs."""
    text = (root / "src/publisher/scaffold/edition/article.txt").read_text("utf-8")
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    long = " ".join(part for part in paragraphs if len(part) > 60)
    return "\n\n".join((paragraphs[0], *[long] * 3)) + "\n"


@pytest.fixture
def composed(tmp_path: Path, prose: str) -> Callable[..., Publication]:
    """A volume with prose as its text, its settings as they are given, and files of the edition's own."""

    def make(more: str = "", **files: str) -> Publication:
        digest = hashlib.sha256(prose.encode()).hexdigest()
        own = {"text.txt": prose, "edition.yaml": SETTINGS.replace("SHA256", digest) + more}
        for name, content in (own | {name.replace("__", "/"): content for name, content in files.items()}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        publication = pipeline.check(BuildRequest(folder=Folder(tmp_path))).publication
        assert publication is not None
        return publication

    return make


@pytest.fixture
def laid_out(composed: Callable[..., Publication]) -> Callable[[str], tuple[tuple[Line, ...], ...]]:
    """The lines of the pages of such a volume."""
    return lambda more: lines_of(pages_of(composed(more)))


@pytest.fixture
def everything_in(everything: Path, tmp_path: Path) -> Callable[[Style], tuple[tuple[Line, ...], ...]]:
    """The lines of the pages of the edition that holds one of everything, in a style."""
    return lambda style: lines_of(in_style(everything, tmp_path / style, style))


@pytest.fixture
def book_in(root: Path, tmp_path: Path) -> Callable[[Style], tuple[tuple[Line, ...], ...]]:
    """The lines of the pages of the book, in a style."""
    return lambda style: lines_of(in_style(root / "book", tmp_path / style, style))


@pytest.fixture
def noted_book_in(root: Path, tmp_path: Path) -> Callable[[Style], tuple[tuple[Line, ...], ...]]:
    """The lines of the pages of the book with all its notes at the foot, in a style."""
    folder = Path(shutil.copytree(root / "book", tmp_path / "noted"))
    settings = folder / "edition.yaml"
    settings.write_text(settings.read_text("utf-8").replace("pdf: section", "pdf: foot"), encoding="utf-8")
    return lambda style: lines_of(in_style(folder, tmp_path / style, style))


def pages_of(publication: Publication) -> bytes:
    """The PDF of a volume, with the inside margin that its page count asks for."""

    def render(folios: Mapping[str, str], pages: int | None, before: PdfRendition | None) -> PdfRendition:
        return render_pdf(publication, folios=folios, pages=pages, before=before)

    return write_pdf(render, executor=SerialExecutor(), name="a.pdf", moment="2026-11-24T00:00:00Z").artifact.content


def in_style(edition: Path, folder: Path, style: Style) -> bytes:
    """An edition copied into a folder and laid out in a style."""
    shutil.copytree(edition, folder)
    settings = folder / "edition.yaml"
    settings.write_text(f"style: {style}\n" + settings.read_text("utf-8"), encoding="utf-8")
    publication = pipeline.check(BuildRequest(folder=Folder(folder))).publication
    assert publication is not None
    return pages_of(publication)


@pytest.fixture
def measured() -> ModuleType:
    """What this module has, for tests that lay volumes of their own out."""
    return sys.modules[__name__]
