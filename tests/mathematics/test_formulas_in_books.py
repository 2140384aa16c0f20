"""Formulas in an edition: MathML in its EPUB and web edition, text in its PDF, and all of it proved."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from tests.cases.conftest import Make, Small, demand_built

TEXT = r"""# On Formulas

The law $E = mc^2$ costs $5 and $10, and *so does $f(x)$*, says $\text{if } x$.

$$ \sum_{i=0}^{n} x_i = \frac{\sqrt{\pi}}{2} $$

In a matrix: $$ \begin{pmatrix} a & b \\ c & d \end{pmatrix} $$ and so on.

## The energy $E$ of things

| Name  | Formula             |
|-------|---------------------|
| Euler | $e^{i\pi} + 1 = 0$  |

It is $$\int x$${alt="the integral of x"}.
"""
NOTES = "## law\n\n> The law E = mc²\n\nEinstein wrote $m = \\frac{E}{c^2}$.\n"


@pytest.fixture
def built(small: Make) -> Small:
    edition = small(TEXT, notes=NOTES, more="output: {formats: [epub, pdf, web]}\n")
    demand_built(edition.build())
    return edition


def test_formulas_are_mathml_and_text_and_are_proved(built: Small, tmp_path: Path) -> None:
    output = built.folder / "output"
    (epub,), (pdf,) = output.glob("*.epub"), output.glob("*.pdf")
    with ZipFile(epub) as book:
        package = next(book.read(name).decode() for name in book.namelist() if name.endswith(".opf"))
        text = book.read(next(name for name in book.namelist() if name.endswith("text.xhtml"))).decode()
    assert 'properties="mathml"' in package
    assert text.count("<math ") == 9
    assert 'alttext="E = mc²"' in text
    assert 'alttext="the integral of x"' in text
    assert "$5 and $10" in text
    page = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    for words in (
        "The law E = mc²1 costs $5 and $10",
        "∑ᵢ₌₀ⁿ xᵢ = (√π)/2",
        "the integral of x",
        "(a, b; c, d)",
        "m = E/(c²)",
    ):
        assert words in " ".join(page.split()), words
    assert "The energy E of things" in page
    with pikepdf.open(pdf) as opened:
        elements = [
            dictionary
            for dictionary in opened.objects
            if isinstance(dictionary, pikepdf.Dictionary) and dictionary.get("/S") == "/Formula"
        ]
        assert sorted(str(dictionary.Alt) for dictionary in elements)[:2] == ["(a, b; c, d)", "E"]
        assert len(elements) == 9
    _demand_faults_are_found(built, epub, pdf, tmp_path)


def _demand_faults_are_found(built: Small, epub: Path, pdf: Path, folder: Path) -> None:
    """Another MathML and other glyphs are found by the verification."""
    wrong = io.BytesIO()
    with ZipFile(epub) as book, ZipFile(wrong, "w") as copy:
        for zip_info in book.infolist():
            content = book.read(zip_info)
            copy.writestr(zip_info, content.replace(b"<mi>c</mi><mn>2</mn>", b"<mi>c</mi><mn>3</mn>"))
    changed = folder / epub.name
    changed.write_bytes(wrong.getvalue())
    assert "[V-0" in built.run("verify", str(built.folder), str(changed)).output
    painted = folder / pdf.name
    with pikepdf.open(pdf) as opened:
        for page in (item for item in opened.pages if "/Contents" in item):
            page.contents_coalesce()
            content = page.Contents.read_bytes()
            page.Contents = opened.make_stream(content.replace(b"/ActualText <feff0045>", _OTHER))
        opened.save(painted)
    assert "[V-0" in built.run("verify", str(built.folder), str(painted)).output


_OTHER = b"/ActualText <feff0046>"
"""The formula E, read as F."""
