"""Pictures next to their sources: the same bytes in an EPUB, and in a PDF no other words than those of the drawing.

Of a drawing the source is what `load` rebuilt from the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from lxml import etree

from publisher.diagnostics import Diagnostic
from publisher.model.assets import Image
from publisher.sanitize.xml import parse_xml
from publisher.verify.compare import Comparison
from publisher.verify.diagnose import excerpt, wrong
from publisher.verify.line import PICTURE, Expected, Found
from publisher.verify.pdf.found import FoundInPdf

SVG = "{http://www.w3.org/2000/svg}"
NOT_ONCE = ("use", "defs", "symbol", "clipPath", "marker", "mask", "pattern", "switch", "style", "textPath")
"""Elements whose words are drawn when they are named, more than once, or not at all."""
UNDRAWN = frozenset({f"{SVG}title", f"{SVG}desc", f"{SVG}style"})
HIDING = frozenset({"display", "visibility", "opacity", "fill-opacity", "clip-path", "mask", "style", "transform"})
"""Attributes that may take words out of what is seen."""
FAINT = HIDING | {"filter"}
"""Attributes that may leave a shape without paint; `fill` does so where it is no colour."""
COLOUR = re.compile(r"#[0-9a-fA-F]{3,6}|(?!none|transparent|inherit|context|current)[a-z]+")
SHOWING = frozenset(f"{SVG}{name}" for name in ("svg", "g", "rect", "circle", "ellipse", "path", "polygon", "image"))
"""Elements in which a shape is drawn as it is."""


def picture_faults(comparison: Comparison, images: tuple[Image, ...], *, artifact: str) -> Iterator[Diagnostic]:
    """Pictures that are in an artifact and are not those of the manuscript, as far as bytes and words report."""
    known = {image.path: image for image in images}
    for expected, found in comparison.pairs:
        if expected.picture in known and not _is(known[expected.picture], found):
            message = f"({found.place}) {expected.name} is not {expected.picture}{_words(found)}"
            yield wrong("V-001", message, artifact=artifact, line=expected)


def _is(image: Image, found: Found) -> bool:
    """Whether what was found can be the picture of the manuscript."""
    if isinstance(found, FoundInPdf):
        return _can_say(image, found.drawn)
    return found.picture == sha256(image.content).hexdigest()


def _words(found: Found) -> str:
    return f": it says {excerpt(found.drawn, 0)}" if isinstance(found, FoundInPdf) else ""


def _can_say(image: Image, drawn: str) -> bool:
    """Whether a picture says the words that were painted; photographs have none, drawings each word of theirs once."""
    if image.media_type != "image/svg+xml":
        return not drawn.strip()
    root = parse_xml(image.content)
    own = "".join(_drawn_words(text) for text in root.iter(f"{SVG}text"))
    if not _is_plain(root):
        return all(word in own for word in drawn.split())
    return "".join(own.split()) == "".join(drawn.split())


def _drawn_words(element: etree._Element) -> str:
    """The words of an element of a drawing, without its titles and descriptions."""
    parts = [element.text or ""]
    for child in element.iterchildren(etree.Element):
        parts.append("" if child.tag in UNDRAWN else _drawn_words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _is_plain(root: etree._Element) -> bool:
    """Whether a drawing draws each word of its once, as far as its elements report."""
    if next(root.iter(*(f"{SVG}{name}" for name in NOT_ONCE)), None) is not None:
        return False
    return all(HIDING.isdisjoint(map(str, element.keys())) for element in root.iter(etree.Element))


def with_invisible_drawings(
    expected: Sequence[Expected], found: Sequence[Found], images: Iterable[Image]
) -> tuple[Expected, ...]:
    """The lines; those of drawings that may draw nothing are no pictures where nothing is drawn.

    A drawing can have parts without paint, or hidden ones alone; then a PDF has its alternative text and no picture.
    """
    faint = {image.path for image in images if _may_draw_nothing(image)}
    names = {line.text for line in expected if line.picture in faint}
    undrawn: dict[int, Expected] = {}
    for name in names:
        wanted = [(at, line) for at, line in enumerate(expected) if line.picture is not None and line.text == name]
        there = [line for line in found if line.text.removeprefix(PICTURE) == name.removeprefix(PICTURE)]
        if len(wanted) == len(there):
            for (at, line), item in zip(wanted, there, strict=True):
                if line.picture in faint and not item.text.startswith(PICTURE):
                    undrawn[at] = replace(line, text=name.removeprefix(PICTURE))
    return tuple(undrawn.get(at, line) for at, line in enumerate(expected))


def _may_draw_nothing(image: Image) -> bool:
    """Whether a drawing has no shape that is surely painted: one that neither it nor what it is in says more of."""
    if image.media_type != "image/svg+xml":
        return False
    root = parse_xml(image.content)
    if next(root.iter(f"{SVG}style"), None) is not None:
        return True
    shapes = root.iter(*(f"{SVG}{name}" for name in ("rect", "circle", "ellipse", "path", "polygon", "image")))
    return not any(
        all(element.tag in SHOWING and _is_painted(element) for element in (shape, *shape.iterancestors()))
        for shape in shapes
    )


def _is_painted(element: etree._Element) -> bool:
    """Whether nothing that an element says of itself can leave it without paint."""
    return FAINT.isdisjoint(map(str, element.keys())) and bool(COLOUR.fullmatch(str(element.get("fill", "black"))))
