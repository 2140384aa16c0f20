"""The style sheets of an edition as they are shipped: written again from what was parsed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.sanitize.css import Why, sanitized_sheet


def shipped_sheets(sheets: Iterable[Source]) -> tuple[Source, ...]:
    """The style sheets under their names, each written again; places in them are those in the files.

    Raises `PublisherError` (S-012) for one that may not be shipped, which `validate` has refused before.
    """
    return tuple(map(_ship, sheets))


def _ship(source: Source) -> Source:
    found = sanitized_sheet(source.text)
    faults = (fault for fault in found.faults if fault.why is not Why.PROPERTY)
    for fault in faults:
        span = source.line_span(min(fault.line, len(source.line_starts)))
        raise PublisherError(Diagnostic(code="S-012", message=fault.words, span=span, hint="take it away"))
    return replace(source, text=found.text)


def unlisted_properties(sheets: Iterable[Source]) -> tuple[str, ...]:
    """The properties in style sheets that are on no list, and that waivers have allowed: what they do is not known."""
    faults = (fault for source in sheets for fault in sanitized_sheet(source.text).faults)
    return tuple(sorted({fault.name for fault in faults if fault.why is Why.PROPERTY}))
