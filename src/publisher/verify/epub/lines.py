"""An EPUB's bytes as lines: its documents in reading order, every character in them, hidden ones apart.

EPUB 3.3, https://www.w3.org/TR/epub-33/. Nothing that wrote the book takes part in reading it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from io import BytesIO
from urllib.parse import unquote, urlsplit
from zipfile import BadZipFile, ZipFile

from lxml import etree

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.sanitize.xml import parse_xml
from publisher.verify.epub.container import container_faults
from publisher.verify.epub.document import DocumentReader, Pictures, fold, language_of, require, target_of
from publisher.verify.epub.files import container_description_faults, dress_faults, file_faults
from publisher.verify.epub.foreign_markup import forbidden_markup
from publisher.verify.epub.found import XHTML, Reading, Strange
from publisher.verify.epub.markup import markup_faults, prologue_faults
from publisher.verify.epub.stylesheets import undress
from publisher.verify.line import Found, Link, Tongue

OPF = "{http://www.idpf.org/2007/opf}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"


def read_lines(content: bytes, *, shipped: Mapping[str, bytes] | None = None, own_templates: bool = False) -> Reading:
    """What a reader meets in the bytes of an EPUB; raises `PublisherError` (V-010) where it can't be read.

    `shipped` are the style sheets, typefaces and pictures that belong into it, by their paths from the package
    document; `own_templates` is whether its documents may have other markup than that that are built in.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            reading = _read(archive, shipped, own_templates=own_templates)
            reading.faults += (("V-060", words) for words in container_faults(content))
            return reading
    except (BadZipFile, etree.XMLSyntaxError, KeyError, StopIteration, UnicodeDecodeError) as error:
        raise PublisherError(
            Diagnostic(
                code="V-010",
                message=f"the EPUB cannot be read back: {str(error) or 'something that every EPUB has is missing'}",
                hint="this is a fault of the program, not of your edition; please report it with this message",
            ),
            exit_code=ExitCode.UNPROVED,
        ) from error


def _read(archive: ZipFile, shipped: Mapping[str, bytes] | None, *, own_templates: bool) -> Reading:
    reading = Reading()
    container = _parse(archive, "META-INF/container.xml")
    roots = [require(root, "full-path") for root in container.iter(f"{CONTAINER}rootfile")]
    reading.faults += (("V-060", words) for words in container_description_faults(container))
    package, folder = _parse(archive, roots[0]), posixpath.dirname(roots[0])
    reading.package = package
    sources = (element.text for element in package.iter(f"{OPF}meta") if element.get("property") == "pageBreakSource")
    reading.page_source = next(sources, None)
    items = {require(item, "id"): item for item in package.iter(f"{OPF}item")}
    spine = [_href(items[require(entry, "idref")]) for entry in package.iter(f"{OPF}itemref")]
    pictures = Pictures(archive.read, folder)
    for href in spine:
        root = _parse(archive, posixpath.join(folder, href))
        DocumentReader(reading, href, pictures).read(root)
        reading.starts += (
            str(element.get("start")) for element in root.iter(f"{XHTML}ol") if element.get("start") is not None
        )
        undress(reading, root, href, archive, folder)
        reading.strange += forbidden_markup(root, href)
        prologue = archive.read(posixpath.normpath(posixpath.join(folder, href)))
        reading.strange += prologue_faults(prologue, href, own_templates=own_templates)
        reading.strange += () if own_templates else markup_faults(root, href)
        if shipped is not None:
            reading.faults += dress_faults(root, href, shipped=shipped, own_templates=own_templates)
    for item in items.values():
        if item.get("media-type") == "application/x-dtbncx+xml":
            name = _href(item)
            _read_ncx(_parse(archive, posixpath.join(folder, name)), name, reading)
    reading.strange += _of_package(package, roots, archive)
    reading.faults += file_faults(archive, package, roots[0], shipped=shipped)
    read = {posixpath.normpath(posixpath.join(folder, href)) for href in spine}
    kinds = {
        posixpath.normpath(posixpath.join(folder, _href(element))): element.get("media-type")
        for element in items.values()
    }
    reading.unread += [name for name in archive.namelist() if _is_document(name, kinds) and name not in read]
    return reading


def _is_document(name: str, kinds: dict[str, str | None]) -> bool:
    """Whether a file of the container is one that is read as a page."""
    return name.lower().endswith((".xhtml", ".html", ".htm", ".xht")) or kinds.get(name) == "application/xhtml+xml"


def _of_package(package: etree._Element, roots: list[str], archive: ZipFile) -> Iterator[Strange]:
    """What the container says that makes some readers read another book, or less of this one."""
    if len(roots) > 1:
        yield Strange(words="there is a second book in the container", place=roots[1])
    if "META-INF/encryption.xml" in archive.namelist():
        yield Strange(words="something is encrypted", place="META-INF/encryption.xml")
    for entry in package.iter(f"{OPF}itemref"):
        if entry.get("linear") == "no":
            yield Strange(words=f"{entry.get('idref')} is outside the reading order (linear)", place=roots[0])
    for item in package.iter(f"{OPF}item"):
        if item.get("media-overlay") or item.get("fallback") or "scripted" in item.get("properties", "").split():
            yield Strange(words=f"{item.get('id')} is replaced, spoken or scripted", place=roots[0])
        if urlsplit(item.get("href", "")).scheme:
            yield Strange(words=f"{item.get('id')} comes from outside the book", place=roots[0])


def _read_ncx(root: etree._Element, href: str, reading: Reading) -> None:
    """The labels of the contents for older reading systems."""
    for label in root.iter(f"{NCX}text"):
        text = fold(label.text or "")
        point = next(label.iterancestors(f"{NCX}navPoint"), None)
        content = None if point is None else point.find(f"{NCX}content")
        target = None if content is None else target_of(require(content, "src"), href)
        links = () if target is None else (Link(start=0, text=text, target=target),)
        tongues = (Tongue(start=0, end=len(text), language=language_of(root, "")),)
        reading.lines.append(Found(text=text, links=links, place=f"{href}, line {label.sourceline}", tongues=tongues))


def _parse(archive: ZipFile, name: str) -> etree._Element:
    """The root of an XML file of the container, no entity resolved and nothing fetched."""
    return parse_xml(archive.read(name), long=True)


def _href(item: etree._Element) -> str:
    """The path of a file of the manifest, from the package document's folder."""
    return unquote(require(item, "href"))
