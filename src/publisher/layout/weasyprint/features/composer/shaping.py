"""The texts of a paragraph, shaped once each: where characters begin, where lines may end, the glyphs themselves."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, compress
from typing import Any

from weasyprint.formatting_structure.boxes import InlineBox, TextBox
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango

from publisher.layout.weasyprint.features.no_break import is_call
from publisher.layout.weasyprint.speed.glyphs import OTHER_SPACES, RAISED

_ELSE = re.compile("[\n\r\t\f\x85\xad\u0590-\u08ff\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufb1d-\ufdff\ufe70-\ufeff]")
"""What is left to the engine: text from right to left, soft hyphens, line ends, tabs, separators, controls."""
_SPACE = re.compile("[ \u00a0]")
"""The spaces that are narrowed and widened."""
_BREAK, _START, _END = (bytes(bool(byte & bit) for byte in range(256)) for bit in (1, 1 << 5, 1 << 6))
"""For `bytes.translate`: whether the low byte of a `PangoLogAttr` says line break, start of a word, end of one."""
_LEADING = bytes((byte & 0xC0) != 0x80 for byte in range(256))
"""For `bytes.translate`: whether a byte begins a character in UTF-8."""
GLYPH = ffi.sizeof("PangoGlyphInfo")


class Refused(Exception):
    """A paragraph that is left to the engine, with the reason."""


class _Places(dict[int, int]):
    """Where characters begin; those inside a ligature are spread over it."""

    known: tuple[int, ...] = ()
    """The characters whose place is known, in order; filled when it is needed."""

    def __missing__(self, index: int) -> int:
        known = self.known = self.known or tuple(sorted(self))
        at = bisect_left(known, index)
        before, after = known[at - 1], known[at]
        return self[before] + (self[after] - self[before]) * (index - before) // (after - before)


class Run:
    """One text box of a paragraph, shaped once."""

    __slots__ = (
        "at",
        "base",
        "baseline",
        "breaks",
        "bytes",
        "clusters",
        "exact",
        "face",
        "glyphs",
        "height",
        "in_call",
        "keep",
        "path",
        "space",
        "space_base",
        "spaces",
        "style",
        "text",
        "total",
        "unbroken",
        "words",
        "x",
    )

    def __init__(self, context: Any, path: tuple[int, ...], box: Any, *, in_call: bool) -> None:
        """Shape a text; raises `Refused` for text that is left to the engine."""
        self.path, self.style, self.text, self.in_call = path, box.style, box.text, in_call
        self.unbroken = box.style["white_space"] == "nowrap"
        self.base = self.space_base = 0
        if _ELSE.search(self.text):
            raise Refused("characters")
        layout = line_break.create_layout(self.text, self.style, context, None, 0)
        line, _ = layout.get_first_line()
        _, self.height = line_break.line_size(line, self.style)
        self.baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
        self.exact = _is_exact(self.style, self.text)
        encoded = self.text.encode()
        self.bytes = [*compress(range(len(encoded)), encoded.translate(_LEADING)), len(encoded)]
        self.keep = layout.layout
        self._measure(line, encoded)
        self._read_attributes(layout)
        layout.deactivate()
        self.spaces = [found.start() for found in _SPACE.finditer(self.text)]
        self.space = self.at(self.spaces[0] + 1) - self.at(self.spaces[0]) if self.spaces else 0

    def _read_attributes(self, layout: Any) -> None:
        """Note where lines may end, and where words begin and end."""
        count = len(self.text)
        attributes = pango.pango_layout_get_log_attrs_readonly(layout.layout, ffi.NULL)
        low = bytes(ffi.buffer(attributes, 4 * (count + 1)))[::4]
        indices = range(count + 1)
        self.breaks = () if self.unbroken else tuple(compress(indices[1:count], low[1:count].translate(_BREAK)))
        starts, ends = (compress(indices, low.translate(table)) for table in (_START, _END))
        self.words = tuple(zip(starts, ends, strict=False))
        """Where each word begins and ends."""

    def _measure(self, line: Any, encoded: bytes) -> None:
        """Note where each character begins, and the glyphs."""
        places = _Places()
        characters = [*accumulate(encoded.translate(_LEADING), initial=-1)][1:]
        node, total = line.runs, 0
        self.glyphs: bytes | None = None
        self.clusters: list[int] = []
        self.face: Any = None
        while node != ffi.NULL:
            item, glyphs = node.data.item, node.data.glyphs
            if item.analysis.level % 2:
                raise Refused("right to left")
            number = glyphs.num_glyphs
            memory = bytes(ffi.buffer(glyphs.glyphs, GLYPH * number))
            # a PangoGlyphInfo is five numbers of 32 bits: the glyph, its width, two offsets, attributes
            ends = [*accumulate(memoryview(memory).cast("i")[1::5].tolist(), initial=total)]
            clusters = memoryview(ffi.buffer(glyphs.log_clusters, 4 * number)).cast("i").tolist()
            self.exact |= item.offset > 0  # another typeface: a line may be less high than the whole text
            self.clusters = [characters[item.offset + cluster] for cluster in clusters]
            self.face, self.glyphs = item.analysis.font, memory
            places.update(zip(reversed(self.clusters), ends[-2::-1], strict=True))
            total = ends[-1]
            node = node.next
        places[len(self.text)] = self.total = total
        self.x, self.at = places, places.__getitem__

    def spaces_up_to(self, index: int) -> int:
        """How wide all spaces of the paragraph are together, up to a character of this text."""
        return self.space_base + bisect_left(self.spaces, index) * self.space


def _is_exact(style: Any, text: str) -> bool:
    """Whether each piece of a text has to be shaped by itself for its height and glyphs to be right."""
    spaced = style["letter_spacing"] != "normal" or style["word_spacing"] != 0
    marked = style["text_decoration_line"] != "none"
    return bool(spaced or marked or OTHER_SPACES.search(text) or RAISED.search(text))


def leaves(
    box: Any, path: tuple[int, ...] = (), *, in_call: bool = False
) -> Iterator[tuple[tuple[int, ...], Any, bool]]:
    """Yield each text box in a line box: its path, itself, and whether it is in the call of a note.

    Raises `Refused` for content that is left to the engine.
    """
    for index, child in enumerate(box.children):
        if isinstance(child, TextBox):
            if child.text:
                _demand_plain(child)
                yield (*path, index), child, in_call
        elif not child.is_in_normal_flow():
            if child.is_floated():
                raise Refused("floats")
        elif isinstance(child, InlineBox):
            _demand_without_edges(child)
            yield from leaves(child, (*path, index), in_call=in_call or is_call(child))
        else:
            raise Refused("pictures and blocks in the line")


def _demand_plain(box: Any) -> None:
    style = box.style
    if box.is_leader:
        raise Refused("leaders")
    if style["white_space"] not in ("normal", "nowrap") or style["word_break"] != "normal":
        raise Refused("white space")
    if not style["font_size"]:
        raise Refused("text without size")


def _demand_without_edges(box: Any) -> None:
    style = box.style
    if box.is_leader or style["direction"] != "ltr" or style["position"] == "relative":
        raise Refused("boxes in the line")
    for side in ("left", "right"):
        lengths = (style[f"margin_{side}"], style[f"padding_{side}"])
        if style[f"border_{side}_width"] or any(_length(length) for length in lengths):
            raise Refused("boxes with space at their sides")


def _length(value: Any) -> Any:
    return 0 if value == "auto" else getattr(value, "value", value)


def width(context: Any, style: Any, text: str) -> int:
    """Return the width of a text, in units of Pango."""
    layout = line_break.create_layout(text, style, context, None, 0)
    length: float = line_break.line_size(layout.get_first_line()[0], style)[0]
    return int(length * TO_UNITS + 0.5)


def letter_widths(style: Any) -> tuple[dict[str, int], dict[str, int]]:
    """Return what is known of the last letters of lines in a style: their width with a hyphen, and `kerning`."""
    known: dict[Any, Any] = style.font_config.__dict__.setdefault("publisher_letters", {})
    letters = (style["letter_spacing"], style["font_size"], style["lang"])
    key = (line_break._font_style_cache_key(style), letters, style["hyphenate_character"])
    found: tuple[dict[str, int], dict[str, int]] = known.setdefault(key, ({}, {}))
    return found


def kerning(context: Any, style: Any, letter: str) -> int:
    """Return how much wider a letter is at the end of a line than before a space."""
    alone, space, both = (width(context, style, text) for text in (f"n{letter}", " n", f"n{letter} n"))
    return alone + space - both
