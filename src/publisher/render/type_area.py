"""The type area: how large text is set on a trim, how long its lines are, and what margins are left.

The text block follows the trim, so that a line holds 55 to 75 characters wherever the style's sizes allow it. What the
spine takes as a book grows thicker comes out of the outer margin first: lines and pages break where they did before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.output import Output
from publisher.model.page import Margins
from publisher.render.tokens import POINTS, Tokens, points

MM = POINTS["mm"]
SPINE: tuple[tuple[int, float], ...] = ((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75), (828, 0.875))
"""Page count up to which, in inches, an inside margin must be at least; beyond, the last one. What Amazon KDP asks of
paperbacks, https://kdp.amazon.com/en_US/help/topic/GVBQ3CMEQW3W2VL6, and no other house asks for more."""
GAP = 4.5 * MM
"""Between the text and the notes in the margin."""
NUMBERS = 1.18
"""More of it, where the numbers of lines are between them: as a multiple of the least size of the text."""
PARAGRAPHS, LINES = 1.3, 1.7
"""How far the numbers of paragraphs and of lines reach into the inside margin, as multiples of the least size of the
text: what printers ask for is left beyond them."""
LEAST_EMS, LEAST_ROWS = 10, 6
"""In less, no text can be set."""
_SLACK = 0.1
"""In points: so that rounding never costs the last line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeArea:
    """Lengths in points."""

    size: float
    """Of the text."""
    measure: float
    rows: int
    """How many lines of text a page holds."""
    top: float
    bottom: float
    inside: float
    outside: float
    note: float
    """The width of notes in the margin; 0 where there are none."""

    gap: float = GAP
    """Between the text and these notes."""

    @property
    def beside(self) -> float:
        """What notes in the margin take from the text, with the gap."""
        return self.note + self.gap if self.note else 0.0


def inside_margin(pages: int) -> float:
    """The least inside margin of a book with so many pages, in points."""
    return 72 * next((inches for most, inches in SPINE if pages <= most), SPINE[-1][1])


def type_area(output: Output, wanted: Tokens, *, pages: int, margin_notes: bool) -> TypeArea:
    """The type area of a trim in a style, for a book of so many pages.

    Raises `PublisherError` (S-015) where the margins leave no room for text.
    """
    width, height = points(output.page_width), points(output.page_height)
    note = wanted.margin_note * width if margin_notes else 0.0
    gap = GAP + NUMBERS * wanted.type_least if output.line_numbers else GAP
    beside = note + gap if note else 0.0
    inside, outside = _sides(output, wanted, width=width, beside=beside, pages=pages)
    room = width - inside - outside - beside
    given = _given_by_notes(wanted, note=note, width=width, room=room)
    note, beside, room = note - given, beside - given, room + given
    size = _size(wanted, room=room, least=wanted.type_beside if note else 1.0)
    measure = min(room, wanted.measure_most * size) if output.margins.outside is None else room
    outside = width - inside - beside - measure if output.margins.inside else outside + (room - measure) / 2
    inside = width - outside - beside - measure
    top, bottom, rows = _heights(output, wanted, height=height, line=size * wanted.leading_text)
    if measure < LEAST_EMS * wanted.type_least or rows < LEAST_ROWS:
        raise PublisherError(_no_room(output, measure=room, height=height - top - bottom, margin_notes=margin_notes))
    return TypeArea(
        size=size,
        measure=measure,
        rows=rows,
        top=top,
        bottom=bottom,
        inside=inside,
        outside=outside,
        note=note,
        gap=gap,
    )


def _sides(output: Output, wanted: Tokens, *, width: float, beside: float, pages: int) -> tuple[float, float]:
    """The inside and the outside margin: those that are asked for, else what the style wants and the line leaves."""
    reach = LINES if output.line_numbers else PARAGRAPHS if output.paragraph_numbers else 0.0
    thin = inside_margin(1) + reach * wanted.type_least
    growth = inside_margin(pages) - inside_margin(1)
    edge = wanted.margin_beside if beside else wanted.margin_least
    outside, inside = wanted.margin_outside * width, wanted.margin_inside * width
    lacking = wanted.measure_least * wanted.type_least - (width - inside - outside - beside)
    if lacking > 0:
        given = max(0.0, outside - edge), max(0.0, inside - max(wanted.margin_least, thin))
        part = min(1.0, lacking / (sum(given) or 1.0))
        outside, inside = outside - part * given[0], inside - part * given[1]
    grown = max(inside, thin) + growth
    outside = max(outside - (grown - inside), min(outside, edge))
    asked = output.margins
    return (points(asked.inside) if asked.inside else grown, points(asked.outside) if asked.outside else outside)


def _given_by_notes(wanted: Tokens, *, note: float, width: float, room: float) -> float:
    """How much narrower the notes in the margin are, where the margins alone leave the line too short."""
    lacking = wanted.measure_least * wanted.type_least - room
    return max(0.0, min(lacking, note - wanted.margin_note_least * width))


def _size(wanted: Tokens, *, room: float, least: float) -> float:
    """The size of the text: next to notes in the margin a little smaller, where the line would be too short."""
    size = _clamp(room / wanted.measure, wanted.type_least, wanted.type_most)
    return _clamp(room / wanted.measure_least, least * wanted.type_least, size)


def _heights(output: Output, wanted: Tokens, *, height: float, line: float) -> tuple[float, float, int]:
    """The margins above and below, and the lines between: as many whole ones as there is room for."""
    asked = output.margins
    top = points(asked.top) if asked.top else wanted.margin_top * height
    bottom = points(asked.bottom) if asked.bottom else wanted.margin_bottom * height
    rows = max(0, math.floor((height - top - bottom + _SLACK) / line))
    return top, bottom if asked.bottom else height - top - rows * line - _SLACK, rows


def _clamp(size: float, least: float, most: float) -> float:
    """A size between the two, in tenths of a point."""
    return round(min(most, max(least, size)), 1)


def _no_room(output: Output, *, measure: float, height: float, margin_notes: bool) -> Diagnostic:
    left = f"{max(0.0, measure / MM):.0f} by {max(0.0, height / MM):.0f} mm"
    return Diagnostic(
        code="S-015",
        message=f"the margins leave {left} of a page of {output.page_width} by {output.page_height}: no room for text",
        span=output.page_span,
        hint=_wider(output, margin_notes=margin_notes),
    )


def _wider(output: Output, *, margin_notes: bool) -> str:
    """What gives the text more room."""
    ways = [] if output.margins == Margins() else ["make the margins smaller, or leave them out"]
    ways += ["make the page larger", *(["put the notes at the foot"] if margin_notes else [])]
    return "; or ".join(ways)
