"""Names of elements and attributes with the prefixes that the specification uses, in both forms of Office Open XML."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree

Element = etree._Element

_OFFICE = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
PREFIXES = {
    f"{_OFFICE}/wordprocessingml/2006/main": "w",
    f"{_STRICT}/wordprocessingml/main": "w",
    f"{_OFFICE}/officeDocument/2006/relationships": "r",
    f"{_STRICT}/officeDocument/relationships": "r",
    f"{_OFFICE}/officeDocument/2006/math": "m",
    f"{_STRICT}/officeDocument/math": "m",
    f"{_OFFICE}/drawingml/2006/main": "a",
    f"{_STRICT}/drawingml/main": "a",
    f"{_OFFICE}/drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}/drawingml/wordprocessingDrawing": "wp",
    f"{_OFFICE}/drawingml/2006/picture": "pic",
    f"{_STRICT}/drawingml/picture": "pic",
    f"{_OFFICE}/drawingml/2006/diagram": "dgm",
    f"{_STRICT}/drawingml/diagram": "dgm",
    f"{_OFFICE}/drawingml/2006/chart": "c",
    f"{_STRICT}/drawingml/chart": "c",
    f"{_OFFICE}/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
}


@cache
def short(tag: str) -> str:
    """A qualified name with its usual prefix: `w:p`; only its local part if the namespace is not known."""
    namespace, _, local = tag.rpartition("}")
    prefix = PREFIXES.get(namespace[1:])
    return f"{prefix}:{local}" if prefix else local


def name(element: Element) -> str:
    """The name of an element; empty for comments and processing instructions."""
    return short(element.tag) if isinstance(element.tag, str) else ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first element along a path of names; None if there is none."""
    for step in path:
        if element is None:
            return None
        element = next((item for item in element if name(item) == step), None)
    return element


def children(element: Element, *names: str) -> Iterator[Element]:
    """The elements of some names right inside another."""
    return (item for item in element if name(item) in names)


def attribute(element: Element | None, wanted: str) -> str | None:
    """The value of an attribute; None if there is none."""
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if short(str(key)) == wanted), None)


def value(element: Element | None, *path: str) -> str | None:
    """The `w:val` of the element along a path."""
    return attribute(child(element, *path), "w:val")


def is_on(element: Element | None, wanted: str) -> bool | None:
    """Whether a property is on (ECMA-376, 17.17.4); None if it is not given."""
    found = child(element, wanted)
    if found is None:
        return None
    return (attribute(found, "w:val") or "true").lower() not in ("0", "false", "off", "none")


def number(text: str | None) -> int | None:
    """A whole number; None if the text is none."""
    try:
        return int(float(text)) if text is not None else None
    except (ValueError, OverflowError):
        return None
