"""Drawings: SVG that is well-formed, stands alone and does nothing.

https://www.w3.org/TR/SVG2/conform.html#secure-static-mode
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
NAMESPACE = "{http://www.w3.org/2000/svg}"
OUTSIDE = re.compile(r"url\(\s*['\"]?\s*(?!#|data:image/(?:png|jpeg|gif|webp)[;,])|@import|expression\(|\\", re.I)
LOCAL = re.compile(r"#([^)'\"\s]+)")
INSIDE = re.compile(r"#|data:image/(?:png|jpeg|gif|webp)[;,]", re.I)
LARGEST = 100_000
"""How many elements a drawing may come to, those that it shows again counted again; also its width and its height."""
NUMBER = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)\s*(?:px)?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a drawing, and in which of its lines."""

    message: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The size of a drawing, and its faults."""

    width: int
    height: int
    faults: tuple[Fault, ...]


def drawing(content: bytes) -> Drawing:
    """The size of an SVG file, in its own units, and everything about it that may not be in a book."""
    try:
        root = etree.fromstring(content, PARSER)
    except etree.XMLSyntaxError as error:
        fault = Fault(message=f"not well-formed: {error.msg}", line=max(error.lineno or 1, 1))
        return Drawing(width=0, height=0, faults=(fault,))
    if root.tag != f"{NAMESPACE}svg":
        fault = Fault(message='the root is not <svg xmlns="http://www.w3.org/2000/svg">', line=_line(root))
        return Drawing(width=0, height=0, faults=(fault,))
    width, height = _size(root)
    faults = [*_outside(root), *(fault for element in root.iter() for fault in _faults(element))]
    if _weight(root) > LARGEST:
        faults.append(Fault(message="a part that shows itself, or far too many parts", line=_line(root)))
    if not width or not height:
        faults.append(Fault(message="the drawing has no viewBox and no size", line=_line(root)))
    return Drawing(width=width, height=height, faults=tuple(faults))


def _line(element: etree._Element) -> int:
    """The line of an element, counted from 1."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 1


def _size(root: etree._Element) -> tuple[int, int]:
    box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    if len(box) == 4 and all(re.fullmatch(r"-?[0-9]*\.?[0-9]+", part) for part in box):
        return _whole(box[2]), _whole(box[3])
    width, height = (NUMBER.fullmatch(root.get(name) or "") for name in ("width", "height"))
    return (_whole(width[1]), _whole(height[1])) if width and height else (0, 0)


def _whole(number: str) -> int:
    """A length as a whole number, at least one where it is more than nothing; 0 where it is beyond all measure."""
    length = float(number)
    return max(round(length), 1) if 0 < length <= LARGEST else 0


def _weight(root: etree._Element) -> float:
    """How many elements are drawn: `use` draws what it names again, https://www.w3.org/TR/SVG2/struct.html#UseElement."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    known: dict[etree._Element, float] = {}

    def weigh(element: etree._Element) -> float:
        if element in known:
            return known[element]
        known[element] = math.inf
        shown = named.get(_shown(element))
        parts = (*element, *(() if shown is None else (shown,)))
        known[element] = 1 + sum(weigh(part) for part in parts)
        return known[element]

    try:
        return weigh(root)
    except RecursionError:
        return math.inf


def _shown(element: etree._Element) -> str | None:
    """The id of what an element shows again, or fills or clips itself with."""
    references = (str(value) for name, value in element.items() if "href" in str(name) or "url(" in str(value))
    found = next((match for value in references if (match := LOCAL.search(value))), None)
    return found[1] if found else None


def _outside(root: etree._Element) -> Iterator[Fault]:
    """What stands before the drawing: a document type may define entities, an instruction may name a style sheet."""
    docinfo: object = root.getroottree().docinfo
    if getattr(docinfo, "internalDTD", None) is not None:
        yield Fault(message="a document type (<!DOCTYPE …>)", line=1)
    before = root.getprevious()
    while before is not None:
        yield Fault(message="a processing instruction", line=_line(before))
        before = before.getprevious()


def _faults(element: etree._Element) -> Iterator[Fault]:
    line = _line(element)
    if not isinstance(element.tag, str):
        yield Fault(message="an entity or a processing instruction", line=line)
        return
    name = etree.QName(element).localname.lower()
    if name in ("script", "foreignobject", "iframe", "audio", "video", "handler"):
        yield Fault(message=f"the element <{name}>", line=line)
    if name == "style" and OUTSIDE.search(element.text or ""):
        yield Fault(message="a style that reaches outside the drawing", line=line)
    for attribute, value in element.items():
        yield from _attribute_faults(etree.QName(str(attribute)).localname.lower(), str(value), line=line)


def _attribute_faults(name: str, value: str, *, line: int) -> Iterator[Fault]:
    if name.startswith("on"):
        yield Fault(message=f"the script in {name}=…", line=line)
    if name in ("href", "src", "base") and not INSIDE.match(value.strip()):
        yield Fault(message=f"a reference to something outside the drawing: {value[:60]}", line=line)
    if name == "attributename" and value.strip().lower().endswith("href"):
        yield Fault(message="an animated reference", line=line)
    if OUTSIDE.search(value):
        yield Fault(message=f"a reference to something outside the drawing: {value[:60]}", line=line)
