"""A page of a web edition, read by the parsing rules of browsers: its documents as they were in the EPUB.

HTML Living Standard, 13.2 Parsing HTML documents, https://html.spec.whatwg.org/multipage/parsing.html.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

from lxml import etree
from tinyhtml5 import parse

from publisher.verify.epub.document import TYPE
from publisher.verify.epub.found import XHTML

LISTS = {"contents": "toc", "landmarks": "landmarks", "pages": "page-list"}
"""What the lists of the navigation document are, by their ids."""


class NoPage(Exception):
    """A page that has not the documents that it should have."""


def documents(
    content: bytes, *, href: str, page_label: str, pages: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, etree._Element]]:
    """The documents of a page in order, each with its path in the EPUB, as XHTML.

    `pages` gives the paths of documents by those of the pages that show them. Raises `NoPage`.
    """
    root = parse(content.decode("utf-8", "replace"))
    mains = list(root.iter(f"{XHTML}main"))
    if len(mains) != 1:
        raise NoPage(f"{href} has {len(mains)} elements <main> instead of one")
    if (mains[0].text or "").strip() or any((main.tail or "").strip() for main in mains[0]):
        raise NoPage(f"{href} has words outside of its documents")
    for element in mains[0]:
        name = element.get("data-document")
        if element.tag != f"{XHTML}div" or name is None:
            raise NoPage(f"{href} has something between its documents")
        yield name, _document(element, href=href, name=name, page_label=page_label, pages=pages)


def page_source(content: bytes) -> str | None:
    """What a page names as the source of its page numbers; None if it names nothing."""
    metas = parse(content.decode("utf-8", "replace")).iter(f"{XHTML}meta")
    return next((meta.get("content") for meta in metas if meta.get("name") == "page-break-source"), None)


def _document(
    element: ElementTree.Element, *, href: str, name: str, page_label: str, pages: Mapping[str, tuple[str, ...]]
) -> etree._Element:
    """A document as it was in the EPUB."""
    html = etree.Element(f"{XHTML}html")
    html.set("lang", element.get("lang", ""))
    body = etree.SubElement(html, f"{XHTML}body")
    _fill(body, element)
    _drop(body, "data-document", "lang", "class", "dir")
    for item in body.iter():
        item.sourceline = 1  # type: ignore[assignment]  # the setter takes a number
        _restore(item, href=href, name=name, page_label=page_label, pages=pages)
    return html


def _fill(into: etree._Element, element: ElementTree.Element) -> None:
    """Copies everything in an element of the parsed page."""
    into.attrib.update({_attribute(name): value for name, value in element.attrib.items()})
    into.text = element.text
    for child in element:
        if not isinstance(child.tag, str):
            raise NoPage("a comment or an instruction is in the page")
        copy = etree.SubElement(into, child.tag)
        _fill(copy, child)
        copy.tail = child.tail


def _drop(element: etree._Element, *names: str) -> None:
    """Removes the attributes of these names, those that are there."""
    for name in names:
        if name in element.attrib:
            del element.attrib[name]


def _attribute(name: object) -> str:
    return str(name)


def _restore(
    element: etree._Element, *, href: str, name: str, page_label: str, pages: Mapping[str, tuple[str, ...]]
) -> None:
    """Turns the links that the site makes of page breaks and paragraph numbers back, and addresses into the EPUB's."""
    classes = element.get("class", "").split()
    if "page-number" in classes:
        text = "".join(map(str, element.itertext()))
        if element.get("aria-label") != page_label.format(text) or len(element):
            raise NoPage(f"{href} prints “{text}” where it says {element.get('aria-label')}")
        if element.get("href") not in (None, f"#{element.get('id')}"):
            raise NoPage(f"{href} has a page number that leads elsewhere: {text}")
        element.tag, element.text = f"{XHTML}span", None
        element.set("role", "doc-pagebreak")
        element.set(TYPE, "pagebreak")
        _drop(element, "href")
        return
    if element.tag == f"{XHTML}a" and "paragraph-number" in classes:
        around = next((ancestor.get("id") for ancestor in element.iterancestors() if ancestor.get("id")), None)
        if element.get("href") != f"#{around}":
            raise NoPage(f"{href} has a number of a paragraph that leads elsewhere")
        element.tag = f"{XHTML}span"
        del element.attrib["href"]
        return
    if element.tag == f"{XHTML}nav" and element.get("id") in LISTS:
        element.set(TYPE, LISTS[str(element.get("id"))])
    for attribute in ("href", "src"):
        address = element.get(attribute)
        if address is not None:
            element.set(attribute, _address(address, href=href, name=name, pages=pages))


def _address(address: str, *, href: str, name: str, pages: Mapping[str, tuple[str, ...]]) -> str:
    """An address in the EPUB for one in the site."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return address
    target = posixpath.normpath(posixpath.join(posixpath.dirname(href), unquote(parts.path))) if parts.path else href
    shown = pages.get(target, (target,))
    there = name if target == href and parts.fragment else shown[-1 if parts.fragment else 0]
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    path = "" if there == name and fragment else quote(posixpath.relpath(there, posixpath.dirname(name)))
    return f"{path}{fragment}"
