"""EPUB CFIs: ranges of text in a publication, with the ids of the elements on the way.

EPUB Canonical Fragment Identifiers 1.1, https://idpf.org/epub/linking/cfi/. Offsets count UTF-16 code units; a step to
an element that has an id asserts it.
"""

from __future__ import annotations

import re

from lxml import etree

from publisher.epub.read.chunks import Point

SPECIAL = re.compile(r"[\^\[\](),;=]")
"""What has a meaning of its own and is written with a circumflex before it."""


def range_cfi(itemref: etree._Element, start: Point, end: Point) -> str:
    """The CFI of a range of text in the document that a spine entry refers to."""
    first, last = _steps(start.chunk.parent), _steps(end.chunk.parent)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    parent = "".join((*_steps(itemref), "!", *first[:same]))
    return f"epubcfi({parent},{_local(first[same:], start)},{_local(last[same:], end)})"


def _local(steps: list[str], point: Point) -> str:
    """The way from the common parent to a point."""
    units = len(point.chunk.text[: point.offset].encode("utf-16-le")) // 2
    return f"{''.join(steps)}/{point.chunk.step}:{units}"


def _steps(element: etree._Element) -> list[str]:
    """The steps from the root element of its document to an element."""
    lineage = [element, *element.iterancestors()][:-1]
    return [_step(item) for item in reversed(lineage)]


def _step(element: etree._Element) -> str:
    number = 2 * (1 + sum(1 for before in element.itersiblings(preceding=True) if isinstance(before.tag, str)))
    name = element.get("id")
    asserted = SPECIAL.sub(r"^\g<0>", name) if name else ""
    return f"/{number}[{asserted}]" if asserted else f"/{number}"
