"""A web edition next to its publication: every line once and in order, every link, and no file that differs."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.publication import Publication, Role, Section
from publisher.model.web import WebPage, WebRendition
from publisher.verify.diagnose import wrong
from publisher.verify.epub.check import document_faults
from publisher.verify.epub.document import DocumentReader, Pictures
from publisher.verify.epub.foreign_markup import forbidden_markup
from publisher.verify.epub.found import XHTML, Reading
from publisher.verify.expected.epub import epub_sections, web_lines
from publisher.verify.web.page import NoPage, documents, page_source

COVER = "text/cover.xhtml"
LARGEST = 512 * 1024 * 1024
"""How many bytes the files of a web edition may have together."""


def web_faults(
    files: Mapping[str, bytes], publication: Publication, *, artifact: str, expected: WebRendition
) -> Iterator[Diagnostic]:
    """Everything in which the files of a web edition depart from its publication.

    The documents of the pages are compared with the sources word for word; what is around them, and every other file,
    with the `expected` rendition byte for byte.
    """
    yield from _file_faults(files, artifact, expected)
    reading, faults = _read(files, publication, expected)
    yield from (wrong("V-010", message, artifact=artifact) for message in faults)
    if not faults:
        yield from document_faults(reading, publication, expected=web_lines, artifact=artifact)


def web_files(content: bytes) -> Mapping[str, bytes]:
    """The files of a web edition by their paths; raises `PublisherError` (V-010) if its ZIP file cannot be read."""
    try:
        return _files(content)
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error) as error:
        raise PublisherError(
            Diagnostic(
                code="V-010",
                message=f"the web edition cannot be read back: {error}",
                hint="this is a fault of the program, not of your edition; please report it with this message",
            ),
            exit_code=ExitCode.UNPROVED,
        ) from error


def _files(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        names = [zip_info.filename for zip_info in entries]
        if len(names) != len(set(names)):
            raise BadZipFile("two files of the ZIP file have one name")
        if sum(zip_info.file_size for zip_info in entries) > LARGEST:
            raise BadZipFile("its files are too large")
        return {name: archive.read(name) for name in names}


def _file_faults(files: Mapping[str, bytes], artifact: str, expected: WebRendition) -> Iterator[Diagnostic]:
    """Files that are missing, that do not belong to the edition, or that are not those it has."""
    assets = {asset.href: asset.content for asset in expected.assets}
    pages = {web_page.href: web_page for web_page in expected.pages}
    for name in sorted({*assets, *pages} - {*files}):
        yield wrong("V-060", f"{name} is missing", artifact=artifact)
    for name in sorted({*files} - {*assets} - {*pages}):
        yield wrong("V-060", f"{name} is no file of this edition", artifact=artifact)
    for name in sorted({*files} & {*assets}):
        if files[name] != assets[name]:
            yield wrong("V-061", f"{name} is not the file that this publication ships", artifact=artifact)
    for name in sorted({*files} & {*pages}):
        page, found = pages[name], files[name]
        if not (found.startswith(page.before) and found.endswith(page.after)):
            message = f"({name}) what is around the text is not what this publication prints there"
            yield wrong("V-061", message, artifact=artifact)


def _read(
    files: Mapping[str, bytes], publication: Publication, expected: WebRendition
) -> tuple[Reading, tuple[str, ...]]:
    """What a reader meets on the pages, in the order of the volume, and why some cannot be read."""
    reading, faults = Reading(), list[str]()
    found: dict[str, etree._Element] = {}
    for page in expected.pages:
        if page.href in files:
            try:
                found |= _documents(files[page.href], page, publication, expected)
            except NoPage as error:
                faults.append(str(error))
    reading.page_source = next(
        (page_source(files[web_page.href]) for web_page in expected.pages if web_page.href in files), None
    )
    sequence = (COVER, *(f"text/{_document_name(section)}" for section in epub_sections(publication)))
    pictures = Pictures(files.__getitem__, "")
    for name in sequence:
        if name in found:
            root = found[name]
            DocumentReader(reading, name, pictures).read(root)
            reading.starts += (str(element.get("start")) for element in root.iter(f"{XHTML}ol") if element.get("start"))
            reading.strange += forbidden_markup(root, name)
    return reading, tuple(faults)


def _document_name(section: Section) -> str:
    return "nav.xhtml" if section.role is Role.CONTENTS else f"{section.id}.xhtml"


def _documents(
    content: bytes, page: WebPage, publication: Publication, expected: WebRendition
) -> dict[str, etree._Element]:
    """The documents of a page by their paths; raises `NoPage` if they are not those that it should have."""
    paths = {web_page.href: web_page.documents for web_page in expected.pages}
    found = tuple(documents(content, href=page.href, page_label=publication.words.page_label, pages=paths))
    if tuple(name for name, _ in found) != page.documents:
        raise NoPage(f"{page.href} shows {[name for name, _ in found]} instead of {[*page.documents]}")
    return dict(found)
