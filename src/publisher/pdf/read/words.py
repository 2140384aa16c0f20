"""The words of a page: to which marked sequence each belongs, and whether people see it (ISO 32000-1, 9.4 and 14.6).

A device that paints a page in thought: by where, in what colour and under what letters are painted, they are seen.
"""

from __future__ import annotations

from collections.abc import Set
from itertools import pairwise
from unicodedata import decomposition

from publisher.pdf.read.bidi import OPEN, RIGHT_TO_LEFT, as_written, needs_order, shows
from publisher.pdf.read.canvas import FAINT, Area, Canvas, middle
from publisher.pdf.read.chunks import Chunk, Drawing, PageContent, join
from publisher.pdf.read.content.colours import Colour, alike
from publisher.pdf.read.content.device import Context, Device, FillRule, Form, FormKind, GlyphRun, Image
from publisher.pdf.read.content.interpreter import Interpreter
from publisher.pdf.read.content.path import Path
from publisher.pdf.read.content.state import GraphicsState
from publisher.pdf.read.file import Dictionary, PdfFile
from publisher.pdf.read.fonts import Font, Fonts, strange_glyphs
from publisher.pdf.read.formula_text import FORMULA
from publisher.pdf.read.frame import frame
from publisher.pdf.read.geometry import Box, Matrix, Point, around, enclosing, intersection, sample, within

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
HYPHENS = frozenset("-\N{HYPHEN}\N{SOFT HYPHEN}")
SMALL_LETTERS = 0.45
"""How high letters without ascenders are, in sizes."""
UNSEEN_MODES = (3, 4, 5, 6, 7)
"""Text rendering modes that paint nothing, or cut off what is painted next (ISO 32000-1, table 106)."""
FILLED, STROKED = 0, 1
"""Those that fill letters alone, and that draw their outlines alone."""
SMALLEST = 0.5
"""In points, the size of letters that people can see."""
NARROWEST = 0.05
"""The horizontal scaling below which letters are a line."""
WIDEST = 0.25
"""In sizes of letters, the space behind each of them above which words fall apart."""
OF_STATES = frozenset({"Type", "ca", "CA", "BM", "SMask", "LW", "SA", "AIS"})
"""What a graphics state of ours says (ISO 32000-1, table 58)."""
OF_PICTURES = frozenset(
    {"Type", "Subtype", "Width", "Height", "ColorSpace", "BitsPerComponent", "Filter", "DecodeParms", "Length"}
    | {"SMask", "Interpolate", "Decode", "Name", "Mask", "ImageMask", "Intent"}
)
"""What a picture of ours says (table 89)."""
DEFAULT_SPACES = frozenset({"DefaultGray", "DefaultRGB", "DefaultCMYK"})
"""What would change the meaning of every colour (8.6.5.6)."""
INLINE = "an inline image"


def page_content(file: PdfFile, page: Dictionary, number: int, fonts: Fonts) -> PageContent:
    """What a page shows; `fonts` are those of the file. Raises `Malformed`."""
    resources = file.dictionary(page.get("Resources"))
    words = Words(number, frame(file, page).seen)
    words.notice(file.dictionary(resources.get("ColorSpace")).keys() & DEFAULT_SPACES)
    Interpreter(file, words, fonts).run(file.stream(page.get("Contents")), resources)
    words.content.covered += words.canvas.covered
    return words.content


class Words(Device):
    """Takes down the words of a page, and what is drawn next to them."""

    def __init__(self, number: int, box: Box) -> None:
        """Begin with the page of this index, of which a box is seen."""
        self.content = PageContent()
        self.canvas = Canvas()
        self._number = number
        self._box = box
        self._painted: str | None = None
        """What was painted since the outermost sequence with an ActualText began; None before anything was."""
        self._glyphs: list[str] = []
        """What each glyph says that was painted since, from left to right."""
        self._places: list[Chunk] = []
        """Where it was painted."""
        self._fonts: set[int] = set()

    def notice(self, keys: Set[str]) -> None:
        """Record ways of painting that no page of a book has."""
        self.content.strange.update(map(str, keys))

    def set_state(self, context: Context, entries: Dictionary) -> None:
        """Record parameters that no page of ours sets; what a page of another program sets is its own."""
        if not context.depth:
            self.notice(entries.keys() - OF_STATES)

    def miss_resource(self, context: Context, kind: str, name: str) -> None:
        """Record that something is missing; no page of ours lacks a resource, but viewers show the rest."""
        if not context.depth:
            self.notice(frozenset({f"{kind} {name}, which is missing"}))

    def begin_marked(self, context: Context) -> None:
        """Begin to compare what is painted with what represents it."""
        if context.marked.replaced is context.marked:
            self._painted = None
            self._glyphs, self._places = [], []

    def end_marked(self, context: Context) -> None:
        """Record what is painted as something else than what readers are reported."""
        marked, painted = context.marked, self._painted
        if marked.replaced is not marked or painted is None or marked.actual is None:
            return
        chunk = join(self._places, marked.actual)._replace(painted=tuple(self._glyphs))
        if FORMULA in marked.properties:
            first = self._places[0]
            self._keep(context, chunk._replace(x=first.x, y=first.y, size=first.size, formula=True))
            self.content.formulas.append((painted, marked.actual))
            return
        self._keep(context, chunk)
        if painted == marked.actual or _is_same_glyph(painted, marked.actual):
            return
        if not shows(self._glyphs, marked.actual):
            self.content.told.append((painted, marked.actual))

    def show_glyphs(self, context: Context, run: GlyphRun) -> None:
        """Record the words of a run, or what represents them."""
        font, codes = run.font, run.shown.codes
        if id(font) not in self._fonts:
            self._notice_font(context, font)
        text = painted = font.text(codes)
        glyphs: tuple[str, ...] = ()
        if RIGHT_TO_LEFT.search(text):
            glyphs = font.letters(codes)
            text = painted = as_written(glyphs)
        replaced = context.marked.replaced
        if replaced is not None:
            self._painted = (self._painted or "") + painted
            letters = font.letters(codes)
            self._glyphs += (OPEN,) * len(letters) if _is_cluster(context) else letters
            self._places.append(self._chunk(context, run, text, ()))
        elif text:
            self._keep(context, self._chunk(context, run, text, glyphs))

    def _notice_font(self, context: Context, font: Font) -> None:
        if not context.depth:
            self._fonts.add(id(font))
            self.notice(strange_glyphs(context.objects, font.resource))

    def _chunk(self, context: Context, run: GlyphRun, text: str, glyphs: tuple[str, ...]) -> Chunk:
        """What a run shows, with its place on the page."""
        state, marked = context.state, context.marked
        a, b, c, d, x, y = run.matrix
        size = state.size * abs(a * d - b * c) ** 0.5
        turned = bool(b or c) or a <= 0
        box = _letters(run.matrix, run.advance, SMALL_LETTERS * state.size, turned=turned)
        return Chunk(
            text=text,
            page=self._number,
            x=x,
            end=x + run.advance * a,
            y=y,
            size=size,
            seen=a * d > b * c and not marked.optional and self._sees(state, box, size),
            glyphs=glyphs,
            actual=marked.replaced is not None,
            box=box,
            turned=turned or d <= 0,
        )

    def _keep(self, context: Context, chunk: Chunk) -> None:
        """Note words of the page with the sequence that they belong to."""
        marked = context.marked
        self.canvas.remember(chunk)
        if marked.artifact:
            self.content.artifacts.append(chunk)
        elif marked.mcid is None:
            self.content.loose.append(chunk)
        else:
            self.content.sequences[marked.mcid].append(chunk)

    def _sees(self, state: GraphicsState, box: Box, size: float) -> bool:
        """Whether letters in a box are painted, all of them on the page, in another colour than what is under them."""
        if state.mode in UNSEEN_MODES or state.blended or state.masked or state.stretch < NARROWEST or size < SMALLEST:
            return False
        if max(abs(state.letter_space), abs(state.word_space)) > WIDEST * state.size or not within(box, self._box):
            return False
        if state.clip is not None and not within(box, state.clip):
            return False
        points = sample(box, size) if state.shapes or self.canvas.areas else [middle(box)]
        if any(not shape.holds(x, y) for shape in state.shapes for x, y in points):
            return False
        grounds = self.canvas.grounds(points)
        return any(not any(alike(ink, ground) for ground in grounds if ground) for ink in _inks(state))

    def draw_path(self, context: Context, path: Path, *, fill: FillRule | None, stroke: bool) -> None:
        """Record an area or lines, and what they cover."""
        if fill is not None:
            self._fill(context, path, fill)
        if stroke:
            self._stroke(context, path)
        self._picture(context)

    def _fill(self, context: Context, path: Path, rule: FillRule) -> None:
        """An area covers what is under it."""
        state, box = context.state, path.box
        if box is None or state.fill_alpha < FAINT:
            return
        area = Area(intersection(state.clip, box), state.fill.light, state.shapes)
        if not path.is_rectangle():
            shape = path.shape(even_odd=rule is FillRule.EVEN_ODD)
            area = Area(area.box, area.colour, (*state.shapes, shape))
        self._draw(context, box, plain=area.colour is not None)
        self.canvas.paint(area, alpha=state.fill_alpha)

    def _stroke(self, context: Context, path: Path) -> None:
        """A thick line covers words as an area does."""
        state = context.state
        if state.stroke_alpha < FAINT:
            return
        for outline in path.outlines:
            for start, end in pairwise(outline):
                self._draw_line(context, start, end)

    def _draw_line(self, context: Context, start: Point, end: Point) -> None:
        state = context.state
        a, b, c, d, _, _ = state.matrix
        thick = state.line_width * abs(a * d - b * c) ** 0.5 / 2
        left, bottom, right, top = around((start, end))
        box = left - thick, bottom - thick, right + thick, top + thick
        light = state.stroke.light
        self._draw(context, _without_ends(box, thick), plain=light is not None)
        if (left == right or bottom == top) and thick >= SMALLEST:
            self.canvas.paint(Area(intersection(state.clip, box), light, state.shapes), alpha=state.stroke_alpha)

    def fill_shading(self, context: Context, shading: Dictionary) -> None:
        """Record that everything that is not cut off is covered."""
        self._cover(context, self._box)

    def draw_image(self, context: Context, image: Image) -> None:
        """Record a picture, and what it covers; whether it lets something through is not looked at."""
        if not context.depth:
            entries = image.entries
            self.notice(frozenset({INLINE}) if image.inline else entries.keys() - OF_PICTURES)
            if entries.get("ColorSpace") != "DeviceCMYK":
                self.notice(entries.keys() & {"Decode"})
        self._cover(context, context.square())

    def begin_form(self, context: Context, form: Form) -> bool:
        """Read forms; a tile shows no words."""
        if form.kind is FormKind.FORM:
            self._picture(context)
        return form.kind is FormKind.FORM

    def _cover(self, context: Context, box: Box) -> None:
        """Something that has not one colour covers a part of the page."""
        state = context.state
        self._draw(context, box, plain=False)
        self.canvas.paint(Area(intersection(state.clip, box), None, state.shapes), alpha=state.fill_alpha)
        self._picture(context)

    def _picture(self, context: Context) -> None:
        if context.marked.mcid is not None:
            self.content.pictures.add(context.marked.mcid)

    def _draw(self, context: Context, box: Box, *, plain: bool) -> None:
        box, marked = intersection(context.state.clip, box), context.marked
        if box[0] < box[2] and box[1] < box[3]:
            of_formula = FORMULA in marked.properties
            drawing = Drawing(box=box, plain=plain, artifact=marked.artifact, mcid=marked.mcid, formula=of_formula)
            self.content.drawings.append(drawing)


def _inks(state: GraphicsState) -> list[Colour]:
    """The colours in which letters are painted."""
    fill, stroke = state.fill.light, state.stroke.light
    return [
        *([fill] if fill is not None and state.fill_alpha >= FAINT and state.mode != STROKED else ()),
        *([stroke] if stroke is not None and state.stroke_alpha >= FAINT and state.mode != FILLED else ()),
    ]


def _letters(matrix: Matrix, advance: float, high: float, *, turned: bool) -> Box:
    """What letters fill, as high as small letters are."""
    a, _, _, d, x, y = matrix
    if turned:
        return enclosing(matrix, ((0, 0), (advance, 0), (advance, high), (0, high)))
    return x, min(y, y + high * d), x + advance * a, max(y, y + high * d)


def _without_ends(box: Box, thick: float) -> Box:
    """The box of a line; an upright or level one ends where its path does."""
    left, bottom, right, top = box
    if right - left > top - bottom:
        return left + thick, bottom, right - thick, top
    return left, bottom + thick, right, top - thick


def _is_cluster(context: Context) -> bool:
    """Whether glyphs of a line that says itself what it is represent some of its letters together."""
    marked = context.marked
    return marked.actual is not None and marked.replaced is not marked and needs_order(marked.actual)


def _is_same_glyph(painted: str, actual: str) -> bool:
    """Whether a glyph may be read so: a hyphen at a line end, a raised character whose glyph marks of notes share."""
    if actual == SOFT_HYPHEN:
        return painted in HYPHENS
    return decomposition(actual) == f"<super> {ord(painted):04X}" if len(actual) == len(painted) == 1 else False
