"""What no book of this house has: scripts, forms, frames, entities, words that are turned round, sheets from outside.

https://www.w3.org/TR/epub-33/#sec-scripted-content; https://html.spec.whatwg.org/multipage/rendering.html.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from publisher.verify.epub.found import XHTML, Strange

ACTIVE = frozenset(
    {"script", "iframe", "object", "embed", "applet", "form", "input", "button", "select", "textarea", "canvas"}
    | {"audio", "video", "dialog", "template", "noscript", "base", "map", "area", "frame", "frameset", "marquee"}
    | {"datalist", "details", "plaintext", "xmp", "noembed", "noframes", "slot", "portal", "bdo"}
)
"""Elements that act, ask, move, turn words round, or whose words most reading systems hold back."""

FETCHED = ("src", "srcset", "data", "poster", "background", "{http://www.w3.org/1999/xlink}href")
"""Attributes whose files are shown at once."""


def forbidden_markup(root: etree._Element, href: str) -> Iterator[Strange]:
    """Everything in a document that acts, or that its readers may see otherwise than it is read here."""
    for node in root.itersiblings(preceding=True):
        yield from _instruction(node, href)
    for node in root.iter():
        yield from _instruction(node, href)
        if isinstance(node.tag, str):
            yield from _element(node, f"{href}, line {node.sourceline}")


def _instruction(node: etree._Element, href: str) -> Iterator[Strange]:
    if isinstance(node, etree._ProcessingInstruction | etree._Entity):
        yield Strange(words=f"an instruction or entity is in the document: {node!s:.60}", place=href)


def _element(element: etree._Element, place: str) -> Iterator[Strange]:
    name = etree.QName(element).localname
    if name in ACTIVE:
        yield Strange(words=f"no book of this kind has an element <{name}>", place=place)
    if name == "rp" and not _encloses_reading(element):
        yield Strange(words="something else than parentheses is around a reading (<rp>)", place=place)
    if name == "meta" and element.get("http-equiv") is not None:
        yield Strange(words="the document makes its reader act (http-equiv)", place=place)
    if name == "link" and element.tag == f"{XHTML}link" and "stylesheet" not in element.get("rel", "").split():
        yield Strange(words=f"the document is linked with something: {element.get('href', '')}", place=place)
    for attribute, value in sorted(element.attrib.items()):
        yield from _attribute(str(attribute), str(value).strip(), place)


def _encloses_reading(element: etree._Element) -> bool:
    """Whether a fallback parenthesis is one, before or behind the reading of a ruby."""
    around = element.getparent()
    words = "".join(map(str, element.itertext()))
    return around is not None and around.tag == f"{XHTML}ruby" and words in ("(", ")") and len(element) == 0


def _attribute(name: str, value: str, place: str) -> Iterator[Strange]:
    if name.startswith("on"):
        yield Strange(words=f"something happens by itself: {name}", place=place)
    if name in FETCHED and (urlsplit(value).scheme or value.startswith("//")):
        yield Strange(words=f"something is fetched from outside the book: {value[:60]}", place=place)
    if value.lower().startswith(("javascript:", "data:", "vbscript:")):
        yield Strange(words=f"a link runs a script: {value[:60]}", place=place)
