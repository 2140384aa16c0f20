"""The character data of an XHTML document as EPUB CFI counts it: chunks between elements, comments left out.

https://idpf.org/epub/linking/cfi/#sec-path-child-ref: elements have even numbers, chunks the odd ones between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

ASIDE_ROLES = frozenset({"doc-noteref", "doc-backlink", "doc-pagebreak"})
ASIDE_CLASSES = frozenset({"paragraph-number"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters between two elements, or between an element and the end of its parent; there may be none."""

    parent: etree._Element
    step: int
    """Odd: 1 before the first child element."""
    text: str
    aside: bool
    """Whether it is no part of the text: a call, a number in the margin."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place between two characters."""

    chunk: Chunk
    offset: int
    """In characters of the chunk."""


def chunks(element: etree._Element, *, aside: bool = False) -> Iterator[Chunk | etree._Element]:
    """Every element and every chunk below an element, in the order of the document."""
    yield element
    aside = aside or _is_aside(element)
    step, text = 1, element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield Chunk(element, step, text, aside)
            yield from chunks(child, aside=aside)
            step, text = step + 2, ""
        text += child.tail or ""
    yield Chunk(element, step, text, aside)


def _is_aside(element: etree._Element) -> bool:
    roles, classes = element.get("role", "").split(), element.get("class", "").split()
    return not ASIDE_ROLES.isdisjoint(roles) or not ASIDE_CLASSES.isdisjoint(classes)


def character(element: etree._Element, count: int) -> Point:
    """The character of an element's text before which so many others are, white space not counted.

    Raises `ValueError` where there are not so many.
    """
    for chunk in chunks(element):
        if isinstance(chunk, Chunk) and not chunk.aside:
            solid = [at for at, text in enumerate(chunk.text) if not text.isspace()]
            if count < len(solid):
                return Point(chunk, solid[count])
            count -= len(solid)
    raise ValueError("the element has not so many characters")
