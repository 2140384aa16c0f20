"""Pages of PDFs from elsewhere: drawn in their places, turned as they are, without what a file of ours cannot hold."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from publisher.layout.document import write_pdf
from publisher.model.publication import MatterKind
from publisher.model.rendition import Asset, PdfRendition, PdfSection, Side
from publisher.pdf.foreign.pages import rebuild
from publisher.workers.executor import SerialExecutor

BLANK = b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100"/>'
PAGE = """<html lang="en"><head><title>A</title></head><body><section id="s"><p id="p">Opening.</p>
<figure class="page" id="f"><img src="blank.svg" alt="A treaty [1/1]" data-foreign="digest#2" data-starts="s--pages"/>
</figure></section></body></html>"""
SHEET = """
html { font: 10pt/14pt "Source Serif Pro" } body { margin: 0 }
@page { size: 80mm 60mm; margin: 10mm }
.page { break-before: page; margin: 0 } .page img { display: block; width: 60mm; height: 40mm }
"""


def foreign(*, turned: int = 0, embedded: bool = False) -> bytes:
    """A PDF of two pages, 200 by 100 points; the second has a red bar at its upper edge, words and tags."""
    with pikepdf.new() as pdf:
        for content in (
            b"",
            b"/P <</MCID 0>> BDC 1 0 0 rg 0 90 200 10 re f EMC BT /F 12 Tf 20 40 Td (Article II) Tj ET",
        ):
            page = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 200, 100]), Contents=pdf.make_stream(content))
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            page.Resources = Dictionary() if embedded else Dictionary(Font=Dictionary(F=font))
            page.Rotate = turned
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        if embedded:
            pdf.pages[1].Contents = pdf.make_stream(b"1 0 0 rg 0 90 200 10 re f")
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def rebuilt(content: bytes) -> bytes:
    """The pages as they are when a reader was loaded."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return rebuild(pdf, range(1, len(pdf.pages) + 1), size=len(content)).content


@pytest.fixture
def bound(make: Any, faces: str) -> Any:
    """The PDF of a section that ends with the second page of a file, and where its pages begin."""

    def bound(content: bytes) -> Any:
        bare: PdfRendition = make("", faces + SHEET)
        blank = Asset(href="blank.svg", media_type="image/svg+xml", content=BLANK)
        rendition = replace(
            bare,
            sections=(PdfSection(id="s", matter=MatterKind.BODY, side=Side.RIGHT, document=PAGE),),
            dress=replace(bare.dress, assets=(*bare.dress.assets, blank)),
            contents=(),
            foreign=(Asset(href="digest", media_type="application/pdf", content=rebuilt(content)),),
        )
        return write_pdf(lambda *_: rendition, executor=SerialExecutor(), name="a.pdf", moment="2026-11-24T00:00:00Z")

    return bound


def test_a_page_is_a_figure_with_its_words_to_be_seen_and_its_citation_to_be_heard(bound: Any) -> None:
    made = bound(foreign())
    with pikepdf.open(io.BytesIO(made.artifact.content)) as pdf:
        figures = [element for element in _elements(pdf.Root.StructTreeRoot.K[0]) if Name.Figure == element.S]
        assert [str(figure.Alt) for figure in figures] == ["A treaty [1/1]"]
    assert "Article II" in pypdfium2.PdfDocument(made.artifact.content)[1].get_textpage().get_text_range()


def test_a_page_begins_where_the_epub_has_it(bound: Any) -> None:
    assert [(page_start.element_id, page_start.offset) for page_start in bound(foreign()).page_starts] == [
        ("p", 0),
        ("s--pages", 0),
    ]


@pytest.mark.parametrize(("turned", "size"), [(0, (170.1, 85.0)), (90, (56.7, 113.4)), (180, (170.1, 85.0))])
def test_a_page_is_as_large_as_its_place_allows_and_turned_as_it_is(
    bound: Any, turned: int, size: tuple[float, float]
) -> None:
    page = pypdfium2.PdfDocument(bound(foreign(turned=turned, embedded=True)).artifact.content)[1]
    picture = page.render(scale=4).to_pil().convert("RGB")
    red = [at for at in range(picture.width * picture.height) if _is_red(picture, at)]
    xs, ys = [at % picture.width for at in red], [at // picture.width for at in red]
    wide, high = (max(xs) - min(xs) + 1) / 4, (max(ys) - min(ys) + 1) / 4
    expected = (size[0], size[1] / 10) if turned != 90 else (size[0] / 10, size[1])
    assert (wide, high) == pytest.approx(expected, abs=0.6)


def _is_red(picture: Any, at: int) -> bool:
    red, green, _ = picture.getpixel((at % picture.width, at // picture.width))
    return bool(red > 200 and green < 60)


def test_what_a_page_says_of_its_own_structure_is_left_behind(bound: Any) -> None:
    with pikepdf.open(io.BytesIO(bound(foreign()).artifact.content)) as pdf:
        (form,) = pdf.pages[1].Resources.XObject.values()
        assert b"BDC" not in form.read_bytes()


@pytest.mark.parametrize("embedded", [True, False])
def test_a_file_claims_its_standards_only_where_its_foreign_pages_allow_it(bound: Any, embedded: bool) -> None:
    content = bound(foreign(embedded=embedded)).artifact.content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
    assert (b"<pdfaid:part>" in packet) is (b"<pdfuaid:part>" in packet) is embedded


def _elements(element: Any) -> Any:
    yield element
    for kid in element.get("/K", ()):
        if not isinstance(kid, int) and "/S" in kid:
            yield from _elements(kid)
