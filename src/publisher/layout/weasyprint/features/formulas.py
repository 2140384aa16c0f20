"""Formulas drawn as text: the glyphs that were laid out for them, at the place of an empty picture.

WeasyPrint has no MathML. A formula comes as a picture of its size with an attribute that says which glyphs of the
typeface for formulas are where. The words of the formula are their ActualText (ISO 32000-2, 14.9.4).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from weasyprint.text.ffi import FROM_UNITS
from weasyprint.text.line_break import create_layout

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, around
from publisher.pdf.read.formula_text import formula_property

_ATTRIBUTE = "data-formula"
_PLAIN = {
    "font_style": "normal",
    "font_weight": 400,
    "font_stretch": "normal",
    "letter_spacing": "normal",
    "font_variant_caps": "normal",
    "font_variant_position": "normal",
    "font_variant_numeric": "normal",
    "font_variant_ligatures": "normal",
    "font_feature_settings": "normal",
}
"""The properties of the typeface of a formula, whatever those of the words around it are."""


def formula_hooks() -> tuple[Hook, ...]:
    """Return the hook by which the pictures of formulas are drawn."""
    return (around(patches.DRAW_PICTURE, _draw),)


def _draw(proceed: Callable[..., None], stream: Any, box: Any) -> None:
    data = box.element.get(_ATTRIBUTE) if box.element is not None else None
    if data is None:
        proceed(stream, box)
        return
    known = json.loads(data)
    size = float(box.style["font_size"]) * min(float(box.width) / (known["width"] * box.style["font_size"]), 1.0)
    left, top = box.content_box_x(), box.content_box_y()
    baseline = top + known["ascent"] * size
    stream.set_color(box.style["color"])
    stream.stream.append(formula_property(box.element.get("alt", "")))
    layout, font, space = _font(stream, box.style, known["family"])
    number, character, _, *others = space
    last = [number, character, known["width"] - space[-1] / 1000, *others]
    stream.begin_text()
    for number, character, x, y, share, advance in (space, *known["glyphs"], last):
        font.to_unicode[number], font.widths[number] = character, advance
        stream.set_text_matrix(1, 0, 0, -1, left + x * size, baseline + y * size)
        stream.set_font_size(font.hash, share * size)
        stream.show_text(f"<{number:04x}>")
    stream.end_text()
    for x, y, width, height in known["rules"]:
        stream.rectangle(left + x * size, baseline + y * size, width * size, height * size)
        stream.fill()
    layout.deactivate()
    stream.stream.append(b"EMC")


def _font(stream: Any, style: Any, family: str) -> tuple[Any, Any, list[Any]]:
    """The typeface of formulas as a font of the file, the layout that owns it, and its space.

    The space is at both ends of the baseline of a formula, so that programs find where in its line it is.
    """
    own = style.copy()
    own["font_family"] = (family,)
    for name, value in _PLAIN.items():
        own[name] = value
    layout = create_layout(" ", own, None, None, 0)
    line, _ = layout.get_first_line()
    run = line.runs[0].data
    font, size = stream.add_font(run.item.analysis.font)
    glyph = run.glyphs.glyphs[0]
    width = round(glyph.geometry.width * FROM_UNITS * 1000 / size)
    return layout, font, [glyph.glyph, " ", 0.0, 0.0, 1.0, width]
