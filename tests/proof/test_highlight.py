"""The highlighted copy: what is drawn on it, where, and what its legend says."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Protocol

import pikepdf
import pypdfium2
import pytest

from publisher.diagnostics.names import label
from publisher.proof import Proof
from publisher.proof.highlight import highlight_findings

TEXT = 6
ORANGE = (217, 115, 0)
"""Of warnings."""


class Laid(Protocol):
    """A tiny edition, as conftest.py lays it out."""

    @property
    def content(self) -> bytes: ...
    def proof(self) -> Proof: ...


@pytest.fixture
def widowed(lay_out: Callable[..., Laid]) -> Laid:
    """An edition with one widow."""
    lines = "\\\n".join(f"Line {number} of it" for number in range(12))
    return lay_out(f"# A title\n\n{lines}\n\nMore words.\\\nAnd more.\\\nAnd more.\\\nAnd more.\\\nAnd more.\n")


def test_frame_stands_around_the_words_in_the_colour_of_its_severity(widowed: Laid) -> None:
    proof = widowed.proof()
    (widow,) = (finding for finding in proof.findings if finding.code == "P-001")
    (box,) = widow.boxes
    page = pypdfium2.PdfDocument(highlight_findings(widowed.content, proof))[widow.page]
    picture = page.render(scale=4).to_pil().convert("RGB")
    edge = (int(box.left * 4) + 1, int((page.get_height() - (box.top + box.bottom) / 2) * 4))
    near = [picture.getpixel((edge[0] + step, edge[1])) for step in range(-3, 4)]
    assert any(all(abs(item - other) < 30 for item, other in zip(pixel, ORANGE, strict=True)) for pixel in near)


def test_pages_without_findings_stay_as_they_are(widowed: Laid) -> None:
    proof = widowed.proof()
    touched = {finding.page for finding in proof.findings}
    before, after = (
        pypdfium2.PdfDocument(content) for content in (widowed.content, highlight_findings(widowed.content, proof))
    )
    for number in {*range(len(before))} - touched:
        assert before[number].render().to_pil().tobytes() == after[number].render().to_pil().tobytes()


def test_legend_says_what_was_found_and_leads_to_the_page(widowed: Laid) -> None:
    proof = widowed.proof()
    content = highlight_findings(widowed.content, proof)
    pages = pypdfium2.PdfDocument(content)
    legend = [page.get_textpage().get_text_range() for page in list(pages)[len(proof.sheets) :]]
    words = " ".join(" ".join(legend).split())
    assert "What the proof found" in words
    for told in proof.diagnostics():
        assert f"{label(told.code)} · {told.message.partition(':')[0]}" in words
    assert "text.md:14:1" in words
    with pikepdf.open(BytesIO(content)) as pdf:
        links = [link for page in list(pdf.pages)[len(proof.sheets) :] for link in page.get("/Annots", ())]
        assert len(links) == len(proof.findings)
        assert links[0].Dest[0].objgen == pdf.pages[proof.findings[0].page].obj.objgen
    assert pages.get_page_label(len(proof.sheets)) == "legend 1"


def test_copy_claims_nothing_and_is_the_same_each_time(widowed: Laid) -> None:
    proof = widowed.proof()
    content = highlight_findings(widowed.content, proof)
    assert content == highlight_findings(widowed.content, proof)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert not {"/Metadata", "/OutputIntents"} & set(pdf.Root.keys())


def test_nothing_found_is_said_on_the_legend(clean: Laid) -> None:
    pages = pypdfium2.PdfDocument(highlight_findings(clean.content, clean.proof()))
    assert "no findings" in pages[len(pages) - 1].get_textpage().get_text_range()


def test_qpdf_and_poppler_read_the_copy_without_a_word(widowed: Laid, tmp_path: Path) -> None:
    path = tmp_path / "marked.pdf"
    path.write_bytes(highlight_findings(widowed.content, widowed.proof()))
    for words in (("qpdf", "--check", path), ("pdftotext", path, "-"), ("pdffonts", path)):
        outcome = subprocess.run(words, capture_output=True, check=True)
        assert outcome.stderr == b""
