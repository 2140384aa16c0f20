"""What the engine is spared changes nothing: each glyph stands where the engine alone would put it."""

from __future__ import annotations

import io
from contextlib import nullcontext
from typing import Any

import pikepdf
import pytest
from tests.write_pdf.conftest import BODY, document, rendered

from publisher.model.rendition import PdfRendition
from publisher.write.pdf import layout
from publisher.write.pdf.fetch import Fetcher
from publisher.write.pdf.once import done_once

ODD = """<section id="odd"><p id="p1">Raised a\u0301\u0323 b\u0307\u0331, no letter here: \u2603 \U00013000;
<span style="font-variant-caps: small-caps">Small capitals</span> and <u>underlined words</u>, a zero\u200bwidth space,
<span style="letter-spacing: 2pt">spaced out</span>, <span lang="sr">бгд</span>, 1/2 <b style="font-size: 7pt">so</b>
and <span dir="rtl">\u05d0\u05d1\u05d2</span> from right to left.</p></section>"""
FEATURES = "html { font-variant-numeric: oldstyle-nums; font-kerning: normal } p { word-spacing: 1pt }"


def _placed(content: bytes) -> list[list[tuple[str, Any]]]:
    """For each page what is shown and what else is done; adjustments summed up, strings with none between them one."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [[*map(_instruction, pikepdf.parse_content_stream(page))] for page in pdf.pages]


def _instruction(one: Any) -> tuple[str, Any]:
    operator = str(one.operator)
    if operator != "TJ":
        return operator, [str(operand) for operand in one.operands]
    parts: list[bytes | float] = []
    for part in one.operands[0]:
        value = bytes(part) if isinstance(part, pikepdf.String) else float(part)
        if value and parts and isinstance(parts[-1], bytes) and isinstance(value, bytes):
            parts[-1] += value
        elif value:
            parts.append(value)
    return operator, [part if isinstance(part, bytes) else pytest.approx(part, abs=0.001) for part in parts]


def _written(rendition: PdfRendition, *, once: bool) -> bytes:
    """What the engine writes, whatever it complains of."""
    (section,) = rendition.sections
    prepared = layout._prepared(rendition.dress)
    fetcher = Fetcher((*rendition.dress.assets, *rendition.dress.stylesheets))
    html = layout._Parsed(section.document, fetcher)
    with done_once() if once else nullcontext():
        return layout._written(html, section, prepared, rendition.dress, "-")


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
