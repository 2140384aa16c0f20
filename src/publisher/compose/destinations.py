"""Readings as cross-references find them: `reading:slug` and `reading:slug#p12`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic
from publisher.model.inline import CrossReference, Inline, Target
from publisher.selectors.names import KnownNames, list_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A reading that can be pointed at."""

    title: str
    ids: frozenset[str]
    """The ids inside it, as its own edition has them."""


Destinations = Mapping[str, Destination]


def reading_id(slug: str, fragment: str | None = None) -> str:
    """The element id of a reading's opening page, or of a place in it; no slug has two hyphens in a row."""
    return f"reading-{slug}" + (f"--{fragment}" if fragment else "")


def unknown_readings(inlines: Iterable[Inline], readings: Destinations) -> Iterator[Diagnostic]:
    """C-017 for each cross-reference to a reading, or to a place in one, that the volume does not have."""
    names = KnownNames(tuple(readings))
    for inline in inlines:
        if isinstance(inline, CrossReference) and inline.target is Target.READING:
            found = readings.get(inline.id)
            if found is None:
                yield _unknown(inline, f"there is no reading “{inline.id}”", _hint(inline.id, names))
            elif inline.fragment is not None and inline.fragment not in found.ids:
                missing = f"the reading “{inline.id}” has no place “{inline.fragment}”"
                yield _unknown(inline, missing, "a paragraph is #p12, a heading has its id in braces: {#origins}")


def _hint(slug: str, readings: KnownNames) -> str:
    if not readings.names:
        return "only course readers have readings; write the words without a link"
    near = readings.nearest(slug)
    return f"did you mean reading:{near}?" if near else f"the readings are: {list_names(readings.names)}"


def _unknown(reference: CrossReference, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code="C-017", message=message, span=reference.span, hint=hint)
