"""The keys of `output` that say what a page is, for all profiles or for one: trim, sides, margins, numbers of lines."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.diagnostics import Span
from publisher.load.config.page_sizes import LENGTH, Trim
from publisher.load.yaml.ranges import Count
from publisher.load.yaml.schema import Keys, Record, Values, default, optional
from publisher.load.yaml.types import At, Flag, OneOf
from publisher.model.page import LineCount, LineNumbers, Margins, Openings, Sides
from publisher.model.profile import Overrides, Style

PAGE = optional("page", Trim(), about="the trim by its name, A5 or 6x9in, or width and height; else the style's")
SIDES = default("sides", OneOf(Sides), absent=Sides.TWO, about="two: both sides of a leaf are printed; or one")
OPENINGS = optional("openings", OneOf(Openings), about="where sections begin: right (right-hand pages), any, none")


class MarginKeys(Keys):
    """`margins`."""

    top = optional("top", LENGTH, about="the margin above the text")
    bottom = optional("bottom", LENGTH, about="the margin below the text")
    inside = optional(
        "inside", LENGTH, about="the margin at the spine; else it follows from the trim and the page count"
    )
    outside = optional("outside", LENGTH, about="the margin at the outer edge")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMargins:
    """The margins, with their place."""

    margins: Margins
    span: Span | None


def _margins(given: Values) -> PlacedMargins:
    margins = Margins(**MarginKeys.fields(given, Margins))
    return PlacedMargins(margins=margins, span=given.span)


NO_MARGINS = PlacedMargins(margins=Margins(), span=None)
MARGINS_RECORD = Record(keys=MarginKeys.all(), build=_margins, empty=NO_MARGINS)
MARGINS = default("margins", MARGINS_RECORD, absent=NO_MARGINS, about="margins other than those of the style")


class LineNumberKeys(Keys):
    """`line-numbers`."""

    every = default("every", Count(), absent=5, about="which lines bear their number: 5 for each fifth")
    by = default(
        "by", OneOf(LineCount), absent=LineCount.PAGE, about="where they begin again: on each page, or section"
    )


LINE_NUMBERS_RECORD = Record(
    keys=LineNumberKeys.all(),
    build=lambda given: LineNumbers(every=given[LineNumberKeys.every] or 5, by=given[LineNumberKeys.by]),
    empty=LineNumbers(),
)
LINE_NUMBERS = optional("line-numbers", LINE_NUMBERS_RECORD, about="numbers at the lines of the text, in the PDF")


class OverrideKeys(Keys):
    """The pages of one profile."""

    page = optional("page", Trim(), about="the trim of these pages, where it is another")
    style = optional("style", At(OneOf(Style, code="S-016")), about="how these pages look, where they look otherwise")
    sides = optional("sides", OneOf(Sides), about="two or one: printed sides of a leaf, where they are others")
    margins = optional("margins", MARGINS_RECORD, about="margins of these pages, where they are others")
    line_numbers = LINE_NUMBERS
    references = optional(
        "references",
        Flag(),
        about="whether page numbers follow cross-references, addresses follow links; else in print",
    )


def overrides(given: Values) -> Overrides:
    """What is said."""
    trim, margins, style = given[OverrideKeys.page], given[OverrideKeys.margins], given[OverrideKeys.style]
    read_further = {
        "page": None if trim is None else (trim.width, trim.height),
        "page_span": next((item.span for item in (margins, trim, style) if item and item.span), None),
        "style": Style(style.text) if style else None,
        "margins": margins.margins if margins else None,
    }
    return Overrides(**OverrideKeys.fields(given, Overrides) | read_further)
