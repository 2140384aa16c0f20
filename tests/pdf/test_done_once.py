"""What the engine is spared changes nothing: each glyph stands where the engine alone would put it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
import pytest
from tests.pdf.conftest import BODY, document, rendered

from publisher.layout.weasyprint import layout, patches
from publisher.layout.weasyprint.features.composer.hooks import Composer
from publisher.layout.weasyprint.fetch import Fetcher
from publisher.layout.weasyprint.hooks import apply_hooks
from publisher.layout.weasyprint.speed import speed_hooks
from publisher.model.rendition import PdfRendition
from publisher.pdf.assemble.content import fonts_of
from publisher.pdf.assemble.fonts import Font

ODD = """<section id="odd"><p id="p1">Raised a\u0301\u0323 b\u0307\u0331, no letter here: \u2603 \U00013000;
<span style="font-variant-caps: small-caps">Small capitals</span> and <u>underlined words</u>, a zero\u200bwidth space,
<span style="letter-spacing: 2pt">spaced out</span>, <span lang="sr">бгд</span>, 1/2 <b style="font-size: 7pt">so</b>
and <span dir="rtl">\u05d0\u05d1\u05d2</span> from right to left.</p></section>"""
SPARE = 20
"""Thousandths of the type size by which a glyph may stand elsewhere: the engine rounds twice at each space."""
WRITING = (patches.STRUCTURE, patches.CLEAN_FONT, patches.TABLE_WIDTHS, patches.INLINE_BOX)
"""What is replaced with and without it."""
FEATURES = "html { font-variant-numeric: oldstyle-nums; font-kerning: normal } p { word-spacing: 1pt }"


def _placed(content: bytes) -> list[list[tuple[str, Any]]]:
    """For each page what is done, and for what is shown where each of its glyphs stands, in thousandths of the size."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts = fonts_of(pdf)
        return [[*_instructions(page, fonts)] for page in pdf.pages]


def _instructions(page: pikepdf.Page, fonts: Mapping[str, Font]) -> Iterator[tuple[str, Any]]:
    font, opened = "", list[bool]()
    for item in pikepdf.parse_content_stream(page):
        operator = str(item.operator)
        if operator in ("BDC", "BMC"):
            opened.append(any("/PUBL_Text" in str(operand) for operand in item.operands))
        if (operator in ("BDC", "BMC") and opened[-1]) or (operator == "EMC" and opened.pop()):
            continue  # what a line from right to left says, which the engine alone does not write
        font = str(item.operands[0]) if operator == "Tf" else font
        told = (
            [*_glyphs(item.operands[0], fonts[font])]
            if operator == "TJ"
            else [str(operand) for operand in item.operands]
        )
        yield operator, told


def _glyphs(shown: Any, font: Font) -> Iterator[tuple[int, Any]]:
    """Each glyph and where it stands; spaces, which show nothing, are left out."""
    at = 0.0
    for part in shown:
        if not isinstance(part, pikepdf.String):
            at -= float(part)
            continue
        for glyph in font.glyphs(bytes(part)):
            code = int.from_bytes(glyph.code)
            if glyph.text.strip():
                yield code, pytest.approx(at, abs=SPARE)
            at += font.widths[code]


def _written(rendition: PdfRendition, *, once: bool) -> bytes:
    """What the engine writes, whatever it complains of."""
    (section,) = rendition.sections
    prepared = layout._prepare(rendition.dress)
    fetcher = Fetcher((*rendition.dress.assets, *rendition.dress.stylesheets))
    html = layout._Parsed(section.document, fetcher)
    state = layout.EngineState(root=html.etree_element)
    # the composer chooses lines by what it has shaped itself; without it the engine chooses them in both documents
    hooks = (
        hook
        for hook in state.hooks(rendition.dress.assets)
        if hook.target in WRITING and not isinstance(getattr(hook.function, "__self__", None), Composer)
    )
    with apply_hooks((*(speed_hooks() if once else ()), *hooks)):
        return layout._write(html, section, prepared, state, "-").content


@pytest.mark.parametrize("body", [BODY, ODD], ids=["usual", "odd"])
@pytest.mark.parametrize("rules", ["", FEATURES], ids=["plain", "features"])
def test_each_glyph_stands_where_the_engine_alone_puts_it(
    body: str, rules: str, caplog: pytest.LogCaptureFixture
) -> None:
    rendition = rendered(document(body), rendered("").dress.stylesheets[0].content.decode() + rules)
    quick = _placed(_written(rendition, once=True))
    assert quick == _placed(_written(rendition, once=False))
    assert sum(operator == "TJ" for page in quick for operator, _ in page) > 5
    caplog.clear()  # a letter that no typeface has is complained of, by both
