"""Paragraphs broken as wholes while the engine lays out a document: it takes each line and each text in it as planned.

A plan is made when the engine asks for the first line of a paragraph, and depends on the place at which that begins and
on the room of its lines alone. If a line has other room than it was planned for, the rest is planned again. What the
composer does not handle is left to the engine, and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure.boxes import LineBox, ParentBox, TextBox
from weasyprint.layout import inline
from weasyprint.text.ffi import FROM_UNITS, pango
from weasyprint.text.line_break import Layout, line_size

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.features.composer.letters import NO_FIT, fit_letters, fit_of, glyph_count
from publisher.layout.weasyprint.features.composer.plan import NO_TEXT, Line, Piece, Plan, begin_plan, extend_plan
from publisher.layout.weasyprint.features.composer.shaping import Refused, leaves
from publisher.layout.weasyprint.hooks import Hook, around, on_line
from publisher.layout.weasyprint.speed.glyphs import draw_known

_PLAN, _COMPOSED, _KNOWN = "publisher_plan", "publisher_composed", "publisher_plans"
_MOST_KNOWN = 500
"""How many plans of paragraphs are known at once."""
_UNBOUNDED = 1e7
"""In pixels: the room of a line whose end was planned."""
_SLACK = 0.01
"""In pixels: what is less comes from rounding."""


class _Deferred(Layout):  # type: ignore[misc]  # WeasyPrint has no types
    """The layout of a piece, made when it is drawn, if it cannot be drawn from the glyphs of its paragraph."""

    ascent = underline_position = strikethrough_position = max_width = None
    first_line_direction = 0
    justification_spacing = 0.0
    fit = NO_FIT

    def __init__(self, piece: Piece) -> None:
        self.piece, self.text = piece, piece.text

    def reactivate(self, style: Any) -> None:
        if self.piece.glyphs is None:
            self.make(style)

    def make(self, style: Any) -> None:
        """Shape the text."""
        self.setup(style)
        self.set_text(self.text)
        self.publisher_kept = True

    def deactivate(self) -> None:
        if "layout" in self.__dict__:
            super().deactivate()


@dataclass(slots=True)
class Composer:
    """The paragraphs of a document that are broken as wholes."""

    composed: int = 0
    """How many paragraphs were."""
    _refused: dict[Any, str] = field(default_factory=dict)
    """Why paragraphs were left to the engine, by what they are known by."""
    _pieces: dict[int, Piece] = field(default_factory=dict)
    """What the line that is being filled takes of each text box, by its identity."""

    @property
    def refused(self) -> Counter[str]:
        """How many paragraphs were left to the engine, by the reason."""
        return Counter(self._refused.values())

    def forget(self) -> None:
        """Count from the beginning: the document is laid out again."""
        self.composed = 0
        self._refused.clear()

    def hooks(self) -> tuple[Hook, ...]:
        """Return the hooks by which the engine takes lines as planned."""
        return (
            on_line(self._fill),
            around(patches.TEXT_BOX, self._cut),
            around(patches.TEXT_ALIGN, _align),
            around(patches.ADD_WORD_SPACING, _add_word_spacing),
            around(patches.DRAW_LINE, _draw_line),
        )

    def _fill(
        self,
        proceed: Callable[..., Any],
        context: Any,
        box: Any,
        position_x: float,
        max_x: float,
        bottom_space: float,
        skip_stack: Any,
        *others: Any,
    ) -> Any:
        """Return the next line of a paragraph, as planned."""
        *_, first_line_style = others
        planned = None
        if type(box) is LineBox and first_line_style is None and _is_wanted(box):
            planned = self._plan(context, box, _stack(skip_stack), max_x - position_x)
        if planned is None:
            return proceed(context, box, position_x, max_x, bottom_space, skip_stack, *others)
        outer, self._pieces = self._pieces, {id(_child(box, piece.path)): piece for piece in planned.pieces}
        try:
            found = proceed(context, box, position_x, position_x + _UNBOUNDED, bottom_space, skip_stack, *others)
        finally:
            self._pieces = outer
        setattr(found[0], _COMPOSED, planned.fit)
        return found

    def _plan(self, context: Any, box: Any, stack: tuple[int, ...], room: float) -> Line | None:
        """The line that begins at a place; None if the paragraph is left to the engine."""
        plan = box.__dict__.get(_PLAN)
        if plan is Refused:
            return None
        try:
            if plan is None:
                plan = self._known(context, box, stack, room)
            place = plan.place(stack)
            if place is None:
                raise Refused("unknown place")
            line: Line | None = plan.lines.get(place)
            if line is None or abs(line.room - room) > _SLACK:
                # the engine has no indent for a line that is not the first, whatever was skipped before the first
                extend_plan(context, box, plan, place, first=room, rest=room + box.text_indent)
                line = plan.lines.get(place)
            if line is None:
                raise Refused("unknown place")
        except Refused as reason:
            box.__dict__[_PLAN] = Refused
            if str(reason) != NO_TEXT:
                self._refused[tuple(_identity(box))] = str(reason)
            return None
        box.__dict__[_PLAN] = plan
        return line

    def _known(self, context: Any, box: Any, stack: tuple[int, ...], room: float) -> Plan:
        """The plan of a paragraph from a place on, which may have been laid out before: notes are, as others join."""
        known: dict[Any, tuple[Plan, Any]] = context.__dict__.setdefault(_KNOWN, {})
        key = (tuple(_identity(box)), stack, round(room, 2), box.text_indent, box.style["text_align_last"])
        if key not in known:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            # styles are held, so that no other style gets their identity
            known[key] = begin_plan(box), [leaf.style for _, leaf, _ in leaves(box)]
            self.composed += not stack
        return known[key][0]

    def _cut(
        self, proceed: Callable[..., Any], context: Any, box: Any, available_width: float, skip: int, **named: Any
    ) -> Any:
        """Return what a line takes of a text box, where the next line begins in it, and that no line end stays."""
        piece = self._pieces.get(id(box)) if self._pieces else None
        if piece is None:
            return proceed(context, box, available_width, skip, **named)
        if not piece.text:
            return None, piece.resume, False
        made = box.copy_with_text(piece.text)
        if piece.exact:
            layout = inline.create_layout(piece.text, box.style, context, None, 0)
            line, _ = layout.get_first_line()
            made.width, made.height = line_size(line, box.style)
            baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
            layout.deactivate()
        else:
            made.width, made.height, baseline = piece.width, piece.height, piece.baseline
            layout = _Deferred(piece)
        made.pango_layout = layout
        line_height, _ = inline.strut(box.style)
        made.margin_top = made.margin_bottom = (line_height - made.height) / 2
        made.baseline = baseline + made.margin_top
        return made, piece.resume, False


def _is_wanted(box: Any) -> bool:
    """Whether a line box is broken as a whole."""
    style = box.style
    plain = style["direction"] == "ltr" and style["white_space"] == "normal"
    return bool(plain and style["text_align_all"] in ("justify", "start", "left"))


def _child(box: Any, path: tuple[int, ...]) -> Any:
    for index in path:
        box = box.children[index]
    return box


def _stack(skip: Any) -> tuple[int, ...]:
    """The place from which the engine resumes, as numbers."""
    found = []
    while skip is not None:
        ((index, skip),) = skip.items()
        found.append(index)
    return tuple(found)


def _identity(box: Any) -> Iterator[Any]:
    """What a paragraph is known by when its boxes have been copied: its texts and their styles."""
    for child in box.children:
        if isinstance(child, TextBox):
            yield child.text
            yield id(child.style)
        elif isinstance(child, ParentBox) and child.is_in_normal_flow():
            yield "("
            yield from _identity(child)
            yield ")"
        else:
            yield None


def _align(proceed: Callable[..., float], context: Any, line: Any, available_width: float, last: bool) -> float:
    """Return how far a line is moved; one that was planned fills its room, if its spaces have to shrink for it too."""
    over: float = available_width - line.width
    justified = line.style["text_align_all"] == "justify"
    if _COMPOSED in line.__dict__ and justified and (over < 0 or not last):
        inline.justify_line(context, line, over - _fit_letters(line))
        return 0.0
    return proceed(context, line, available_width, last)


def _add_word_spacing(proceed: Callable[..., float], context: Any, box: Any, spacing: float, advance: float) -> float:
    """Return how far what follows a box is moved; the spaces of a planned piece are changed when it is drawn."""
    if not (isinstance(box, TextBox) and isinstance(box.pango_layout, _Deferred)):
        return proceed(context, box, spacing, advance)
    fit = box.pango_layout.fit
    box.justification_spacing, box.pango_layout.justification_spacing = spacing, spacing / (1 + fit.scaling)
    box.position_x += advance
    extra: float = spacing * inline.count_expandable_spaces(box)
    if fit is not NO_FIT:
        extra += fit.widen(box.width, glyph_count(box))
    box.width += extra
    return advance + extra


def _fit_letters(line: Any) -> float:
    """Set the letters of a planned line wider or narrower; return how many pixels wider that makes the line."""
    share = line.__dict__[_COMPOSED]
    boxes = list(fit_letters(line)) if share else []
    width, glyphs = sum(box.width for box in boxes), sum(map(glyph_count, boxes))
    fit = fit_of(line.style, share, width, glyphs)
    for box in boxes:
        box.pango_layout.fit = fit
    return fit.widen(width, glyphs)


def _draw_line(proceed: Callable[..., Any], stream: Any, box: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
    """Draw a text with its letters fitted to the line."""
    fit = getattr(box.pango_layout, "fit", NO_FIT)
    if fit is NO_FIT:
        return _draw_glyphs(proceed, stream, box, overflow, ellipsis, matrix)
    stream.stream.append(f"{fit.tracking:.4f} Tc {100 + 100 * fit.scaling:.3f} Tz".encode())
    drawn = _draw_glyphs(proceed, stream, box, overflow, ellipsis, matrix)
    stream.stream.append(b"0 Tc 100 Tz")
    return drawn


def _draw_glyphs(proceed: Callable[..., Any], stream: Any, box: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
    """Draw a text from the glyphs of its paragraph, or shape it if one of them was not drawn before."""
    layout = box.pango_layout
    if isinstance(layout, _Deferred) and "layout" not in layout.__dict__:
        piece, spacing = layout.piece, layout.justification_spacing
        plain = overflow != "ellipsis" and ellipsis == "none" and box.text.strip()
        if plain and piece.glyphs is not None and draw_known(stream, piece.face, piece.glyphs, matrix, spacing):
            return []
        layout.make(box.style)
    return proceed(stream, box, overflow, ellipsis, matrix)
