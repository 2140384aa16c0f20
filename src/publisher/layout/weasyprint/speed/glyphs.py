"""The glyphs of a line written as text to show (ISO 32000-2, 9.4.3), each looked up where it was met before.

WeasyPrint 70 asks Pango for each number of each glyph and works out what to write every time: an eighth of the time
that a section takes. Here the glyphs of a run are read as one piece of memory. A line in which anything is unusual
(a letter that no typeface has, glyphs in colour or of pixels, raised glyphs, an ellipsis) is left to the engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from struct import Struct
from typing import Any
from unicodedata import decomposition, normalize

from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.features.complex_lines import UnusualGlyph, is_complex, write_complex_line
from publisher.layout.weasyprint.fixes.bidirectional_lines import is_ordered
from publisher.layout.weasyprint.hooks import Hook, around
from publisher.layout.weasyprint.speed.lines import spacing

_KEPT = "publisher_shown"
SPACE = "\N{SYMBOL FOR SPACE}"
"""Marks where a line is widened."""
_READ, _AS, _SHOWN = "\ue000", "\ue001", "\ue002"
"""Enclose a glyph that is read as other characters than its typeface says: these, and what to show."""
_READ_AS = re.compile(f"{_READ}(.)(?:{_AS})(.*?){_SHOWN}")
RAISED = re.compile("[ªº²³¹ʰ-ʸˠ-ˤᴬ-ᵪᵸᶛ-ᶿ⁰-ⁿ]")
"""Characters that may be raised ones."""
_SPACES = frozenset(" \N{NO-BREAK SPACE}")
"""The spaces that are widened."""
OTHER_SPACES = re.compile("[\u2000-\u200a\u202f\u205f\u3000]")
"""Spaces that keep their width. HarfBuzz draws those that a typeface lacks with the glyph of the word space."""
_SIZE = ffi.sizeof("PangoGlyphInfo")
_EMPTY = pango.PANGO_GLYPH_EMPTY
_NOTHING = "\N{ZERO WIDTH SPACE}"
_ENTRY = Struct("4i4x")
"""Which glyph it is, its width, how far it is aside and how far it is raised, in units of Pango."""


class _Unusual(Exception):
    """A line that the engine has to draw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What was met of a typeface in one size."""

    font: Any
    size: float
    glyphs: dict[tuple[int, ...], str] = field(default_factory=dict)
    """What to show of a glyph, by its entry, in lines in which each glyph represents one thing."""

    def shown(self, run: Any, face: Any, stream: Any, said: str) -> str:
        """What to show of a run."""
        memory = ffi.buffer(run.glyphs.glyphs, run.glyphs.num_glyphs * _SIZE)
        entries = tuple(_ENTRY.iter_unpack(memory))
        if OTHER_SPACES.search(said) or RAISED.search(said):
            content = said.encode()
            return f"<{''.join([self._one(at, entries, run, face, stream, content) for at in range(len(entries))])}>"
        if not self.glyphs.keys() >= {*entries}:
            content = said.encode()
            for at, entry in enumerate(entries):
                if entry not in self.glyphs:
                    self.glyphs[entry] = self._one(at, entries, run, face, stream, content)
        return f"<{''.join([self.glyphs[entry] for entry in entries])}>"

    def _one(self, at: int, entries: tuple[tuple[int, ...], ...], run: Any, face: Any, stream: Any, said: bytes) -> str:
        """What to show of one glyph; notes which letters it represents."""
        glyph, width, aside, raised = entries[at]
        if glyph > _EMPTY or raised:
            raise _Unusual
        if glyph == _EMPTY:
            return f">{-width / self.size}<"
        start, end = _letters(run, at, entries)
        letters = said[start:end].decode().replace(_NOTHING, "")
        self._stands_for(glyph, letters)
        shown = self._display(glyph, width, aside / self.size, self._width(glyph, face, stream))
        if _is_raised(letters):
            return f"{_READ}{letters}{_AS}{shown}{_SHOWN}"
        return shown + (SPACE if letters in _SPACES else "")

    def _stands_for(self, glyph: int, letters: str) -> None:
        """Notes the letters of a glyph where it is met for the first time; those of the word space are a space.

        The calls of notes share the glyphs of raised characters, and are met in other sections: the glyph of “²” always
        represents “2”, and where it is “²”, that is said next to it.
        """
        letters = normalize("NFKC", letters) if _is_raised(letters) else letters
        known = self.font.to_unicode
        if glyph not in known or (letters in _SPACES and OTHER_SPACES.fullmatch(known[glyph])):
            known[glyph] = letters

    def _display(self, glyph: int, width: int, aside: float, natural: float) -> str:
        kerning = int(natural + aside - width * 1000 * FROM_UNITS / self.size)
        return (f">{-aside:.3f}<" if aside else "") + f"{glyph:04x}" + (f">{kerning}<" if kerning else "")

    def _width(self, glyph: int, face: Any, stream: Any) -> float:
        """The width of a glyph without kerning, in thousandths of the size; stored by the font, which prints it."""
        widths = self.font.widths
        if glyph not in widths:
            pango.pango_font_get_glyph_extents(face, glyph, stream.ink_rect, stream.logical_rect)
            widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / self.size)
        return float(widths[glyph])


def glyph_hooks() -> tuple[Hook, ...]:
    """Return the hook by which lines are written from what is known of their glyphs."""
    return (around(patches.DRAW_LINE, _draw_line),)


def _draw_line(proceed: Callable[..., Any], stream: Any, box: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
    """Write a line; the engine does it if anything in it is unusual."""
    is_blank = not box.text.strip() and (not box.text or not is_ordered(box))
    if overflow == "ellipsis" or ellipsis != "none" or is_blank or box.style["font_size"] < 1e-6:
        return proceed(stream, box, overflow, ellipsis, matrix)
    layout = box.pango_layout
    if not layout.publisher_kept:
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    try:
        if not box.text.strip() or is_complex(layout.text, turned=box.style["direction"] == "rtl"):
            write_complex_line(stream, line, layout.text, matrix, told=box.text, wider=spacing(layout))
            return []
        shown = [*_display(line, stream, layout.text)]
    except (_Unusual, UnusualGlyph):
        layout.deactivate()
        make = getattr(layout, "make", layout.reactivate)  # that of a planned line is not made again by itself
        make(box.style)
        return proceed(stream, box, overflow, ellipsis, matrix)
    _write(stream, shown, matrix, spacing(layout))
    return []


def draw_known(stream: Any, face: Any, glyphs: bytes, matrix: Any, wider: float) -> bool:
    """Whether glyphs of a typeface were written, as Pango keeps them: only if each was met before."""
    try:
        font, size = _font(stream, face)
    except _Unusual:
        return False
    known = font.__dict__.setdefault(_KEPT, {}).setdefault(size, _Known(font=font, size=size))
    entries = tuple(_ENTRY.iter_unpack(glyphs))
    if not known.glyphs.keys() >= {*entries}:
        return False
    _write(stream, [(font, size, f"<{''.join([known.glyphs[entry] for entry in entries])}>")], matrix, wider)
    return True


def _write(stream: Any, shown: list[tuple[Any, float, str]], matrix: Any, wider: float) -> None:
    """Puts a line on its page, each space so many pixels wider; strings with nothing between them are one."""
    stream.set_text_matrix(*matrix.values)
    for font, size, string in shown:
        stream.set_font_size(font.hash, size)
        gap = f">{-wider * 1000 / size:.3f}<" if wider else ""
        for actual, part in _parts(string.replace(SPACE, gap)):
            if actual:
                written = f"\ufeff{actual}".encode("utf-16-be").hex()
                stream.stream.append(f"/Span <</ActualText <{written}>>> BDC".encode())
            stream.show_text(part.replace("><", "").replace("<>", " "))
            if actual:
                stream.stream.append(b"EMC")


def _parts(string: str) -> Iterator[tuple[str, str]]:
    """What to show in parts, each with the character that it is read as if its typeface says another."""
    if _READ not in string:
        yield "", string
        return
    done, inside = 0, string.removeprefix("<").removesuffix(">")
    for found in _READ_AS.finditer(inside):
        if before := inside[done : found.start()]:
            yield "", f"<{before}>"
        yield found[1], f"<{found[2]}>"
        done = found.end()
    if rest := inside[done:]:
        yield "", f"<{rest}>"


def _is_raised(letters: str) -> bool:
    """Whether this is a raised character, such as “²” and “ª”: the decomposition of Unicode says so."""
    return bool(RAISED.fullmatch(letters)) and decomposition(letters).startswith("<super> ")


def _display(line: Any, stream: Any, said: str) -> Iterator[tuple[Any, float, str]]:
    """Each stretch of a line in one typeface: the typeface, its size, what to show."""
    before, string = None, ""
    font: Any = None
    size, known = 0.0, _Known(font=None, size=0)
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        face = item.item.analysis.font
        if face != before:
            if string:
                yield font, size, string
            before, string = face, ""
            font, size = _font(stream, face)
            known = font.__dict__.setdefault(_KEPT, {}).setdefault(size, _Known(font=font, size=size))
        string += known.shown(item, face, stream, said)
    yield font, size, string


def _font(stream: Any, face: Any) -> tuple[Any, float]:
    font, size = stream.add_font(face)
    if font.bitmap or font.png or font.svg or font.colr:
        raise _Unusual
    return font, size


def _letters(run: Any, at: int, entries: tuple[tuple[int, ...], ...]) -> tuple[int, int]:
    """Where the letters of a glyph begin and end, in bytes of the line.

    Characters without a glyph that are inside a ligature come behind it.
    """
    item, clusters = run.item, run.glyphs.log_clusters
    step = -1 if item.analysis.level % 2 else 1  # from right to left, or from left to right
    behind = at + step
    while 0 <= behind < len(entries) and entries[behind][0] == _EMPTY and clusters[behind] == clusters[at]:
        behind += step
    end = clusters[behind] if 0 <= behind < len(entries) else item.length
    return item.offset + clusters[at], item.offset + end
