"""EPUB CFIs resolved against an EPUB, step by step as the specification says, with another parser than the program's.

https://idpf.org/epub/linking/cfi/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join
from xml.dom.minidom import Document, Element, Node, parseString
from zipfile import ZipFile

STEP = re.compile(r"/(0|[1-9]\d*)(?:\[((?:\^.|[^\^\[\](),;=])*)\])?")
RANGE = re.compile(r"epubcfi\(((?:\^.|[^,^])*),((?:\^.|[^,^])*),((?:\^.|[^,^])*)\)")
OFFSET = re.compile(r":(0|[1-9]\d*)$")


def resolved(epub: bytes, cfi: str) -> str:
    """The text of a range without calls and numbers in the margin; fails where a step or an assertion does."""
    found = RANGE.fullmatch(cfi)
    assert found, cfi
    parent, start, end = found.groups()
    with ZipFile(BytesIO(epub)) as archive:
        first, last = (_point(archive, parent + path) for path in (start, end))
    assert first[0] is not None
    return _between(first, last)


def _point(archive: ZipFile, path: str) -> tuple[Document, Element, int, int]:
    """Document, parent, step of the chunk and offset."""
    package_path, _, path = path.partition("!")
    container = parseString(archive.read("META-INF/container.xml"))
    name = container.getElementsByTagName("rootfile")[0].getAttribute("full-path")
    package = _parsed(archive, name)
    itemref, _ = _walk(_root(package), package_path)
    assert itemref.tagName == "itemref"
    (item,) = (
        element
        for element in package.getElementsByTagName("item")
        if element.getAttribute("id") == itemref.getAttribute("idref")
    )
    document = _parsed(archive, join(dirname(name), item.getAttribute("href")))
    offset = OFFSET.search(path)
    assert offset, path
    parent, step = _walk(_root(document), path[: offset.start()])
    assert step % 2 == 1, "text has odd steps"
    return document, parent, step, int(offset[1])


PARSED: dict[tuple[str, bytes], Document] = {}


def _parsed(archive: ZipFile, name: str) -> Document:
    """A document of the EPUB, the same object each time."""
    key = (name, archive.read(name))
    if key not in PARSED:
        PARSED[key] = parseString(key[1])
    return PARSED[key]


def _root(document: Document) -> Element:
    root = document.documentElement
    assert root is not None
    return root


def _walk(root: Element, path: str) -> tuple[Element, int]:
    """The element that a path leads to, and the step into its text where it ends with one."""
    steps = STEP.findall(path)
    assert "".join(m.group() for m in STEP.finditer(path)) == path, path
    here = root
    for at, (number, asserted) in enumerate(steps):
        if int(number) % 2:
            assert at == len(steps) - 1
            return here, int(number)
        children = [childNode for childNode in here.childNodes if childNode.nodeType == Node.ELEMENT_NODE]
        here = children[int(number) // 2 - 1]
        assert here.getAttribute("id") == re.sub(r"\^(.)", r"\1", asserted), (path, here.getAttribute("id"))
    return here, 0


def _chunks(element: Element) -> Iterator[tuple[Element, int, bytes]]:
    step, text = 1, ""
    for child in element.childNodes:
        if child.nodeType == Node.ELEMENT_NODE:
            yield element, step, text.encode("utf-16-le")
            yield from _chunks(child)
            step, text = step + 2, ""
        elif child.nodeType in (Node.TEXT_NODE, Node.CDATA_SECTION_NODE):
            text += child.data
    yield element, step, text.encode("utf-16-le")


def _between(first: tuple[Document, Element, int, int], last: tuple[Document, Element, int, int]) -> str:
    assert first[0] is last[0]
    said, inside = [], False
    for parent, step, units in _chunks(_root(first[0])):
        begin, end = 0, len(units)
        if parent is first[1] and step == first[2]:
            inside, begin = True, 2 * first[3]
            assert begin <= len(units)
        is_last = parent is last[1] and step == last[2]
        if is_last:
            end = 2 * last[3]
            assert end <= len(units)
        if inside and not _aside(parent):
            said.append(units[begin:end].decode("utf-16-le"))
        if inside and is_last:
            return "".join(said)
    raise AssertionError("the range has no end")


def _aside(element: Node | None) -> bool:
    while isinstance(element, Element):
        if element.getAttribute("role") in ("doc-noteref", "doc-backlink"):
            return True
        if element.getAttribute("class") == "paragraph-number":
            return True
        element = element.parentNode
    return False
