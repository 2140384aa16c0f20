"""Rules of EPUB 3.3 and of common practice that EPUBCheck passes over, checked in the bytes of an EPUB.

https://www.w3.org/TR/epub-33/#sec-zip-container-mime for the container, https://www.w3.org/TR/epub-33/#sec-cover-image
for the cover, https://www.w3.org/TR/epub-ssv-11/#notes for notes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import cast
from urllib.parse import unquote, urldefrag
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from lxml import etree

from publisher import __version__
from publisher.diagnostics import Severity
from publisher.sanitize.xml import parse_xml
from publisher.validators.finding import Finding
from publisher.validators.process import Need, failure

NAME = "publisher"
NEEDS: tuple[Need, ...] = ()
MIMETYPE = b"application/epub+zip"
LARGEST = 512 << 20
"""How many bytes an EPUB may unpack to."""
NOTES = frozenset({"footnote", "endnote", "rearnote"})
"""Values of `epub:type` by which reading systems know a note."""
_TYPE = "{http://www.idpf.org/2007/ops}type"
_OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"


def version() -> str:
    """The version of this program."""
    return __version__


def validate(path: Path) -> tuple[Finding, ...]:
    """Return the faults of an EPUB; raises L-011 if it is no ZIP file or holds XML that cannot be read."""
    with open_epub(path, validator=NAME) as book:
        return (*_container(book), *_cover(book), *_notes(book))


@contextmanager
def open_epub(path: Path, *, validator: str) -> Iterator[ZipFile]:
    """An EPUB for reading; raises L-011 if it is none, or holds more than `LARGEST` bytes."""
    try:
        with ZipFile(path) as book:
            if sum(member.file_size for member in book.infolist()) > LARGEST:
                raise failure(validator, f"{path.name} unpacks to more than {LARGEST >> 20} MB")
            yield book
    except (BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise failure(validator, f"{path.name} is no EPUB: {error}") from error


def _container(book: ZipFile) -> Iterator[Finding]:
    """The file `mimetype` comes first, is not compressed, and holds the media type and nothing else."""
    first = next(iter(book.infolist()), None)
    if first is None or first.filename != "mimetype":
        yield _finding("mimetype-first", "the file “mimetype” does not come first in the ZIP file", "mimetype")
    elif first.compress_type != ZIP_STORED or first.extra:
        yield _finding("mimetype-stored", "the file “mimetype” is compressed, or has an extra field", "mimetype")
    elif book.read(first) != MIMETYPE:
        yield _finding("mimetype", f"the file “mimetype” does not hold {MIMETYPE.decode()} alone", "mimetype")


def _cover(book: ZipFile) -> Iterator[Finding]:
    """A cover has the property `cover-image`, without which catalogues and shelves show none."""
    name = _package(book)
    items = _parse(book, name).findall(f"{_OPF}manifest/{_OPF}item")
    if any("cover-image" in item.get("properties", "").split() for item in items):
        return
    pictures = [item for item in items if item.get("media-type", "").startswith("image/")]
    if any("cover" in f"{item.get('id')} {item.get('href')}".lower() for item in pictures):
        yield _finding("cover-image", "the picture of the cover lacks the property “cover-image”", name)
    else:
        yield _finding("cover-image", "no item of the manifest has the property “cover-image”", name, Severity.WARNING)


def _notes(book: ZipFile) -> Iterator[Finding]:
    """Each element that a note call leads to has the `epub:type` of a note, else it does not pop up."""
    documents = {name: _parse(book, name) for name in book.namelist() if name.endswith(".xhtml")}
    elements = {
        name: {element.get("id"): element for element in root.iter() if element.get("id")}
        for name, root in documents.items()
    }
    found: dict[tuple[str, str], int] = {}
    for name, root in documents.items():
        for call in root.iter("{*}a"):
            document, target = _target(name, call)
            note = elements.get(document, {}).get(target) if _is_call(call) else None
            if note is not None and not NOTES & {*note.get(_TYPE, "").split()}:
                found[document, target] = cast("int | None", note.sourceline) or 1
            if "doc-noteref" in call.get("role", "").split() and "noteref" not in call.get(_TYPE, "").split():
                message = "a call of a note has no epub:type “noteref”, so the note does not pop up"
                yield _finding("noteref-type", message, f"{name}:{cast('int | None', call.sourceline) or 1}")
    for (name, target), line in sorted(found.items()):
        message = f"the note “{target}” has no epub:type of a note ({', '.join(sorted(NOTES))})"
        yield _finding("note-type", message, f"{name}:{line}")


def _is_call(element: etree._Element) -> bool:
    return "noteref" in element.get(_TYPE, "").split() or "doc-noteref" in element.get("role", "").split()


def _target(name: str, link: etree._Element) -> tuple[str, str]:
    """The document and the id that a link leads to."""
    path, fragment = urldefrag(link.get("href", ""))
    return normpath(join(dirname(name), unquote(path))) if path else name, unquote(fragment)


def _package(book: ZipFile) -> str:
    root = _parse(book, "META-INF/container.xml").find(f".//{_CONTAINER}rootfile")
    return "" if root is None else root.get("full-path", "")


def _parse(book: ZipFile, name: str) -> etree._Element:
    return parse_xml(book.read(name))


def _finding(rule: str, message: str, where: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(validator=NAME, rule=rule, message=message, where=where, severity=severity)
