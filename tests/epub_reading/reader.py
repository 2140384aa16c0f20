"""An EPUB read back: its documents in reading order, and the text and links of their elements.

EPUB 3.3, https://www.w3.org/TR/epub-33/. Nothing that wrote the book takes part in reading it, so that a
fault in writing can't hide itself here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import unquote, urlsplit
from zipfile import BadZipFile, ZipFile

from lxml import etree
from tests.epub_reading.book import Book, Document, Element, Entry, Link

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
TYPE = "{http://www.idpf.org/2007/ops}type"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NOT_TEXT_ROLES = frozenset({"doc-noteref", "doc-backlink", "doc-pagebreak"})
NOT_TEXT_CLASSES = frozenset({"paragraph-number"})
"""What stands among the words without being part of them: calls and marks of notes, pages, numbers."""


def read_epub(content: bytes) -> Book:
    """The book in the bytes of an EPUB; raises `PublisherError` (V-010, exit code 5) where it can't be read."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _book(archive)
    except (BadZipFile, etree.XMLSyntaxError, KeyError, StopIteration) as error:
        raise PublisherError(
            Diagnostic(
                code="V-010",
                message=f"the EPUB cannot be read back: {str(error) or 'something that every EPUB has is missing'}",
                hint="this is a fault of the program, not of your edition; please report it with this message",
            ),
            exit_code=ExitCode.UNPROVED,
        ) from error


def plain_text(element: etree._Element) -> str:
    """The characters of an element, line breaks as newlines, without what is no text of the book."""
    return "".join(_characters(element))


def _book(archive: ZipFile) -> Book:
    roots = _parsed(archive, "META-INF/container.xml").iter(f"{CONTAINER}rootfile")
    package_name = _required(next(roots), "full-path")
    package, folder = _parsed(archive, package_name), posixpath.dirname(package_name)
    items = {_required(item, "id"): item for item in package.iter(f"{OPF}item")}
    nav = _href(next(item for item in items.values() if "nav" in item.get("properties", "").split()))
    lists = _parsed(archive, posixpath.join(folder, nav))
    return Book(
        language=package.get(LANGUAGE, ""),
        documents=tuple(
            _document(archive, folder, _href(items[_required(entry, "idref")]), linear=entry.get("linear") != "no")
            for entry in package.iter(f"{OPF}itemref")
        ),
        contents=_entries(lists, "toc", nav),
        landmarks=_entries(lists, "landmarks", nav),
        pages=_entries(lists, "page-list", nav),
    )


def _document(archive: ZipFile, folder: str, href: str, *, linear: bool) -> Document:
    root = _parsed(archive, posixpath.join(folder, href))
    return Document(
        href=href,
        linear=linear,
        title=root.findtext(f".//{XHTML}title", ""),
        elements=tuple(_element(found) for found in root.iter("*") if found.get("id")),
        links=tuple(_link(found, href) for found in root.iter(f"{XHTML}a") if found.get("href")),
    )


def _element(found: etree._Element) -> Element:
    languages = (around.get(LANGUAGE) for around in (found, *found.iterancestors()))
    return Element(
        id=_required(found, "id"),
        name=etree.QName(found).localname,
        roles=_roles(found),
        language=next(filter(None, languages), ""),
        text=plain_text(found),
    )


def _link(found: etree._Element, href: str) -> Link:
    target = _target(_required(found, "href"), href)
    return Link(id=found.get("id"), roles=_roles(found), target=target, text=_whole_text(found))


def _entries(root: etree._Element, kind: str, href: str) -> tuple[Entry, ...]:
    """The lines of the navigation list of a kind; empty where the book has none."""
    lists = (nav for nav in root.iter(f"{XHTML}nav") if kind in nav.get(TYPE, "").split())
    return tuple(
        Entry(
            label=_whole_text(link),
            target=_target(_required(link, "href"), href),
            depth=sum(1 for _ in link.iterancestors(f"{XHTML}ol")),
        )
        for nav in lists
        for link in nav.iter(f"{XHTML}a")
    )


def _target(address: str, base: str) -> str:
    """Where a link leads to, from the package document's folder; an address outside the book stays as it is."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return address
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path))) if parts.path else base
    return f"{path}#{unquote(parts.fragment)}" if parts.fragment else path


def _characters(element: etree._Element) -> Iterator[str]:
    if element.tag == f"{XHTML}br":
        yield "\n"
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not _is_no_text(child):
            yield from _characters(child)
        yield child.tail or ""


def _is_no_text(element: etree._Element) -> bool:
    return not NOT_TEXT_ROLES.isdisjoint(element.get("role", "").split()) or not NOT_TEXT_CLASSES.isdisjoint(
        element.get("class", "").split()
    )


def _roles(element: etree._Element) -> frozenset[str]:
    return frozenset(word for name in ("role", TYPE, "class") for word in element.get(name, "").split())


def _whole_text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _href(item: etree._Element) -> str:
    """The path of a file of the manifest, from the package document's folder."""
    return unquote(_required(item, "href"))


def _required(element: etree._Element, name: str) -> str:
    """An attribute that has to be there; raises KeyError where it is not."""
    return str(element.attrib[name])


def _parsed(archive: ZipFile, name: str) -> etree._Element:
    """The root of an XML file of the container, no entity resolved and nothing fetched."""
    return etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
