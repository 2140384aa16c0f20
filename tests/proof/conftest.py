"""Tiny editions with one fault each in their pages, laid out by the pipeline, some of them damaged afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from publisher import proof as proofreading
from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.limits import Coverage
from publisher.model.publication import Publication
from publisher.model.target import Format
from publisher.proof import Finding, Limits, Proof
from publisher.workspace import Folder

USUAL = Limits()
Change = Callable[[pikepdf.Pdf], None]
SHEET = """
@page { size: 100mm 100mm !important; margin: 15mm !important; }
p { margin: 0 !important; text-indent: 0 !important; text-align: left !important; hyphens: manual !important; }
.section > * { break-before: auto !important; orphans: 1 !important; widows: 1 !important; }
body > section > .title { margin: 0 !important; line-height: calc(1.5 * var(--line)) !important; }
"""
"""Pages of 70 mm square, ragged, on which paragraphs may break anywhere."""
WAIVERS = """\
waivers:
  - {code: D-020, reason: the proof is to find words beyond the page}
  - {code: D-021, reason: the proof is to find words over others}
  - {code: D-022, reason: small pages are laid out in less time}
"""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What makes a tiny edition."""

    text: str
    sheet: str = ""
    """Style rules of its own."""
    notes: str = ""
    images: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Set:
    """A tiny edition, laid out."""

    folder: Path
    publication: Publication
    content: bytes

    def proof(
        self,
        change: Change | None = None,
        *,
        ink: tuple[Coverage, ...] = (),
        content: bytes = b"",
        limits: Limits = USUAL,
    ) -> Proof:
        """The proof of it, changed where that is asked for, or of another file beside this edition."""
        content = content or self.content
        content = changed(content, change) if change else content
        return proofreading.proof(content, self.publication, limits=limits, measure=lambda *_: ink)

    def found(self, code: str, change: Change | None = None, *, limits: Limits = USUAL) -> tuple[Finding, ...]:
        """The findings of one code."""
        return tuple(finding for finding in self.proof(change, limits=limits).findings if finding.code == code)


def changed(content: bytes, change: Change) -> bytes:
    """A PDF after something was done to it."""
    with pikepdf.open(BytesIO(content)) as pdf:
        change(pdf)
        after = BytesIO()
        pdf.save(after, static_id=True)
        return after.getvalue()


def written(folder: Path, edition: Edition) -> Path:
    """The folder with the edition in it."""
    folder.joinpath("styles").mkdir(parents=True)
    folder.joinpath("text.md").write_text(edition.text, encoding="utf-8")
    folder.joinpath("notes.md").write_text(edition.notes, encoding="utf-8")
    folder.joinpath("styles/own.print.css").write_text(edition.sheet, encoding="utf-8")
    for name, content in edition.images.items():
        folder.joinpath(name).write_bytes(content)
    digest = hashlib.sha256(edition.text.encode()).hexdigest()
    folder.joinpath("edition.yaml").write_text(
        f"""title: A tiny volume
language: en-GB
date: 2026-01-02
contributors: [{{name: Some Writer, role: aut}}]
source: {{file: text.md, sha256: {digest}}}
rights: {{status: public-domain, statement: None are claimed.}}
series: [{{id: editorial, title: Notes, file: notes.md}}]
output: {{name: tiny, formats: [pdf]}}
{WAIVERS if edition.sheet else ""}""",
        encoding="utf-8",
    )
    return folder


def laid_out(folder: Path) -> Set:
    """The edition in a folder, built."""
    volume = pipeline.build(BuildRequest(folder=Folder(folder), formats=(Format.PDF,))).volume
    pdf = next(artifact for artifact in volume.artifacts if artifact.name.endswith(".pdf"))
    return Set(folder=folder, publication=volume.publication, content=pdf.content)


@pytest.fixture
def lay_out(tmp_path: Path) -> Callable[..., Set]:
    """Lays out an edition whose pages are small and may break anywhere."""

    def lay(text: str, *, sheet: str = "", notes: str = "", images: dict[str, bytes] | None = None) -> Set:
        folder = tmp_path / f"book-{len(list(tmp_path.iterdir()))}"
        return laid_out(written(folder, Edition(text=text, sheet=SHEET + sheet, notes=notes, images=images or {})))

    return lay


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Set:
    """An edition with nothing to mend."""
    return laid_out(written(tmp_path_factory.mktemp("clean") / "book", Edition(text=CLEAN, notes=NOTE)))


CLEAN = "# A title\n\nThe first words of a text that has little to say.\n\n## A part\n\nAnd what it says about it.\n"
NOTE = "## one\n\n> first words\n\nThey are the first ones.\n"
