"""What may be said of the pages of one profile, in `output.profiles` of `edition.yaml`."""

from __future__ import annotations

from publisher.load.config.page_keys import LINE_NUMBERS, MARGINS_RECORD
from publisher.load.config.page_sizes import Trim
from publisher.load.yaml.schema import Values, optional
from publisher.load.yaml.types import At, Flag, OneOf
from publisher.model.leaf import Sides
from publisher.model.profile import Overrides
from publisher.model.style import Style

TRIM = optional("page", Trim(), about="the trim of these pages, where it is another")
STYLE = optional("style", At(OneOf(Style, code="S-016")), about="how these pages look, where they look otherwise")
SIDES = optional("sides", OneOf(Sides), about="two or one: printed sides of a leaf, where they are others")
MARGINS = optional("margins", MARGINS_RECORD, about="margins of these pages, where they are others")
REFERENCES = optional(
    "references", Flag(), about="whether page numbers follow cross-references, addresses follow links; else in print"
)

OVERRIDING = (TRIM, STYLE, SIDES, MARGINS, LINE_NUMBERS, REFERENCES)
"""The keys, which every profile has."""


def overrides(given: Values) -> Overrides:
    """What is said."""
    trim, margins, style = given[TRIM], given[MARGINS], given[STYLE]
    return Overrides(
        page=None if trim is None else (trim.width, trim.height),
        page_span=next((one.span for one in (margins, trim, style) if one and one.span), None),
        style=Style(style.text) if style else None,
        sides=given[SIDES],
        margins=margins.margins if margins else None,
        line_numbers=given[LINE_NUMBERS],
        references=given[REFERENCES],
    )
