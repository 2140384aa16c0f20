"""Lines whose glyphs are not one for each letter from left to right: Hebrew, Arabic, Indic scripts, letters with marks.

Their glyphs are painted as they are seen. A ToUnicode map says of each glyph alone what it represents; if that is not
enough, the letters of a cluster are its property ActualText (ISO 32000-2, 14.9.4). Programs that copy or read a line
put the clusters in order. The text of the whole line is a private property next to it: the proof lays it out by UAX #9
and compares the result with what is painted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unicodedata import category, normalize

import regex
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from publisher.fonts.nominal import OPEN, NominalGlyphs, agree, is_apart, mirror, nominal_glyphs
from publisher.pdf.read.line_text import line_text_property

_SILENT = regex.compile(r"[\p{Default_Ignorable_Code_Point}]")
"""Characters that have no glyph."""
_OF_DIRECTION = regex.compile(r"\p{Bidi_Control}")
"""Marks and controls of UAX #9."""
_SPACES = (" ", "\N{NO-BREAK SPACE}")
"""The spaces that are widened."""
_WIDTHLESS = "\N{ZERO WIDTH SPACE}"
_KEPT = "publisher_nominal"


class UnusualGlyph(Exception):
    """A glyph that only the engine can draw: one that no typeface has, or one in colours."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A glyph with its place; lengths are in units of Pango."""

    number: int
    width: int
    aside: int
    raised: int


@dataclass(slots=True)
class _Writer:
    """What a line shows, in parts that have one typeface and one height."""

    stream: Any
    wider: float
    """How much wider each space is, in pixels."""
    face: Any = None
    font: Any = None
    size: float = 0.0
    shown: list[str] = field(default_factory=list)

    def choose(self, face: Any) -> None:
        """Continue in a typeface."""
        if face == self.face:
            return
        self.flush()
        self.face = face
        self.font, self.size = self.stream.add_font(face)
        if self.font.bitmap or self.font.png or self.font.svg or self.font.colr:
            raise UnusualGlyph
        self.stream.set_font_size(self.font.hash, self.size)

    def flush(self) -> None:
        """Write what is waiting."""
        string = "".join(self.shown)
        self.shown = []
        if string:
            self.stream.show_text(f"<{string}>".replace("<>", " "))

    def cluster(self, glyphs: list[_Glyph], letters: str, *, told: bool) -> None:
        """Write the glyphs of some letters, with these next to them if they are to be `told`."""
        if told:
            self.flush()
            written = f"\ufeff{letters}".encode("utf-16-be").hex()
            self.stream.stream.append(f"/Span <</ActualText <{written}>>> BDC".encode())
        for glyph in glyphs:
            self._glyph(glyph)
        if letters in _SPACES and self.wider:
            self.shown.append(f">{-self.wider * 1000 / self.size:.3f}<")
        if told:
            self.flush()
            self.stream.stream.append(b"EMC")

    def _glyph(self, glyph: _Glyph) -> None:
        aside, natural = glyph.aside / self.size, self._natural(glyph.number)
        kerning = int(natural + aside - glyph.width * 1000 * FROM_UNITS / self.size)
        shown = (f">{-aside:.3f}<" if aside else "") + f"{glyph.number:04x}" + (f">{kerning}<" if kerning else "")
        if not glyph.raised:
            self.shown.append(shown)
            return
        self.flush()
        self.stream.set_text_rise(-glyph.raised * FROM_UNITS)
        self.shown.append(shown)
        self.flush()
        self.stream.set_text_rise(0)

    def _natural(self, glyph: int) -> float:
        """The width of a glyph without kerning, in thousandths of the size; stored by the font, which prints it."""
        widths, stream = self.font.widths, self.stream
        if glyph not in widths:
            pango.pango_font_get_glyph_extents(self.face, glyph, stream.ink_rect, stream.logical_rect)
            widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / self.size)
        return float(widths[glyph])


def is_complex(text: str, *, turned: bool) -> bool:
    """Return whether the glyphs of a line are not one for each letter from left to right; `turned` runs to the left."""
    return is_apart(text) or (turned and not text.isalnum()) or bool(_OF_DIRECTION.search(text))


def write_complex_line(stream: Any, line: Any, text: str, matrix: Any, *, told: str, wider: float) -> None:
    """Put a line on its page, each space so many pixels wider, with what it is `told` to say. Raises `UnusualGlyph`.

    To a space alone the engine adds a character without width.
    """
    content = text.encode()
    runs = list(_runs(line))
    numbers = (run.glyphs.glyphs[at].glyph for run in runs for at in range(run.glyphs.num_glyphs))
    if any(number > pango.PANGO_GLYPH_EMPTY for number in numbers):
        raise UnusualGlyph
    writer = _Writer(stream=stream, wider=wider)
    stream.stream.append(line_text_property(told if text == f"{told}{_WIDTHLESS}" else text))
    stream.set_text_matrix(*matrix.values)
    for run in runs:
        writer.choose(run.item.analysis.font)
        nominal = _nominal(writer.font)
        for glyphs, letters in _clusters(run, content):
            seen = [glyph for glyph in glyphs if glyph.number != pango.PANGO_GLYPH_EMPTY]
            turned = bool(run.item.analysis.level % 2)
            is_said = _enter(writer.font, [glyph.number for glyph in seen], letters, nominal, turned=turned)
            writer.cluster(seen, letters, told=is_said and bool(_SILENT.sub("", letters)))
    writer.flush()
    stream.stream.append(b"EMC")


def _runs(line: Any) -> Iterator[Any]:
    run = line.runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next


def _nominal(font: Any) -> NominalGlyphs:
    if _KEPT not in font.__dict__:
        font.__dict__[_KEPT] = nominal_glyphs(font.file_content, font.index)
    kept: NominalGlyphs = font.__dict__[_KEPT]
    return kept


def _clusters(run: Any, content: bytes) -> Iterator[tuple[list[_Glyph], str]]:
    """The glyphs that HarfBuzz made of letters together, from left to right, with these letters."""
    string = run.glyphs
    starts = [string.log_clusters[at] for at in range(string.num_glyphs)]
    order = sorted(set(starts))
    ends = dict(zip(order, [*order[1:], run.item.length], strict=True))
    for start in dict.fromkeys(starts):
        members = [string.glyphs[at] for at in range(string.num_glyphs) if starts[at] == start]
        places = [(member.geometry.width, member.geometry.x_offset, member.geometry.y_offset) for member in members]
        letters = content[run.item.offset + start : run.item.offset + ends[start]].decode()
        yield [_Glyph(member.glyph, *place) for member, place in zip(members, places, strict=True)], letters


def _enter(font: Any, glyphs: list[int], letters: str, nominal: NominalGlyphs, *, turned: bool) -> bool:
    """Enter what glyphs represent, the same wherever they are met; whether that is not enough to read them."""
    meanings = list(_meanings(glyphs, letters, nominal, turned=turned))
    for glyph, said in meanings:
        font.to_unicode[glyph] = agree({said: 1, font.to_unicode.get(glyph, said): 2})
    if any(font.to_unicode[glyph] != said or said == OPEN for glyph, said in meanings):
        return True
    read = normalize("NFC", "".join(said for _, said in meanings))
    return not turned and read != normalize("NFC", _SILENT.sub("", letters))


def _meanings(glyphs: list[int], letters: str, nominal: NominalGlyphs, *, turned: bool) -> Iterator[tuple[int, str]]:
    """What each glyph of a cluster represents; several that represent no letter by themselves are open."""
    spoken = _SILENT.sub("", letters)
    if len(glyphs) == 1:
        seen = mirror(spoken) if turned else spoken
        yield glyphs[0], seen if seen and nominal.glyph(seen[0]) == glyphs[0] else spoken or OPEN
        return
    known = {nominal.glyph(item): item for form in ("NFD", "NFC") for item in (" ", *spoken, *normalize(form, spoken))}
    rest = normalize("NFC", spoken)
    for glyph in glyphs:
        if glyph in known:
            rest = _without(rest, known[glyph])
            is_open = glyph in nominal.shared and category(known[glyph]).startswith("M")
            yield glyph, OPEN if is_open else known[glyph]
    others = [glyph for glyph in (reversed(glyphs) if turned else glyphs) if glyph not in known]
    drawn_about = [number for number in others if nominal.is_mark(number)]
    marks = "".join(text for text in rest if category(text).startswith("M")) if drawn_about else ""
    if drawn_about and len(drawn_about) == len(others):
        marks = rest  # as in Devanagari, where a mark stands for a letter
    yield from _shared_out(drawn_about, marks)
    yield from _shared_out(
        [number for number in others if number not in drawn_about], _without(rest, marks) if marks else rest
    )


def _shared_out(glyphs: list[int], letters: str) -> Iterator[tuple[int, str]]:
    """What glyphs represent, in the order of the letters: each for one, or one for all; else they are open."""
    if len(glyphs) == 1:
        yield glyphs[0], letters or OPEN
    elif len(glyphs) == len(letters):
        yield from zip(glyphs, letters, strict=True)
    else:
        yield from ((glyph, OPEN) for glyph in glyphs)


def _without(letters: str, taken: str) -> str:
    """The letters without those of another text."""
    if taken in letters:
        return letters.replace(taken, "", 1)
    rest = normalize("NFD", letters)
    for text in normalize("NFD", taken):
        rest = rest.replace(text, "", 1)
    return normalize("NFC", rest)
