"""What lets shine through what is beneath it, in the drawings and style sheets that an edition brings.

A PDF for the printer may have nothing of the kind (D-007), and its pages do not know which line of which file asked.
CSS Color 4, §4.2 and §12, https://www.w3.org/TR/css-color-4/; SVG 2, https://www.w3.org/TR/SVG2/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import tinycss2
from lxml import etree

from publisher.diagnostics import Diagnostic, PublisherError, Source, Span
from publisher.model.assets import Image
from publisher.model.cover import CoverImage
from publisher.sanitize.xml import parse_xml

SHOWN = 10
"""How many places are named."""
NOT_PRINTED = "screen.css"
"""How the names of style sheets end that are not for pages."""
COLOURS = frozenset({"rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"})
"""Functions that may have an alpha."""
SVG = "{http://www.w3.org/2000/svg}"


def trace(
    error: PublisherError, *, sheets: Iterable[Source] = (), drawings: Iterable[Image | CoverImage] = ()
) -> PublisherError:
    """The error; where a D-007 is in it, that with the lines of these files that may have led to it."""
    if all(diagnostic.code != "D-007" for diagnostic in error.diagnostics):
        return error
    places = tuple(see_through(sheets=sheets, drawings=drawings))
    return PublisherError(*(_place(diagnostic, places) for diagnostic in error.diagnostics), exit_code=error.exit_code)


def see_through(*, sheets: Iterable[Source], drawings: Iterable[Image | CoverImage]) -> Iterator[Span]:
    """Each line of the files that lets something shine through; of sheets those for the screen left out."""
    for sheet in sheets:
        if not sheet.name.endswith(NOT_PRINTED):
            for at in sorted(set(_lines(tinycss2.parse_stylesheet(sheet.text, True, True)))):
                yield sheet.line_span(at)
    for drawing in drawings:
        if drawing.is_drawing:
            content = drawing.source or drawing.content
            source = Source(name=drawing.shown, text=content.decode("utf-8", errors="replace"))
            for at in sorted(set(_drawn_lines(content))):
                yield source.line_span(min(at, len(source.line_starts)))


def _place(found: Diagnostic, places: tuple[Span, ...]) -> Diagnostic:
    """A D-007 with its places."""
    if found.code != "D-007" or not places:
        return found
    more = tuple(("or it is this", span) for span in places[1:SHOWN])
    return replace(found, span=places[0], related=(*found.related, *more))


def _lines(rules: Iterable[Any]) -> Iterator[int]:
    """The lines of declarations that let something shine through, in rules and in rules within them."""
    for rule in rules:
        match rule.type:
            case "qualified-rule" | "at-rule":
                yield from _lines(tinycss2.parse_blocks_contents(rule.content or (), True, True))
            case "declaration":
                if _lets_through(rule.lower_name, rule.value):
                    yield rule.source_line


def _drawn_lines(content: bytes) -> Iterator[int]:
    """The lines of elements of a drawing that let something shine through."""
    for element in parse_xml(content, comments=False).iter(etree.Element):
        line = element.sourceline if isinstance(element.sourceline, int) else 1
        if element.tag == f"{SVG}mask" or any(_is_see_through(str(name), str(said)) for name, said in element.items()):
            yield line
        if element.tag == f"{SVG}style":
            rules = tinycss2.parse_stylesheet(element.text or "", True, True)
            yield from (line + at - 1 for at in _lines(rules))


def _is_see_through(name: str, value: str) -> bool:
    """Whether an attribute of a drawing lets something shine through."""
    if name == "style":
        return any(_lines(tinycss2.parse_blocks_contents(value, True, True)))
    return _lets_through(name, tinycss2.parse_component_value_list(value))


def _lets_through(name: str, value: list[Any]) -> bool:
    """Whether a property with this value does."""
    words = [item for item in value if item.type not in ("whitespace", "comment")]
    if name.endswith("opacity"):
        return any(map(_is_part, words[:1]))
    if name == "mix-blend-mode":
        return any(word.type == "ident" and word.lower_value != "normal" for word in words)
    return any(map(_is_alpha, words))


def _is_alpha(value: Any) -> bool:
    """Whether a part of a value is a colour with an alpha below 1, or has such a colour in it."""
    if value.type == "hash":
        return len(value.value) in (4, 8) and value.value.lower()[-(len(value.value) // 4) :] not in ("f", "ff")
    if value.type != "function":
        return False
    within = [argument for argument in value.arguments if argument.type not in ("whitespace", "comment")]
    if value.lower_name in COLOURS:
        return any(map(_is_part, _alpha(within)))
    return any(_is_alpha(item) or (item.type == "ident" and item.lower_value == "transparent") for item in within)


def _alpha(within: list[Any]) -> list[Any]:
    """The alpha among the arguments of a colour: what follows a slash, or a third comma."""
    signs = [at for at, item in enumerate(within) if item.type == "literal" and item.value in (",", "/")]
    last = [at for at in signs if within[at].value == "/"] or signs[2:]
    return within[last[0] + 1 : last[0] + 2] if last else []


def _is_part(value: Any) -> bool:
    """Whether a number is below 1, a percentage below 100."""
    whole = {"number": 1, "percentage": 100}.get(value.type)
    return whole is not None and bool(value.value < whole)
