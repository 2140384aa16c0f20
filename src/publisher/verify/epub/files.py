"""The files of an EPUB: each is in its manifest or has a fixed place, and what the build ships is unchanged."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit
from zipfile import ZipFile

from lxml import etree

from publisher.verify.epub.document import require, target_of
from publisher.verify.epub.found import XHTML

OPF = "{http://www.idpf.org/2007/opf}"
OUTSIDE = frozenset({"mimetype", "META-INF/container.xml"})
"""Files that are in no manifest, next to the package document itself."""
READ = frozenset({"application/xhtml+xml", "application/x-dtbncx+xml"})
"""Media types of the files that are read word by word."""
KINDS = {
    ".xhtml": "application/xhtml+xml",
    ".ncx": "application/x-dtbncx+xml",
    ".css": "text/css",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
"""The media type of a file by the end of its name."""


def file_faults(
    archive: ZipFile, package: etree._Element, name: str, *, shipped: Mapping[str, bytes] | None
) -> Iterator[tuple[str, str]]:
    """Codes and messages of what is wrong with the files of a container whose package document has this name.

    `shipped` are the style sheets, typefaces and pictures of the publication by their paths from the package document;
    None if they are not known.
    """
    folder = posixpath.dirname(name)
    items = {_path(folder, item): item for item in package.iter(f"{OPF}item")}
    there = [entry for entry in archive.namelist() if not entry.endswith("/")]
    for text in sorted({*there} - {*items} - OUTSIDE - {name}):
        yield "V-060", f"{text} is in the container and not in the manifest"
    for text in sorted({*items} - {*there}):
        yield "V-060", f"{text} is in the manifest and not in the container"
    if len(items) != sum(1 for _ in package.iter(f"{OPF}item")):
        yield "V-060", "two entries of the manifest name the same file"
    if shipped is not None:
        yield from _ship(archive, items, {_join(folder, href): content for href, content in shipped.items()})


def _ship(
    archive: ZipFile, items: Mapping[str, etree._Element], shipped: Mapping[str, bytes]
) -> Iterator[tuple[str, str]]:
    for key in sorted(shipped.keys() - items.keys()):
        yield "V-061", f"{key} is missing, which this publication ships"
    for text, item in sorted(items.items(), key=lambda entry: entry[0]):
        if text not in archive.namelist():
            continue
        kind = KINDS.get(posixpath.splitext(text)[1].lower())
        if item.get("media-type") != kind:
            yield "V-060", f"the manifest calls {text} {item.get('media-type')}, and should call it {kind}"
        cover = "cover-image" in item.get("properties", "").split() and kind == "image/png"
        if text not in shipped and (kind in READ or cover):
            continue
        if text not in shipped:
            yield "V-061", f"{text} is no style sheet, typeface or picture of this publication"
        elif archive.read(text) != shipped[text]:
            yield "V-061", f"{text} is not the file that this publication ships"


def dress_faults(
    root: etree._Element, href: str, *, shipped: Mapping[str, bytes], own_templates: bool
) -> Iterator[tuple[str, str]]:
    """Codes and messages of a document that is not dressed in the style sheets of its publication, all and in order."""
    wanted = [name for name in shipped if name.endswith(".css")]
    links = [link for link in root.iter(f"{XHTML}link") if "stylesheet" in link.get("rel", "").split()]
    found = [target_of(require(link, "href"), href) for link in links]
    extra = [name for name in found if name not in wanted]
    if extra or (not own_templates and found != wanted):
        yield "V-061", f"({href}) the style sheets of the document are {found}, and should be {wanted}"


def container_description_faults(container: etree._Element) -> Iterator[str]:
    """What `META-INF/container.xml` says apart from where the package document is."""
    names = [etree.QName(element).localname for element in container.iter() if isinstance(element.tag, str)]
    if names != ["container", "rootfiles", "rootfile"]:
        yield f"META-INF/container.xml holds other elements than one rootfile: {', '.join(names)}"
    media_type = next((element.get("media-type") for element in container.iter("{*}rootfile")), None)
    if media_type != "application/oebps-package+xml":
        yield f"META-INF/container.xml calls the package document {media_type}"


def _path(folder: str, item: etree._Element) -> str:
    address = require(item, "href")
    return address if urlsplit(address).scheme else _join(folder, target_of(address, ""))


def _join(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, href))
