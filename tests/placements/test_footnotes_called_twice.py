"""Footnotes of the author's own that are called twice, from the title, from one part of a text and from another."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from zipfile import ZipFile

import pikepdf
import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.rendition import Volume
from publisher.workspace import Folder

TEXT = """# Volume[^b]

Said[^a] once, and[^b] again.[^a]

## Second part

Said[^b] in the end, and[^a] that was all.

[^a]: The first remark.

[^b]: The second remark.
"""


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Volume:
    """A text in two parts, built and proved."""
    folder = tmp_path_factory.mktemp("footnotes")
    (folder / "text.md").write_text(TEXT, encoding="utf-8")
    (folder / "edition.yaml").write_text(
        f"""title: A volume
language: en-GB
date: 2026-01-02
contributors: [{{name: Some Writer, role: aut}}]
source: {{file: text.md, sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}}}
rights: {{status: public-domain, statement: None are claimed.}}
output: {{name: volume, chapters: true}}
""",
        encoding="utf-8",
    )
    return pipeline.build(BuildRequest(folder=Folder(folder))).volume


def _content(volume: Volume, ending: str) -> bytes:
    return next(artifact.content for artifact in volume.artifacts if artifact.name.endswith(ending))


@pytest.fixture(scope="module")
def calls_of() -> Callable[[str, str], list[str]]:
    """The marks of the calls of a note in a document."""

    def found(document: str, note: str) -> list[str]:
        return re.findall(rf'href="[^"]*#{note}"[^>]*role="doc-noteref">([^<]*)</a>', document)

    return found


def test_the_epub_has_each_once_with_its_mark_at_every_call(
    volume: Volume, calls_of: Callable[[str, str], list[str]]
) -> None:
    with ZipFile(io.BytesIO(_content(volume, ".epub"))) as archive:
        whole = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml"))
    assert calls_of(whole, "note-author-text-a") == ["†"] * 3
    assert calls_of(whole, "note-author-text-b") == ["*"] * 3
    assert (whole.count("The first remark."), whole.count("The second remark.")) == (1, 1)
    assert len(re.findall(r'role="doc-backlink"', whole)) == 6


def test_the_pdf_prints_each_once_and_every_call_leads_to_it(volume: Volume) -> None:
    with pikepdf.open(io.BytesIO(_content(volume, ".pdf"))) as pdf:
        targets = [str(item.Dest) for page in pdf.pages for item in page.get("/Annots", []) if "/Dest" in item]
    assert [targets.count(f"note-author-text-{label}") for label in "ab"] == [3, 3]
    assert [targets.count(f"call-author-text-{label}") for label in "ab"] == [1, 1]
