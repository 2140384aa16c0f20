"""The figures that numbers of notes are set with when sections are joined: which glyphs a style has for them.

A section is laid out with zeros in the place of these numbers. Another number may take their place if all figures have
one width, whatever is next to them: a typeface or a style sheet for which that is not so is noted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.text.ffi import ffi
from weasyprint.text.line_break import split_first_line

from publisher.layout.weasyprint.hooks import Hook, on_drawing
from publisher.pdf.assemble.section_pdf import DrawnNumber

ATTRIBUTE = "data-number"
"""What says that an element has a number, and which."""
FIGURES = "0123456789"
_PAIRS = "".join(f"{first}{second}" for first in FIGURES for second in FIGURES)
"""Every figure before and after every other one."""


@dataclass(slots=True, kw_only=True)
class NoteNumbers:
    """The numbers of notes that were drawn in a document."""

    elements: Mapping[Element, int]
    """The number of each element."""
    drawn: list[DrawnNumber] = field(default_factory=list)
    """One for each time that a number was drawn."""
    _known: dict[tuple[Any, ...], tuple[str, ...]] = field(default_factory=dict)

    def hooks(self) -> tuple[Hook, ...]:
        """Return the hook by which numbers are noted when they are drawn."""
        return (on_drawing(self._draw_text),)

    def _draw_text(self, proceed: Callable[..., None], stream: Any, box: Any, *others: Any) -> None:
        element = box.element
        if element is not None and element.get(ATTRIBUTE) is not None and "::" not in box.element_tag:
            whole = box.text == element.text and box.style["letter_spacing"] == "normal"
            codes = self._codes(box) if whole else ()
            self.drawn.append(DrawnNumber(element=self.elements[element], codes=codes))
        proceed(stream, box, *others)

    def _codes(self, box: Any) -> tuple[str, ...]:
        """The glyphs of all figures in the style of a text; nothing if they are not of one width."""
        style = box.style
        key = (style["font_size"], style["direction"], *_typeface_key(style))
        if key not in self._known:
            self._known[key] = _figures(style)
        return self._known[key]


def _typeface_key(style: Any) -> tuple[Any, ...]:
    """What a style says of its typeface."""
    names = (name for name in style if name.startswith("font_") or name in ("lang", "text_decoration_line"))
    return tuple(str(style[name]) for name in sorted(names))


def _figures(style: Any) -> tuple[str, ...]:
    """The glyphs of all figures in a style; nothing if one of them depends on its neighbour or is as wide as it."""
    single = _glyphs(FIGURES, style)
    if len(single) != len(FIGURES) or len({width for _, width in single}) != 1:
        return ()
    by_figure = dict(zip(FIGURES, single, strict=True))
    if _glyphs(_PAIRS, style) != [by_figure[figure] for figure in _PAIRS]:
        return ()
    return tuple(f"{glyph:04x}" for glyph, _ in single)


def _glyphs(text: str, style: Any) -> list[tuple[int, int]]:
    """Each glyph of a text with its width, in units of Pango; nothing if it is set in two typefaces."""
    layout, *_ = split_first_line(text, style, None, None, 0)
    layout.reactivate(style)
    line, _ = layout.get_first_line()
    found: list[tuple[int, int]] = []
    run = line.runs[0]
    if run == ffi.NULL or run.next != ffi.NULL:
        return []
    glyphs = run.data.glyphs
    for at in range(glyphs.num_glyphs):
        item = glyphs.glyphs[at]
        if item.geometry.x_offset or item.geometry.y_offset:
            return []
        found.append((item.glyph, item.geometry.width))
    layout.deactivate()
    return found
