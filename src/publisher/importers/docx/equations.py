"""Equations (OMML) as words: fractions with a slash, raised and lowered characters, everything in its order.

ECMA-376, part 1, 22.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from publisher.importers.document import Format, Words
from publisher.importers.docx.names import Element, attribute, child, name

_RAISED = Format(raised=True)
_LOWERED = Format(lowered=True)
_DEEPEST = 60


def equation(element: Element, style: Format = Format(), depth: int = 0) -> Iterator[Words]:  # noqa: B008 - frozen
    """The words of an equation."""
    if depth > _DEEPEST:
        yield Words(text="".join(map(str, element.itertext())), format=style)
        return
    deeper = depth + 1
    match name(element):
        case "m:t" | "w:t":
            yield Words(text=element.text or "", format=style)
        case "m:f":
            yield from _enclose(child(element, "m:num"), style, deeper)
            yield Words(text="/", format=style)
            yield from _enclose(child(element, "m:den"), style, deeper)
        case "m:rad":
            yield Words(text="√", format=style)
            yield from _part(child(element, "m:deg"), _RAISED, deeper)
            yield from _enclose(child(element, "m:e"), style, deeper)
        case "m:sSup" | "m:sSub" | "m:sSubSup" | "m:sPre" | "m:nary" | "m:limLow" | "m:limUpp":
            if name(element) == "m:nary":
                yield Words(text=attribute(child(element, "m:naryPr", "m:chr"), "m:val") or "∫", format=style)
            for part in element:
                raised = name(part) in ("m:sup",) or (name(element) == "m:limUpp" and name(part) == "m:lim")
                lowered = name(part) in ("m:sub", "m:lim") and not raised
                yield from equation(part, _RAISED if raised else _LOWERED if lowered else style, deeper)
        case "m:d":
            yield from _delimit(element, style, deeper)
        case _:
            for part in element:
                yield from equation(part, style, deeper)


def _part(element: Element | None, style: Format, depth: int) -> Iterator[Words]:
    if element is not None:
        yield from equation(element, style, depth)


def _enclose(element: Element | None, style: Format, depth: int) -> Iterator[Words]:
    """A part in parentheses if it has several characters."""
    found = tuple(_part(element, style, depth))
    several = sum(len(words.text) for words in found) > 1
    if several:
        yield Words(text="(", format=style)
    yield from found
    if several:
        yield Words(text=")", format=style)


def _delimit(element: Element, style: Format, depth: int) -> Iterator[Words]:
    properties = child(element, "m:dPr")
    begin, end, separator = (
        attribute(child(properties, text), "m:val") for text in ("m:begChr", "m:endChr", "m:sepChr")
    )
    yield Words(text="(" if begin is None else begin, format=style)
    for number, part in enumerate(item for item in element if name(item) == "m:e"):
        if number:
            yield Words(text="|" if separator is None else separator, format=style)
        yield from equation(part, style, depth)
    yield Words(text=")" if end is None else end, format=style)
