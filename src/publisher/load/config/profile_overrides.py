"""What may be said of the pages of one profile, in `output.profiles` of `edition.yaml`."""

from __future__ import annotations

from publisher.load.config.page_keys import LINE_NUMBERS, MARGINS_RECORD
from publisher.load.config.page_sizes import Trim
from publisher.load.yaml.schema import Keys, Values, optional
from publisher.load.yaml.types import At, Flag, OneOf
from publisher.model.leaf import Sides
from publisher.model.profile import Overrides
from publisher.model.style import Style


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
        "page_span": next((one.span for one in (margins, trim, style) if one and one.span), None),
        "style": Style(style.text) if style else None,
        "margins": margins.margins if margins else None,
    }
    return Overrides(**OverrideKeys.fields(given, Overrides) | read_further)
